package org.kinweave

import org.kinweave.model.Transport
import org.kinweave.model.TransportEnd
import java.io.IOException
import java.net.Socket
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Semaphore
import kotlin.concurrent.thread

/**
 * A connection over a [Socket] of the app's, for [Kinweave.meetOver] and its like. It has two threads of its own, which end
 * with it. The home slows down when the other phone takes bytes slowly, and the other phone when the home does.
 */
public class TcpTransport private constructor(
    private val socket: Socket,
) : Transport {
    private val waiting = ConcurrentLinkedQueue<ByteArray>()
    private val permits = Semaphore(0)

    @Volatile
    private var isEnding = false

    /** Called by the home. Never waits for the network. */
    override fun write(bytes: ByteArray): Boolean {
        waiting.add(bytes)
        permits.release()
        return false
    }

    /** Called by the home. What it wrote before is still sent. */
    override fun end() {
        isEnding = true
        permits.release()
    }

    private fun send(end: TransportEnd) {
        try {
            val output = socket.getOutputStream()
            while (true) {
                permits.acquire()
                val bytes = waiting.poll() ?: if (isEnding) break else continue
                output.write(bytes)
                end.writable()
            }
        } catch (_: IOException) {
            // The thread that receives sees it too, and tells the home.
        }
        closeQuietly()
    }

    private fun receive(end: TransportEnd) {
        val buffer = ByteArray(CHUNK_BYTES)
        try {
            val input = socket.getInputStream()
            while (true) {
                val count = input.read(buffer)
                if (count < 0) break
                end.received(buffer.copyOf(count))
            }
        } catch (_: IOException) {
            // A connection that broke is one that ended.
        }
        end.closed()
        isEnding = true
        permits.release()
    }

    private fun closeQuietly() {
        try {
            socket.close()
        } catch (_: IOException) {
            // It is closed all the same.
        }
    }

    public companion object {
        private const val CHUNK_BYTES = 65_536

        /**
         * Gives [home] a socket that is connected. Say next what it is for: [TransportEnd.accept] if the other phone called, else
         * [Kinweave.meetOver], [Kinweave.connectOver] or [Kinweave.joinOver]. The socket is closed with the connection.
         */
        public fun attach(
            home: Kinweave,
            socket: Socket,
        ): TransportEnd {
            val pipe = TcpTransport(socket)
            val end = home.attach(pipe)
            thread(name = "kinweave-send", isDaemon = true) { pipe.send(end) }
            thread(name = "kinweave-receive", isDaemon = true) { pipe.receive(end) }
            return end
        }
    }
}
