package org.kinweave

import kotlinx.coroutines.runBlocking
import org.kinweave.model.Band
import org.kinweave.model.Body
import org.kinweave.model.CheckIn
import org.kinweave.model.CheckInKind
import org.kinweave.model.ListQuery
import org.kinweave.model.RecordKind
import java.io.File
import java.nio.file.Files
import java.time.LocalDate
import java.time.ZoneId
import java.util.Locale

private const val CHECK_INS = 1_000L
private const val DAYS = 1_100L

/**
 * What three calls cost in Kotlin, in microseconds; the twin of `tests/src/bin/calls.rs`, which does the same in Rust.
 */
internal fun main() =
    runBlocking {
        val files = Files.createTempDirectory("kinweave").toFile()
        val (directory, keys) = File(files, "home") to Drawer()
        val home = open(directory, keys)
        home.createCircle("Reyes", "Marta")
        for (number in 0 until CHECK_INS) home.add(checkIn(number))
        val thousand = ListQuery(kinds = listOf(RecordKind.CHECK_IN), limit = 1_000u)
        say("list_1000", 101) { home.list(thousand) }
        var number = CHECK_INS
        say("add", 301) { home.add(checkIn(++number)) }
        home.close()
        val fifty = ListQuery(kinds = listOf(RecordKind.CHECK_IN), limit = 50u)
        say("open_list_50", 31, after = { it.shutDown() }) { open(directory, keys).also { it.list(fifty) } }
        files.deleteRecursively()
        Unit
    }

private suspend fun open(
    directory: File,
    keys: Drawer,
) = Kinweave.open(
    directory,
    keys,
    ZoneId.of("America/New_York"),
    clock = SettableClock(newYork("2026-02-10T10:00")),
)

/** One every day, the newest in 2026. */
private fun checkIn(number: Long) =
    Body.CheckIn(
        CheckIn(
            on = LocalDate.of(2023, 1, 1).plusDays(number % DAYS),
            checkInKind = CheckInKind.DAILY,
            band = Band.OKAY,
            note = "Day $number. A long shift, and Tomás called.",
        ),
    )

/** Times a call so many times, a third of it before for warmth, and says the median. What comes after a call isn't timed. */
private suspend fun <T> say(
    name: String,
    times: Int,
    after: suspend (T) -> Unit = {},
    call: suspend () -> T,
) {
    repeat(times / 3) { after(call()) }
    val taken =
        List(times) {
            val start = System.nanoTime()
            val answer = call()
            val end = System.nanoTime()
            after(answer)
            end - start
        }.sorted()
    println("%s %.1f".format(Locale.ROOT, name, taken[times / 2] / 1e3))
}
