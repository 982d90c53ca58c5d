package org.kinweave

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.runBlocking
import org.kinweave.model.Band
import org.kinweave.model.Body
import org.kinweave.model.CheckIn
import org.kinweave.model.CheckInKind
import org.kinweave.model.Endpoint
import org.kinweave.model.Invitation
import org.kinweave.model.KeyStore
import org.kinweave.model.KinweaveException
import org.kinweave.model.ListQuery
import org.kinweave.model.PairingStep
import org.kinweave.model.Record
import org.kinweave.model.RecordKind
import org.kinweave.model.Role
import org.kinweave.model.SetAsideReason
import org.kinweave.model.ShareWith
import org.kinweave.model.ZonedTime
import java.io.File
import java.nio.file.Files
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneId
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** The page for developers does what it says: its blocks are these functions, word for word. */
internal class GuideTest {
    // guide: open
    suspend fun openHome(
        filesDirectory: File,
        keyStore: KeyStore,
    ): Kinweave =
        Kinweave.open(
            directory = File(filesDirectory, "home"),
            keyStore = keyStore,
            zone = ZoneId.of("America/New_York"),
        )

    // guide: first record
    suspend fun checkIn(home: Kinweave) {
        home.createCircle("Reyes", "Marta")
        val day =
            CheckIn(
                on = LocalDate.of(2026, 2, 9),
                checkInKind = CheckInKind.DAILY,
                band = Band.OKAY,
                note = "A long shift, and Tomás called.",
            )
        home.add(Body.CheckIn(day), with = ShareWith.OnlyMe)
    }

    // guide: edit
    suspend fun correct(
        home: Kinweave,
        seen: Record,
    ) {
        val day = (seen.body as? Body.CheckIn)?.body ?: return
        home.edit(seen.id, seen.version, Body.CheckIn(day.copy(band = Band.GOOD)))
    }

    // guide: observe
    suspend fun firstNote(home: Kinweave): String? =
        home
            .observe { list(ListQuery(kinds = listOf(RecordKind.CHECK_IN))).records }
            .map { records -> (records.first().body as Body.CheckIn).body.note }
            .first()

    // guide: pair
    suspend fun pair(
        marta: Kinweave,
        dani: Kinweave,
    ) {
        val here = Endpoint("127.0.0.1", 0u)
        val inviting = marta.invite(Invitation.NewMember(Role.Member, null), here)
        val joining = dani.join(inviting.code()!!, "Dani")

        // Both screens show the same four words, and both people say so.
        inviting.next(20_000u) as PairingStep.Words
        joining.next(20_000u) as PairingStep.Words
        inviting.confirmWords(true)
        joining.confirmWords(true)

        // Only now is Dani told who is here, and says yes.
        joining.next(20_000u) as PairingStep.Here
        joining.accept()
        joining.next(20_000u) as PairingStep.Done
        inviting.next(20_000u) as PairingStep.Done
    }

    // guide: sync
    suspend fun meet(
        marta: Kinweave,
        dani: Kinweave,
    ): Boolean {
        val address = marta.listen(Endpoint("127.0.0.1", 0u))
        return dani.meet(marta.circle().device, address).equal
    }

    // guide: background
    fun followApp(
        home: Kinweave,
        lifecycle: AppLifecycle,
        scope: CoroutineScope,
    ): AutoCloseable =
        home.follow(lifecycle, scope) {
            setZone(ZoneId.systemDefault())
            listen(Endpoint("0.0.0.0", 0u))
        }

    // guide: errors
    fun advice(error: KinweaveException): String =
        when (error) {
            is KinweaveException.DiskFull -> "Nothing was lost. Make some space, and try again."
            is KinweaveException.StorageUnavailable -> "The phone is still locked. Try again in a moment."
            else -> error.toString()
        }

    // guide: what is set aside
    fun advice(reason: SetAsideReason): String =
        when (reason) {
            SetAsideReason.NEEDS_NEWER_APP -> "Update this app to read it. Nothing is lost."
            SetAsideReason.INCOMPLETE -> "It appears once more of your phones have met."
            SetAsideReason.UNKNOWN_PHONE -> "It appears once this phone knows whose it is."
            SetAsideReason.RECORD_FULL -> "Go on in a new entry."
            SetAsideReason.SECOND_COPY -> "Look at what is shown, and write again what is missing."
            SetAsideReason.AGAINST_RULES -> "It isn't shown, and nothing else has changed."
        }

    // guide: test
    suspend fun aMonthLater(
        directory: File,
        keyStore: KeyStore,
    ): LocalDate {
        val noon = ZonedTime(LocalDateTime.parse("2026-02-09T12:00"), "America/New_York")
        val clock = SettableClock(noon)
        return Kinweave.open(directory, keyStore, clock = clock).use { home ->
            home.createCircle("Reyes", "Marta")
            val later = noon.copy(local = noon.local.plusDays(30))
            clock.set(later)
            home.today(later.local.toLocalDate()).date
        }
    }

    // guide: end

    @Test
    fun `what the page shows works`() =
        runBlocking {
            val files = Files.createTempDirectory("kinweave").toFile()
            openHome(File(files, "marta"), Drawer()).use { marta ->
                openHome(File(files, "dani"), Drawer()).use { dani ->
                    checkIn(marta)
                    val record = marta.list(ListQuery(kinds = listOf(RecordKind.CHECK_IN))).records.single()
                    correct(marta, record)
                    assertEquals(Band.GOOD, (marta.get(record.id).body as Body.CheckIn).body.band)
                    assertEquals("A long shift, and Tomás called.", firstNote(marta))
                    pair(marta, dani)
                    assertTrue(meet(marta, dani))
                    assertEquals(emptyList(), dani.setAside().map { advice(it.reason) })
                    val lifecycle = HandLifecycle()
                    coroutineScope { followApp(marta, lifecycle, this).use { lifecycle.background() } }
                    assertFailsWith<KinweaveException.Paused> { marta.circle() }
                }
            }
            assertTrue("space" in advice(KinweaveException.DiskFull()))
            assertTrue(advice(KinweaveException.Busy()).isNotBlank())
            val offers = SetAsideReason.entries.map { advice(it) }
            assertEquals(offers.distinct(), offers)
            assertEquals(LocalDate.of(2026, 3, 11), aMonthLater(File(files, "later"), Drawer()))
            files.deleteRecursively()
            Unit
        }

    @Test
    fun `the page shows these very words`() {
        val page = File("README.md").readText()
        val source = File("src/test/kotlin/org/kinweave/GuideTest.kt").readText()
        val blocks = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(page).map { it.groupValues[1] }
        val parts = source.split(Regex("\n {4}// guide: [a-z ]+\n"))
        val shown = parts.drop(1).dropLast(1).map { it.trimIndent().trim() }
        assertEquals(shown, blocks.map { it.trim() }.toList())
    }
}
