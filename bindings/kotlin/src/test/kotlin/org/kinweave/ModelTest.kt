package org.kinweave

import org.kinweave.model.Body
import org.kinweave.model.KinweaveException
import org.kinweave.model.ZonedTime
import org.kinweave.model.dayOfWeek
import org.kinweave.model.weekday
import java.time.DayOfWeek
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.ZoneOffset
import java.time.ZonedDateTime
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The types of `java.time`, and what a developer expects of the rest. */
internal class ModelTest {
    @Test
    fun `an hour goes there and back`() {
        val dinner = newYork("2026-02-14T19:00")
        assertEquals(Instant.parse("2026-02-15T00:00:00Z"), dinner.toInstant())
        val again = ZonedTime.of(ZonedDateTime.of(dinner.local.plusSeconds(59), ZoneId.of("America/New_York")))
        assertEquals(dinner.copy(offset = ZoneOffset.ofHours(-5)), again)
        assertEquals(dinner.toZonedDateTime(), again.toZonedDateTime())
    }

    @Test
    fun `the hour that comes twice is the one that its offset says, and without one the first`() {
        val twice = newYork("2026-11-01T01:30")
        assertEquals(Instant.parse("2026-11-01T05:30:00Z"), twice.toInstant())
        val second = twice.copy(offset = ZoneOffset.ofHours(-5))
        assertEquals(Instant.parse("2026-11-01T06:30:00Z"), second.toInstant())
    }

    @Test
    fun `a zone that this phone doesn't know is kept, and its hour is read by the offset`() {
        val elsewhere = ZonedTime(LocalDateTime.parse("2026-02-14T19:00"), "Mars/Olympus", ZoneOffset.ofHours(1))
        assertEquals(Instant.parse("2026-02-14T18:00:00Z"), elsewhere.toInstant())
        assertEquals("Mars/Olympus", elsewhere.zone)
    }

    @Test
    fun `an offset counts that this phone's rules don't have there, and the hour on the wall stays`() {
        val dinner = newYork("2026-02-14T19:00").copy(offset = ZoneOffset.ofHours(-4))
        assertEquals(Instant.parse("2026-02-14T23:00:00Z"), dinner.toInstant())
        assertEquals(dinner.local, dinner.toZonedDateTime().toLocalDateTime())
    }

    @Test
    fun `days of the week are those of the calendar`() {
        assertEquals(DayOfWeek.entries, DayOfWeek.entries.map { it.weekday.dayOfWeek })
    }

    @Test
    fun `an error says what happened`() {
        assertTrue("vector grows" in KinweaveException.PeerMisbehaved("vector grows").message)
        assertTrue(KinweaveException.DiskFull().message.isNotBlank())
    }

    @Test
    fun `a screen can tell every kind of record apart`() {
        assertEquals("We saved you a seat.", words(note("We saved you a seat.")))
        assertEquals("wedding", words(Body.Unknown("wedding", emptyMap())))
    }

    /** Without `else`: a kind that is new in the core is an error of the compiler's here, and in an app's screens. */
    private fun words(body: Body): String? =
        when (body) {
            is Body.Encouragement -> body.body.text
            is Body.Unknown -> body.kind
            is Body.CircleInfo,
            is Body.MemberProfile,
            is Body.DeviceName,
            is Body.RecoveryTimeline,
            is Body.Share,
            is Body.Milestone,
            is Body.Celebration,
            is Body.CelebrationEvent,
            is Body.Rsvp,
            is Body.Reaction,
            is Body.CheckIn,
            is Body.Setback,
            is Body.RecoveryCard,
            is Body.Commitment,
            is Body.CommitmentEvent,
            is Body.Journal,
            is Body.NaloxoneKit,
            -> null
        }
}
