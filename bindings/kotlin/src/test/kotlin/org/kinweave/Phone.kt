package org.kinweave

import org.kinweave.model.Body
import org.kinweave.model.DeviceKey
import org.kinweave.model.Endpoint
import org.kinweave.model.Invitation
import org.kinweave.model.ListQuery
import org.kinweave.model.Meeting
import org.kinweave.model.MemberId
import org.kinweave.model.PairingStep
import org.kinweave.model.Record
import org.kinweave.model.Role
import org.kinweave.model.ZonedTime
import java.io.File
import java.nio.file.Files
import java.time.LocalDateTime
import java.time.ZoneId
import kotlin.test.assertEquals
import kotlin.test.assertIs

internal val anywhere = Endpoint("127.0.0.1", 0u)
internal const val PATIENCE_MS: ULong = 20_000uL

/** New York time, where the stories are set. */
internal fun newYork(local: String) = ZonedTime(LocalDateTime.parse(local), "America/New_York")

/** A phone of a story: a home of its own, a clock that is set, a port that is listened on. */
internal class Phone private constructor(
    val home: Kinweave,
    val clock: SettableClock,
    private val directory: File,
) : AutoCloseable {
    private var address: Endpoint? = null

    suspend fun me(): MemberId = home.circle().me

    suspend fun device(): DeviceKey = home.circle().device

    suspend fun person(name: String): MemberId =
        home
            .circle()
            .people
            .single { it.name == name }
            .member

    suspend fun address(): Endpoint = address ?: home.listen(anywhere).also { address = it }

    /** Meets another phone: this one dials. */
    suspend fun meet(other: Phone): Meeting = home.meet(other.device(), other.address())

    /** Lets [newcomer] in, with everything two people do at a kitchen table. */
    suspend fun invite(
        newcomer: Phone,
        name: String,
        role: Role = Role.Member,
        guardian: MemberId? = null,
    ) = pair(newcomer, name, Invitation.NewMember(role, guardian))

    /** Adds a device of one's own. */
    suspend fun addDevice(device: Phone) = pair(device, "me", Invitation.OwnDevice)

    private suspend fun pair(
        newcomer: Phone,
        name: String,
        invitation: Invitation,
    ) {
        val inviting = home.invite(invitation, anywhere)
        val joining = newcomer.home.join(inviting.code()!!, name)
        val here = assertIs<PairingStep.Words>(inviting.next(PATIENCE_MS))
        assertEquals(here, joining.next(PATIENCE_MS), "nobody stands between them")
        inviting.confirmWords(true)
        joining.confirmWords(true)
        assertIs<PairingStep.Here>(joining.next(PATIENCE_MS))
        joining.accept()
        assertIs<PairingStep.Done>(joining.next(PATIENCE_MS))
        assertIs<PairingStep.Done>(inviting.next(PATIENCE_MS))
    }

    /** All records of a kind that the owner may see, the oldest first. */
    suspend fun all(kind: String): List<Record> =
        home.list(ListQuery(kinds = listOf(kind), oldestFirst = true, limit = 1_000u)).records

    /** The only record of a kind. */
    suspend fun only(kind: String): Record = all(kind).single()

    /** Edits a record from the version in [seen]. */
    suspend fun edit(
        seen: Record,
        body: Body,
    ): Record = home.edit(seen.id, seen.version, body)

    override fun close() {
        home.close()
        directory.deleteRecursively()
    }

    companion object {
        suspend fun open(now: ZonedTime): Phone {
            val directory = Files.createTempDirectory("kinweave").toFile()
            val clock = SettableClock(now)
            val home = Kinweave.open(File(directory, "home"), Drawer(), clock = clock)
            home.setZone(ZoneId.of("America/New_York"))
            return Phone(home, clock, directory)
        }
    }
}
