package org.kinweave

import kotlinx.coroutines.runBlocking
import org.kinweave.model.Invitation
import org.kinweave.model.KinweaveException
import org.kinweave.model.Role
import java.io.FilterInputStream
import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Both ends of a connection within this machine. */
private fun connection(): Pair<Socket, Socket> =
    ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { server ->
        val here = Socket(InetAddress.getLoopbackAddress(), server.localPort)
        here to server.accept()
    }

/** A socket that is cut once so many bytes of it were read. */
private class CutSocket(
    private val whole: Socket,
    private val bytes: Int,
) : Socket() {
    private val cut =
        object : FilterInputStream(whole.getInputStream()) {
            private var left = bytes

            override fun read(
                buffer: ByteArray,
                offset: Int,
                length: Int,
            ): Int {
                if (left == 0) return -1
                val count = super.read(buffer, offset, length.coerceAtMost(left))
                left -= count
                if (left == 0) whole.close()
                return count
            }
        }

    override fun getInputStream(): InputStream = cut

    override fun getOutputStream() = whole.getOutputStream()!!

    override fun close() = whole.close()
}

private fun threads() =
    Thread.getAllStackTraces().keys.filter {
        it.name == "kinweave-send" ||
            it.name == "kinweave-receive"
    }

/** Connections over sockets that the app opened itself. */
internal class TcpTransportTest {
    /** Marta's phone with twenty notes, and Dani's without. */
    private fun withTwo(story: suspend (Phone, Phone) -> Unit) =
        runBlocking {
            Phone.open(start).use { phone ->
                Phone.open(start).use { other ->
                    phone.home.createCircle("Reyes", "Marta")
                    phone.invite(other, "Dani")
                    repeat(20) { phone.home.add(note("$it " + "and much to say ".repeat(8))) }
                    story(phone, other)
                }
            }
            // With its connection each of them ends.
            threads().forEach { it.join() }
        }

    @Test
    fun `two homes meet`() =
        withTwo { phone, other ->
            val (here, there) = connection()
            TcpTransport.attach(other.home, there).accept()
            val meeting = phone.home.meetOver(TcpTransport.attach(phone.home, here), other.device())
            assertTrue(meeting.equal)
            assertEquals(20, other.texts().size)
            assertEquals(phone.texts(), other.texts())
        }

    @Test
    fun `a connection that is cut loses nothing`() =
        withTwo { phone, other ->
            for (bytes in listOf(1, 300, 700)) {
                val (here, there) = connection()
                TcpTransport.attach(other.home, CutSocket(there, bytes)).accept()
                val end = TcpTransport.attach(phone.home, here)
                assertFailsWith<KinweaveException.PeerUnreachable>("cut after $bytes") {
                    phone.home.meetOver(end, other.device())
                }
            }
            assertTrue(phone.meet(other).equal)
            assertEquals(phone.texts(), other.texts())
        }

    @Test
    fun `two phones pair`() =
        runBlocking {
            Phone.open(start).use { phone ->
                Phone.open(start).use { newcomer ->
                    phone.home.createCircle("Reyes", "Marta")
                    val inviting = phone.home.invite(Invitation.NewMember(Role.Member, null), anywhere)
                    val (here, there) = connection()
                    TcpTransport.attach(phone.home, here).accept()
                    val end = TcpTransport.attach(newcomer.home, there)
                    val joining = newcomer.home.joinOver(end, inviting.code()!!, "Dani")
                    assertEquals(inviting.next(PATIENCE_MS), joining.next(PATIENCE_MS))
                }
            }
        }
}
