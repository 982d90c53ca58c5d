package org.kinweave

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.kinweave.model.KinweaveException
import java.io.File
import java.nio.file.Files
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** An app that is brought to the foreground and put away by hand. */
internal class HandLifecycle : AppLifecycle {
    private val listeners = mutableListOf<AppLifecycle.Listener>()

    override fun listen(listener: AppLifecycle.Listener): AutoCloseable {
        listeners += listener
        return AutoCloseable { listeners -= listener }
    }

    fun foreground() = listeners.toList().forEach { it.onForeground() }

    fun background() = listeners.toList().forEach { it.onBackground() }
}

/** A home that follows its app. */
internal class LifecycleTest {
    private val lifecycle = HandLifecycle()

    /** Waits until everything that was begun in the meantime is done. */
    private suspend fun Kinweave.followed(
        onError: (KinweaveException) -> Unit = { throw it },
        afterResume: suspend Kinweave.() -> Unit = {},
        app: () -> Unit,
    ) = coroutineScope { follow(lifecycle, this, onError, afterResume).use { app() } }

    private suspend fun onPhone(story: suspend (Kinweave, Drawer) -> Unit) {
        val files = Files.createTempDirectory("kinweave").toFile()
        val keys = Drawer()
        Kinweave.open(File(files, "home"), keys).use {
            it.createCircle("Reyes", "Marta")
            story(it, keys)
        }
        files.deleteRecursively()
    }

    @Test
    fun `a home is paused and resumed in order`() =
        runBlocking {
            onPhone { home, _ ->
                home.followed { lifecycle.background() }
                assertFailsWith<KinweaveException.Paused> { home.circle() }
                val names = mutableListOf<String>()
                home.followed(afterResume = { names += circle().name }) {
                    lifecycle.foreground()
                    lifecycle.background()
                    lifecycle.foreground()
                    lifecycle.background()
                }
                assertEquals(listOf("Reyes", "Reyes"), names)
                assertFailsWith<KinweaveException.Paused> { home.circle() }
                home.followed { lifecycle.foreground() }
                assertEquals("Reyes", home.circle().name)
            }
        }

    @Test
    fun `a key store that is locked is told, and the next time it works`() =
        runBlocking {
            onPhone { home, keys ->
                val told = mutableListOf<KinweaveException>()
                home.followed(onError = told::add) {
                    lifecycle.background()
                    keys.problem = Drawer.locked
                    lifecycle.foreground()
                }
                assertIs<KinweaveException.StorageUnavailable>(told.single())
                keys.problem = null
                home.followed { lifecycle.foreground() }
                assertEquals("Reyes", home.circle().name)
            }
        }

    @Test
    fun `who has stopped following is left as it is`() =
        runBlocking {
            onPhone { home, _ ->
                home.followed { }
                lifecycle.background()
                assertEquals("Reyes", home.circle().name)
            }
        }

    @Test
    fun `a flow stands still while its home is paused, and goes on`() =
        runBlocking {
            onPhone { home, _ ->
                val sizes = Channel<Int>(Channel.UNLIMITED)
                coroutineScope {
                    val watch =
                        launch(Dispatchers.Default) {
                            home.observe { list(encouragements).records.size }.collect { sizes.send(it) }
                        }
                    assertEquals(0, sizes.receive())
                    home.followed { lifecycle.background() }
                    home.followed { lifecycle.foreground() }
                    home.add(note("Back again."))
                    assertEquals(1, sizes.receive())
                    watch.cancel()
                }
                assertTrue(sizes.tryReceive().isFailure)
            }
        }
}
