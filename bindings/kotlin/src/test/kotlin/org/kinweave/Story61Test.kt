package org.kinweave

import kotlinx.coroutines.runBlocking
import org.kinweave.model.AgeBand
import org.kinweave.model.Body
import org.kinweave.model.Celebration
import org.kinweave.model.CelebrationEvent
import org.kinweave.model.CelebrationState
import org.kinweave.model.CelebrationStep
import org.kinweave.model.CountingStyle
import org.kinweave.model.DayLabelConvention
import org.kinweave.model.Encouragement
import org.kinweave.model.EncouragementKind
import org.kinweave.model.FieldValue
import org.kinweave.model.KinweaveException
import org.kinweave.model.MilestoneState
import org.kinweave.model.NewRecord
import org.kinweave.model.Record
import org.kinweave.model.RecordKind
import org.kinweave.model.RecoveryTimeline
import org.kinweave.model.Role
import org.kinweave.model.RsvpAnswer
import org.kinweave.model.Rule
import org.kinweave.model.ShareWith
import java.time.LocalDate
import java.time.ZoneOffset
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** A timeline from 12 January 2026, when Dani's count begins. */
internal fun timeline() =
    Body.RecoveryTimeline(
        RecoveryTimeline(
            firstStartOn = LocalDate.parse("2026-01-12"),
            countingStyle = CountingStyle.TOTAL_FIRST,
            dayLabelConvention = DayLabelConvention.COMPLETED_DAYS,
        ),
    )

/** Story 6.1: thirty days and a dinner, in a circle that starts without a person in recovery. */
internal class Story61Test {
    private class Family(
        val m1: Phone,
        val l1: Phone,
        val t1: Phone,
        val i1: Phone,
        val d1: Phone,
    ) : AutoCloseable {
        val phones = listOf(m1, l1, t1, i1, d1)

        fun everyoneReads(local: String) = phones.forEach { it.clock.set(newYork(local)) }

        suspend fun martaMeetsAll() = repeat(2) { listOf(l1, t1, d1, i1).forEach { m1.meet(it) } }

        override fun close() = phones.forEach(Phone::close)
    }

    /** Steps 0 and 2: Marta's circle, and Dani's coming home. */
    private suspend fun family(): Family {
        val (m1, l1, t1, i1, d1) = List(5) { Phone.open(newYork("2026-01-20T10:00")) }
        m1.home.createCircle("Reyes", "Marta")
        m1.invite(l1, "Lena")
        m1.invite(t1, "Tomás")
        m1.invite(i1, "Iris", Role.YoungMember(AgeBand.FROM_13_TO_17), m1.me())
        for (phone in listOf(l1, t1, i1)) m1.meet(phone)
        val family = Family(m1, l1, t1, i1, d1)
        family.everyoneReads("2026-02-09T10:00")
        m1.invite(d1, "Dani")
        return family
    }

    private fun celebration(record: Record) = assertIs<Body.Celebration>(record.body).body

    private suspend fun Phone.plan(place: String) {
        val seen = only(RecordKind.CELEBRATION)
        val at = newYork("2026-02-14T19:00").copy(offset = ZoneOffset.ofHours(-5))
        edit(seen, Body.Celebration(celebration(seen).copy(place = place, at = at)))
    }

    @Test
    fun `story 6-1, thirty days and a dinner`() =
        runBlocking {
            family().use { family ->
                thirtyDays(family)
                val milestone = share(family)
                val dinner = dinner(family, milestone)
                answers(family, dinner)
                celebrated(family, milestone, dinner)
            }
        }

    private suspend fun thirtyDays(family: Family) {
        for (subject in listOf("Dani", "nobody by that name")) {
            val refused =
                assertFailsWith<KinweaveException.NotAllowed> {
                    family.m1.home.add(NewRecord(timeline(), ShareWith.Default, subject = subject))
                }
            assertEquals(Rule.SUBJECT_MUST_BE_AUTHOR, refused.rule)
        }
        family.d1.home.add(timeline())
        val passed = family.d1.home.milestones()
        assertEquals(listOf("1 day", "7 days", "14 days"), passed.map { it.title })
        assertTrue(passed.all { it.state == MilestoneState.REACHED && it.prompt == null })
        family.everyoneReads("2026-02-10T10:00")
        for (phone in listOf(family.l1, family.t1, family.i1)) family.m1.meet(phone)
        assertEquals(
            5,
            family.i1.home
                .circle()
                .people.size,
        )
        family.everyoneReads("2026-02-11T07:00")
        val prompt =
            family.d1.home
                .milestones()
                .mapNotNull { it.prompt }
                .single()
        assertEquals("30 days by your count. Share it?", prompt)
        assertEquals(
            30u,
            family.d1.home
                .days()
                ?.current,
        )
        for (phone in family.phones - family.d1) {
            assertTrue(phone.all(RecordKind.MILESTONE).isEmpty() && phone.all(RecordKind.RECOVERY_TIMELINE).isEmpty())
        }
    }

