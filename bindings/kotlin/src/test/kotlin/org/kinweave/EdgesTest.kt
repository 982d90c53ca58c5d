package org.kinweave

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.kinweave.model.Announcement
import org.kinweave.model.Body
import org.kinweave.model.Discovery
import org.kinweave.model.Encouragement
import org.kinweave.model.EncouragementKind
import org.kinweave.model.KinweaveException
import org.kinweave.model.ListQuery
import org.kinweave.model.LogLevel
import org.kinweave.model.LogSink
import org.kinweave.model.Observer
import org.kinweave.model.Pipe
import org.kinweave.model.SightingSink
import java.io.File
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.nio.file.Files
import kotlin.concurrent.thread
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue

private val start = newYork("2026-02-09T10:00")

internal fun note(text: String) =
    Body.Encouragement(Encouragement(text = text, encouragementKind = EncouragementKind.ENCOURAGEMENT))

private suspend fun Phone.texts() = all("encouragement").map { (it.body as Body.Encouragement).body.text }

/** What a home does when the app, or the code that it lends, misbehaves or goes away. */
internal class EdgesTest {
    private fun onPhone(story: suspend (Phone) -> Unit) =
        runBlocking {
            Phone.open(start).use {
                it.home.createCircle("Reyes", "Marta")
                story(it)
            }
        }

    @Test
    fun `an observer hears of what is written, the current state first, and nothing once it is cancelled`() =
        onPhone { phone ->
            val seen = Channel<Int>(Channel.UNLIMITED)
            coroutineScope {
                val watch =
                    launch {
                        phone.home.observe { list(ListQuery(kinds = listOf("encouragement"))).records.size }.collect {
                            seen.send(it)
                        }
                    }
                assertEquals(0, seen.receive())
                phone.home.add(note("We saved you a seat."))
                assertEquals(1, seen.receive())
                watch.cancelAndJoin()
            }
            // Whoever comes after in the same thread is told last.
            phone.home.add(note("And soup."))
            phone.home.changes.first()
            assertTrue(seen.tryReceive().isFailure)
        }

    @Test
    fun `a cancelled call has happened whole or not at all`() =
        onPhone { phone ->
            coroutineScope {
                repeat(50) { number ->
                    val writing = launch(Dispatchers.Default) { phone.home.add(note("Note $number")) }
                    writing.cancelAndJoin()
                }
            }
            phone.home.add(note("The last"))
            assertTrue("The last" in phone.texts())
            assertEquals(emptyList(), phone.home.check())
        }

    @Test
    fun `a closed home says so, however often`() =
        runBlocking {
            val phone = Phone.open(start)
            phone.home.createCircle("Reyes", "Marta")
            phone.close()
            phone.home.close()
            repeat(2) { assertFailsWith<KinweaveException.Closed> { phone.home.circle() } }
            assertFailsWith<KinweaveException.Closed> { phone.home.changes.first() }
            Unit
        }

    @Test
    fun `sixteen at once`() =
        onPhone { phone ->
            coroutineScope {
                val written =
                    List(16) { number ->
                        async(Dispatchers.IO) { repeat(5) { phone.home.add(note("$number of $it")) } }
                    }
                written.awaitAll()
            }
            assertEquals(80, phone.texts().toSet().size)
            assertEquals(emptyList(), phone.home.check())
        }

    @Test
    fun `a key store that throws is a typed error, and the home opens when it no longer does`() =
        runBlocking {
            val files = Files.createTempDirectory("kinweave").toFile()
            val keys = Drawer()

            suspend fun open() = Kinweave.open(File(files, "home"), keys)
            keys.problem = IllegalArgumentException("no such alias")
            val failed = assertFailsWith<KinweaveException.CallbackFailed> { open() }
            assertTrue("no such alias" in failed.reason)
            keys.problem = Drawer.locked
            assertFailsWith<KinweaveException.StorageUnavailable> { open() }
            assertNull(keys.key)
            keys.problem = null
            val home = open()
            home.createCircle("Reyes", "Marta")
            home.pause()
            keys.problem = Drawer.locked
            assertFailsWith<KinweaveException.StorageUnavailable> { home.resume() }
            keys.problem = null
            home.resume()
            assertEquals("Reyes", home.circle().name)
            home.close()
            files.deleteRecursively()
            Unit
        }

    @Test
    fun `an observer and a log that throw lose nothing`() =
        runBlocking {
            val files = Files.createTempDirectory("kinweave").toFile()
            val log =
                object : LogSink {
                    override fun log(
                        level: LogLevel,
                        line: String,
                    ): Unit = error("the disk is full")
                }
            val home = Kinweave.open(File(files, "home"), Drawer(), log = log)
            home.createCircle("Reyes", "Marta")
            val called = Channel<Unit>(Channel.UNLIMITED)
            home.onChange(
                object : Observer {
                    override fun changed() {
                        called.trySend(Unit)
                        error("the screen is gone")
                    }
                },
            )
            repeat(2) {
                home.add(note("Note $it"))
                withTimeout(PATIENCE_MS.toLong()) { called.receive() }
            }
            assertEquals(2, home.list(ListQuery(kinds = listOf("encouragement"))).records.size)
            home.close()
            files.deleteRecursively()
            Unit
        }

    @Test
    fun `a discovery that throws is a typed error`() =
        onPhone { phone ->
            val broken =
                object : Discovery {
                    override fun announce(announcement: Announcement): Unit = error("no radio")

                    override fun withdraw(): Unit = error("no radio")

                    override fun look(sightings: SightingSink): Unit = error("no radio")

                    override fun stop(): Unit = error("no radio")
                }
            phone.home.listen(anywhere)
            assertFailsWith<KinweaveException.CallbackFailed> { phone.home.discover(broken) }
            phone.home.add(note("The home goes on."))
            assertEquals(1, phone.texts().size)
        }

    @Test
    fun `a pipe that throws is a connection that is lost`() =
        onPhone { phone ->
            Phone.open(start).use { other ->
                phone.invite(other, "Dani")
                val broken =
                    object : Pipe {
                        override fun write(bytes: ByteArray): Boolean = error("out of range")

                        override fun end(): Unit = error("out of range")
                    }
                val end = phone.home.attach(broken)
                assertFailsWith<KinweaveException.PeerUnreachable> { phone.home.meetOver(end, other.device()) }
                assertTrue(phone.meet(other).equal)
            }
        }

    @Test
    fun `two homes meet over sockets of the app's own`() =
        onPhone { phone ->
            Phone.open(start).use { other ->
                phone.invite(other, "Dani")
                repeat(20) { phone.home.add(note("$it " + "and much to say ".repeat(8))) }
                ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { server ->
                    val accepting = thread { TcpPipe.attach(other.home, server.accept()).accept() }
                    val socket = Socket(InetAddress.getLoopbackAddress(), server.localPort)
                    val meeting = phone.home.meetOver(TcpPipe.attach(phone.home, socket), other.device())
                    assertTrue(meeting.equal)
                    accepting.join()
                }
                assertEquals(phone.texts(), other.texts())
            }
        }
}
