package org.kinweave

import kotlinx.coroutines.runBlocking
import java.io.File
import java.nio.file.Files
import kotlin.test.Test
import kotlin.test.assertTrue

private const val CYCLES = 10_000
private const val EARLY = 1_000
private const val MOST_GROWTH = 1.05
private const val PAGE_BYTES = 4_096L

/** A home that is opened and closed ten thousand times leaves nothing behind. */
internal class CyclesTest {
    private class Held(
        val bytes: Long,
        val files: Int,
    )

    private fun held(): Held {
        // What only waits for the collector isn't held.
        System.gc()
        val pages = File("/proc/self/statm").readText().split(" ")[1].toLong()
        return Held(pages * PAGE_BYTES, File("/proc/self/fd").list()!!.size)
    }

    @Test
    fun `ten thousand times`() =
        runBlocking {
            val files = Files.createTempDirectory("kinweave").toFile()
            val keys = Drawer()
            Kinweave.open(File(files, "home"), keys).use { it.createCircle("Reyes", "Marta") }
            lateinit var early: Held
            for (cycle in 1..CYCLES) {
                Kinweave.open(File(files, "home"), keys).use { it.circle() }
                if (cycle == EARLY) early = held()
            }
            val late = held()
            println("cycles: ${early.bytes} bytes, ${early.files} files; then ${late.bytes}, ${late.files}")
            assertTrue(late.bytes <= early.bytes * MOST_GROWTH, "${early.bytes} bytes, then ${late.bytes}")
            assertTrue(late.files <= early.files * MOST_GROWTH, "${early.files} files, then ${late.files}")
            files.deleteRecursively()
            Unit
        }
}
