package org.kinweave

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.kinweave.model.Body
import org.kinweave.model.Encouragement
import org.kinweave.model.EncouragementKind
import org.kinweave.model.KeyStore
import org.kinweave.model.Today
import java.io.File
import java.nio.file.Files
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertTrue

/** The ten lines on the project's first page. */
internal class FrontDoorTest {
    // front door
    suspend fun start(
        directory: File,
        keyStore: KeyStore,
        show: (Today) -> Unit,
    ) {
        val home = Kinweave.open(directory, keyStore)
        home.createCircle("Reyes", "Marta")
        val note = Encouragement(text = "We saved you a seat.", encouragementKind = EncouragementKind.ENCOURAGEMENT)
        home.add(Body.Encouragement(note))
        home.observe { today(LocalDate.now()) }.collect { show(it) }
    }
    // end

    @Test
    fun `the first page shows these very words, and they work`() =
        runBlocking {
            val source = File("src/test/kotlin/org/kinweave/FrontDoorTest.kt").readText()
            val ran =
                source
                    .substringAfter("    // front door\n")
                    .substringBefore("    // end")
                    .trimIndent()
                    .trim()
            assertTrue("```kotlin\n$ran\n```" in File("../../README.md").readText())
            val files = Files.createTempDirectory("kinweave").toFile()
            val shown = Channel<Today>(Channel.UNLIMITED)
            val app = launch(Dispatchers.Default) { start(File(files, "home"), Drawer()) { shown.trySend(it) } }
            assertTrue(shown.receive().date <= LocalDate.now())
            app.cancel()
        }
}