    private suspend fun share(family: Family): Record {
        family.everyoneReads("2026-02-11T18:10")
        val home = family.d1.home
        val private = home.keepMilestone(home.milestones().single { it.prompt != null }.key!!)
        val shared = home.share(private.id, ShareWith.Everyone)
        assertNotEquals(private.id, shared.id)
        home.get(private.id)
        return shared
    }

    private suspend fun dinner(
        family: Family,
        milestone: Record,
    ): Record {
        val idea =
            Celebration(milestone = milestone.reference, idea = "family_dinner_outing", alcoholFree = true)
        val dinner = family.d1.home.add(Body.Celebration(idea))
        family.d1.meet(family.m1)
        family.d1.meet(family.l1)
        family.m1.meet(family.t1)
        family.m1.meet(family.i1)
        family.m1.plan("Luigi's")
        family.l1.plan("Nonna's kitchen")
        family.m1.meet(family.l1)
        family.m1.meet(family.t1)
        for (phone in listOf(family.m1, family.l1, family.t1)) {
            val conflict = phone.only(RecordKind.CELEBRATION).conflicts.single()
            assertEquals("place", conflict.field)
            val candidates = conflict.candidates.associate { it.member to it.value }
            val expected =
                mapOf(
                    phone.person("Marta") to FieldValue.Text("Luigi's"),
                    phone.person("Lena") to FieldValue.Text("Nonna's kitchen"),
                )
            assertEquals<Map<*, *>>(expected, candidates)
        }
        family.t1.home.resolve(dinner.id, "place", FieldValue.Text("Nonna's kitchen"))
        family.t1.meet(family.m1)
        for (phone in listOf(family.l1, family.d1, family.i1)) family.m1.meet(phone)
        for (phone in family.phones) {
            val seen = phone.only(RecordKind.CELEBRATION)
            assertTrue(seen.conflicts.isEmpty())
            assertEquals("Nonna's kitchen", celebration(seen).place)
            assertEquals(newYork("2026-02-14T19:00").toInstant(), celebration(seen).at?.toInstant())
        }
        return dinner
    }

    private suspend fun answers(
        family: Family,
        dinner: Record,
    ) {
        family.everyoneReads("2026-02-12T12:00")
        for (phone in family.phones) phone.home.answer(dinner.id, RsvpAnswer.YES, null)
        family.l1.home.answer(dinner.id, RsvpAnswer.MAYBE, null)
        family.l1.home.answer(dinner.id, RsvpAnswer.YES, null)
        val note =
            Encouragement(
                to = setOf(family.i1.person("Dani")),
                text = "I saved you the corner seat.",
                encouragementKind = EncouragementKind.ENCOURAGEMENT,
                openOn = LocalDate.parse("2026-02-14"),
            )
        family.i1.home.add(Body.Encouragement(note))
        family.martaMeetsAll()
        family.everyoneReads("2026-02-13T12:00")
        for (phone in family.phones - family.i1) {
            assertTrue(phone.all(RecordKind.ENCOURAGEMENT).isEmpty(), "closed until the day")
            val answers =
                phone.home
                    .celebrations()
                    .first()
                    .answers
            assertEquals(List(5) { RsvpAnswer.YES }, answers.map { it.answer })
            assertEquals(5, phone.all(RecordKind.RSVP).size, "one record per member")
        }
        family.i1.only(RecordKind.ENCOURAGEMENT)
        family.everyoneReads("2026-02-14T08:00")
        for (phone in family.phones) phone.only(RecordKind.ENCOURAGEMENT)
    }

    private suspend fun celebrated(
        family: Family,
        milestone: Record,
        dinner: Record,
    ) {
        fun step(event: CelebrationStep) =
            Body.CelebrationEvent(CelebrationEvent(dinner.reference, event, LocalDate.parse("2026-02-14")))
        family.everyoneReads("2026-02-15T12:00")
        family.t1.home.add(step(CelebrationStep.HELD), about = milestone.id)
        family.l1.home.add(step(CelebrationStep.CANCELLED), about = milestone.id)
        family.martaMeetsAll()
        for (phone in family.phones) {
            val state =
                phone.home
                    .celebrations()
                    .first()
                    .state
            assertEquals(CelebrationState.HELD, state)
            assertTrue(phone.home.isCelebrated(milestone.id))
        }
        family.d1.home.erase(dinner.id)
        family.martaMeetsAll()
        for (phone in family.phones) {
            assertTrue(phone.all(RecordKind.CELEBRATION).isEmpty() && phone.all(RecordKind.RSVP).isEmpty())
            assertTrue(phone.home.isCelebrated(milestone.id), "what was celebrated stays so")
            assertEquals(emptyList(), phone.home.check())
        }
        val milestones = family.d1.home.milestones()
        assertTrue(milestones.any { it.title == "30 days" && it.state == MilestoneState.CELEBRATED })
    }

    @Test
    fun `story 6-1, Dani and Lena meet by roster proof without the tenth of February`() =
        runBlocking {
            family().use { family ->
                suspend fun known() =
                    family.l1.home
                        .circle()
                        .people.size
                assertEquals(4, known(), "Lena's phone doesn't know Dani")
                family.d1.meet(family.l1)
                assertEquals(5, known())
            }
        }
}
