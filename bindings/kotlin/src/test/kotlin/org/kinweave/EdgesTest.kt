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
import org.kinweave.model.RecordKind
import org.kinweave.model.SightingSink
import org.kinweave.model.Transport
import java.io.File
import java.nio.file.Files
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue

internal val start = newYork("2026-02-09T10:00")

internal fun note(text: String) =
    Body.Encouragement(Encouragement(text = text, encouragementKind = EncouragementKind.ENCOURAGEMENT))

internal val encouragements = ListQuery(kinds = listOf(RecordKind.ENCOURAGEMENT))

internal suspend fun Phone.texts() = all(RecordKind.ENCOURAGEMENT).map { (it.body as Body.Encouragement).body.text }

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
    fun `a phone in a zone that the core doesn't know is where its offset says`() =
        onPhone { phone ->
            phone.home.setZone(ZoneOffset.ofHours(14))
            phone.home.setZone(ZoneId.of("Etc/GMT+3"))
        }

    @Test
    fun `an observer hears of what is written, the current state first, and nothing once it is cancelled`() =
        onPhone { phone ->
            val seen = Channel<Int>(Channel.UNLIMITED)
            coroutineScope {
                val watch =
                    launch {
                        phone.home.observe { list(encouragements).records.size }.collect { seen.send(it) }
                    }
                assertEquals(0, seen.receive())
                phone.home.add(note("We saved you a seat."))
                assertEquals(1, seen.receive())
                watch.cancelAndJoin()
            }
            assertTrue(seen.tryReceive().isFailure)
        }

    @Test
    fun `an observer that is cancelled hears nothing more`() =
        onPhone { phone ->
            val told = Channel<String>(Channel.UNLIMITED)

            fun screen(name: String) =
                object : Observer {
                    override fun changed() {
                        told.trySend(name)
                    }
                }
            val first = phone.home.onChange(screen("first"))
            phone.home.onChange(screen("second"))
            phone.home.add(note("We saved you a seat."))
            assertEquals(listOf("first", "second"), List(2) { told.receive() })
            repeat(2) { first.cancel() }
            phone.home.add(note("And soup."))
            // They are told in order by one thread: the first would have been before the second.
            assertEquals("second", told.receive())
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
            val texts = phone.texts()
            assertEquals("The last", texts.last())
            assertEquals(texts.distinct(), texts)
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
            assertEquals(2, home.list(encouragements).records.size)
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
                    object : Transport {
                        override fun write(bytes: ByteArray): Boolean = error("out of range")

                        override fun end(): Unit = error("out of range")
                    }
                val end = phone.home.attach(broken)
                assertFailsWith<KinweaveException.PeerUnreachable> { phone.home.meetOver(end, other.device()) }
                assertTrue(phone.meet(other).equal)
            }
        }
}
