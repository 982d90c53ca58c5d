package org.kinweave.demo

import org.kinweave.Kinweave
import org.kinweave.SettableClock
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.Stage
import org.kinweave.demo.platform.PhoneHome
import org.kinweave.model.Band
import org.kinweave.model.Body
import org.kinweave.model.Celebration
import org.kinweave.model.CheckIn
import org.kinweave.model.CheckInKind
import org.kinweave.model.CheckInPart
import org.kinweave.model.Encouragement
import org.kinweave.model.EncouragementKind
import org.kinweave.model.Endpoint
import org.kinweave.model.Invitation
import org.kinweave.model.KeyStore
import org.kinweave.model.ListQuery
import org.kinweave.model.Meeting
import org.kinweave.model.PairingStep
import org.kinweave.model.RecordKind
import org.kinweave.model.Role
import org.kinweave.model.ShareWith
import org.kinweave.model.ZonedTime
import java.nio.file.Files
import java.time.LocalDateTime

/** The phones of Marta and Lena, with homes of their own, for an app that is Dani's. Real files, real sockets. */
class Reyes private constructor(
    val marta: Kinweave,
    val lena: Kinweave,
) : AutoCloseable {
    private lateinit var addresses: Map<Kinweave, Endpoint>

    /** Marta lets the app in, with everything two people do at a kitchen table. */
    suspend fun letIn(
        app: Family,
        name: String,
    ) {
        val inviting = marta.invite(Invitation.NewMember(Role.Member, null), HERE)
        val joining = app.join(checkNotNull(inviting.code()), name)
        val words = inviting.next(PATIENCE_MS) as PairingStep.Words
        check(joining.next() == Stage.Words(words.words)) { "somebody stands between them" }
        inviting.confirmWords(true)
        joining.confirmWords(true)
        check(joining.next() is Stage.Here)
        joining.accept()
        check(joining.next() is Stage.Done)
        inviting.next(PATIENCE_MS)
    }

    /** Marta calls the app's phone, which listens once it is in a circle. */
    suspend fun martaMeets(app: PhoneHome): Meeting {
        val device = marta.devices().single { it.member != marta.circle().me && it.member != lena.circle().me }
        return marta.meet(device.device, Endpoint(LOOPBACK, checkNotNull(app.address).port))
    }

    suspend fun martaMeetsLena() = marta.meet(lena.circle().device, addresses.getValue(lena))

    suspend fun celebrate() = lena.add(Body.Celebration(Celebration(idea = "family_dinner_outing", alcoholFree = true)), ShareWith.Everyone)

    /** Where Marta's phone believes the dinner is. */
    suspend fun placeAtMartas(): String? {
        val seen = marta.list(ListQuery(kinds = listOf(RecordKind.CELEBRATION))).records.single()
        return (seen.body as Body.Celebration).body.place.takeIf { seen.conflicts.isEmpty() }
    }

    /** Both say another place, neither knowing of the other. */
    suspend fun planApart() {
        for ((home, place) in listOf(marta to "Luigi's", lena to "Nonna's kitchen")) {
            val seen = home.list(ListQuery(kinds = listOf(RecordKind.CELEBRATION))).records.single()
            val celebration = (seen.body as Body.Celebration).body
            val at = ZonedTime(LocalDateTime.parse("2026-02-14T19:00"), TestApplication.ZONE)
            home.edit(seen.id, seen.version, Body.Celebration(celebration.copy(place = place, at = at)))
        }
    }

    suspend fun checkIn(
        who: Kinweave,
        band: Band,
        note: String,
    ) {
        val day = CheckIn(on = java.time.LocalDate.of(2026, 2, 9), checkInKind = CheckInKind.DAILY, band = band, note = note)
        val record = who.add(Body.CheckIn(day), ShareWith.OnlyMe)
        who.shareCheckIn(record.id, ShareWith.Circle, CheckInPart.Whole(withCraving = false))
    }

    suspend fun encourage(
        who: Kinweave,
        text: String,
    ) = who.add(Body.Encouragement(Encouragement(text = text, encouragementKind = EncouragementKind.ENCOURAGEMENT)), ShareWith.Everyone)

    override fun close() {
        marta.close()
        lena.close()
    }

    companion object {
        const val LOOPBACK = "127.0.0.1"
        val HERE = Endpoint(LOOPBACK, 0u)
        private const val PATIENCE_MS: ULong = 20_000uL

        suspend fun open(start: LocalDateTime): Reyes {
            val clocks = List(2) { SettableClock(ZonedTime(start, TestApplication.ZONE)) }
            val (marta, lena) = clocks.map { openOne(it) }
            marta.createCircle("Reyes", "Marta")
            val family = Reyes(marta, lena)
            family.pairLena()
            family.addresses = listOf(marta, lena).associateWith { it.listen(HERE) }
            return family
        }

        private suspend fun openOne(clock: SettableClock): Kinweave {
            val directory = Files.createTempDirectory("kinweave").resolve("home").toFile()
            return Kinweave.open(directory, Drawer(), java.time.ZoneId.of(TestApplication.ZONE), clock = clock)
        }
    }

    private suspend fun pairLena() {
        val inviting = marta.invite(Invitation.NewMember(Role.Member, null), HERE)
        val joining = lena.join(checkNotNull(inviting.code()), "Lena")
        inviting.next(PATIENCE_MS)
        joining.next(PATIENCE_MS)
        inviting.confirmWords(true)
        joining.confirmWords(true)
        joining.next(PATIENCE_MS)
        joining.accept()
        joining.next(PATIENCE_MS)
        inviting.next(PATIENCE_MS)
    }

    /** A key store in memory. */
    private class Drawer : KeyStore {
        private var kept: ByteArray? = null

        override fun load(): ByteArray? = kept

        override fun save(key: ByteArray) {
            kept = key
        }
    }
}
