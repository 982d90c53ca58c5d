package org.kinweave

import kotlinx.coroutines.runBlocking
import org.kinweave.model.AgeBand
import org.kinweave.model.AudienceTag
import org.kinweave.model.Body
import org.kinweave.model.CardMode
import org.kinweave.model.CardReading
import org.kinweave.model.CardShows
import org.kinweave.model.CountPolicy
import org.kinweave.model.KitForm
import org.kinweave.model.MilestoneState
import org.kinweave.model.NaloxoneKit
import org.kinweave.model.Prompt
import org.kinweave.model.Record
import org.kinweave.model.RecordKind
import org.kinweave.model.RecoveryCard
import org.kinweave.model.Role
import org.kinweave.model.Setback
import org.kinweave.model.SetbackKind
import org.kinweave.model.ShareWith
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertTrue

private fun day(text: String) = LocalDate.parse(text)

private fun paused(on: String) = RecoveryCard(mode = CardMode.PAUSED, asOf = day(on))

private fun card(
    mode: CardMode,
    on: String,
    total: UInt,
    until: String? = null,
    words: String? = null,
) = RecoveryCard(mode, day(on), setOf(CardShows.TOTAL), total, words = words, validUntil = until?.let(::day))

private fun setback(
    started: String,
    resumed: String,
) = Body.Setback(
    Setback(
        startedOn = day(started),
        resumedOn = day(resumed),
        setbackKind = SetbackKind.SLIP,
        countPolicy = CountPolicy.NEW_RUN,
        learned = "Call before, not after.",
        safeNow = true,
    ),
)

/** Story 6.3: a setback that stays private until Dani is ready. */
internal class Story63Test {
    /** The family Reyes, paired and met on 9 February 2026; Dani's timeline begins on 12 January. */
    private class Reyes(
        val phones: List<Phone>,
    ) : AutoCloseable {
        val m1 = phones[0]
        val l1 = phones[1]
        val t1 = phones[2]
        val i1 = phones[3]
        val d1 = phones[4]
        val d2 = phones[5]

        /** All but Dani's. */
        val others = listOf(m1, l1, t1, i1)

        fun clocks(local: String) = phones.forEach { it.clock.set(newYork(local)) }

        suspend fun allMeet() =
            repeat(2) {
                d1.meet(d2)
                for (phone in listOf(d1, l1, t1, i1)) assertTrue(phone.meet(m1).equal)
                for (phone in listOf(l1, t1, i1)) assertTrue(phone.meet(d1).equal)
            }

        suspend fun publish(card: RecoveryCard) = d1.home.publishCard(card, ShareWith.Circle)

        suspend fun daniOnMartas(today: String) = m1.home.cardOf(m1.person("Dani"), day(today))!!

        override fun close() = phones.forEach(Phone::close)
    }

    private suspend fun reyes(): Reyes {
        val reyes = Reyes(List(6) { Phone.open(newYork("2026-02-09T10:00")) })
        val marta = reyes.m1
        marta.home.createCircle("Reyes", "Marta")
        marta.invite(reyes.l1, "Lena")
        marta.invite(reyes.t1, "Tomás")
        marta.invite(reyes.i1, "Iris", Role.YoungMember(AgeBand.FROM_13_TO_17), marta.me())
        marta.invite(reyes.d1, "Dani")
        reyes.d1.addDevice(reyes.d2)
        reyes.d1.home.add(timeline())
        reyes.allMeet()
        return reyes
    }

    private fun learned(record: Record) = assertIs<Body.Setback>(record.body).body.learned

    @Test
    fun `story 6-3, a setback stays private until Dani is ready`() =
        runBlocking {
            reyes().use { reyes ->
                val march = spring(reyes)
                setbacks(reyes)
                pausedAgain(reyes, march)
                disclosed(reyes)
                onMyFeet(reyes)
                for (phone in reyes.phones) assertEquals(emptyList(), phone.home.check())
            }
        }

    /** Steps 0 and 1. Answers what Marta's phone showed in March. */
    private suspend fun spring(reyes: Reyes): Any {
        reyes.clocks("2026-03-10T18:00")
        reyes.publish(paused("2026-03-10"))
        reyes.d1.meet(reyes.m1)
        val march = reyes.daniOnMartas("2026-03-10")
        assertEquals(listOf("Dani isn't sharing a count right now"), march.lines)
        reyes.clocks("2026-03-12T18:00")
        assertEquals(march, reyes.daniOnMartas("2026-03-12"))
        reyes.publish(card(CardMode.SNAPSHOT, "2026-03-12", 59u))
        reyes.d1.meet(reyes.m1)
        assertEquals(listOf("59 days in all", "as of 12 March 2026"), reyes.daniOnMartas("2026-03-12").lines)
        reyes.clocks("2026-04-30T18:00")
        assertEquals(
            108u,
            reyes.d1.home
                .days()
                ?.total,
        )
        reyes.publish(card(CardMode.COUNTING, "2026-04-30", 108u, until = "2026-05-07"))
        reyes.d1.meet(reyes.m1)
        reyes.clocks("2026-05-01T09:00")
        assertEquals(listOf("109 days in all"), reyes.daniOnMartas("2026-05-01").lines)
        return march
    }

    private suspend fun setbacks(reyes: Reyes) {
        reyes.clocks("2026-05-02T22:00")
        val before = reyes.d1.home.setbackGuidance(day("2026-05-02"))
        assertEquals(listOf("setback.tolerance", "setback.naloxone_unknown"), before.phraseKeys.take(2))
        assertEquals(null, before.naloxonePlace)
        val place = "hall cupboard, top shelf"
        val kit = NaloxoneKit(place, KitForm.NASAL, day("2027-03-31"), setOf(reyes.t1.me()))
        reyes.t1.home.add(Body.NaloxoneKit(kit))
        reyes.t1.meet(reyes.m1)
        reyes.m1.meet(reyes.d1)
        assertEquals(
            place,
            reyes.d1.home
                .setbackGuidance(day("2026-05-02"))
                .naloxonePlace,
        )
        val counting = reyes.m1.only(RecordKind.RECOVERY_CARD).body
        reyes.clocks("2026-05-03T21:00")
        reyes.d2.home.add(setback("2026-05-02", "2026-05-03"))
        reyes.clocks("2026-05-04T09:00")
        reyes.d1.home.add(setback("2026-05-02", "2026-05-04"))
        reyes.d1.meet(reyes.d2)
        for (phone in listOf(reyes.d1, reyes.d2)) {
            val days = phone.home.days()!!
            assertEquals(110u to 0u, days.total to days.current)
            val today = phone.home.today(day("2026-05-04"))
            val said = today.daysLines + today.checkInLines
            assertTrue("today counts" in said)
            assertFalse(said.any { it.startsWith("0 ") || "reset" in it.lowercase() })
        }
        assertEquals(counting, reyes.d1.only(RecordKind.RECOVERY_CARD).body, "logging never edits the card")
    }

    private suspend fun pausedAgain(
        reyes: Reyes,
        march: Any,
    ) {
        suspend fun prompts(phone: Phone) = phone.home.today(day("2026-05-04")).prompts
        val asked = prompts(reyes.d1).filterIsInstance<Prompt.Card>().single()
        assertEquals("Your card still counts until 7 May 2026. Pause it, update it, or leave it as it is?", asked.text)
        assertEquals(emptyList(), prompts(reyes.m1))
        reyes.clocks("2026-05-04T10:00")
        reyes.publish(paused("2026-05-04"))
        assertTrue(prompts(reyes.d1).none { it is Prompt.Card }, "it is answered")
        reyes.d1.meet(reyes.m1)
        assertEquals<Any>(march, reyes.daniOnMartas("2026-05-04"), "in every word as in March")
        reyes.m1.only(RecordKind.RECOVERY_CARD)
        for (phone in reyes.others) {
            assertTrue(phone.all(RecordKind.SETBACK).isEmpty())
            assertEquals(0, rowsElsewhere(phone, "setback"))
        }
    }

    /** How often this phone's entries name the text, in any audience but those of its own member alone. */
    private suspend fun rowsElsewhere(
        phone: Phone,
        text: String,
    ): Int {
        val shared = phone.home.dump().filter { it.audience.tag !in setOf(AudienceTag.ME, AudienceTag.JOURNAL) }
        return shared.flatMap { it.rows }.count { text in it }
    }

    private suspend fun disclosed(reyes: Reyes) {
        val (dani, lena) = reyes.d1.home to reyes.l1.home
        reyes.clocks("2026-05-12T19:00")
        val with = ShareWith.Chosen(listOf(reyes.d1.person("Lena")))
        val private = reyes.d1.all(RecordKind.SETBACK)
        val copies = private.map { dani.share(it.id, with) }
        assertEquals(copies[0].id, dani.share(private[0].id, with).id, "shared again it is the same copy")
        reyes.d1.meet(reyes.l1)
        reyes.d1.meet(reyes.m1)
        reyes.l1.meet(reyes.m1)
        assertEquals(2, reyes.l1.all(RecordKind.SETBACK).size)
        for (copy in copies) {
            val read = lena.get(copy.id)
            assertEquals("Call before, not after.", learned(read))
            assertFalse(read.editable, "Dani's words stay Dani's")
        }
        assertTrue(rowsElsewhere(reyes.l1, "setback") > 0)
        assertTrue(reyes.m1.all(RecordKind.SETBACK).isEmpty())
        assertEquals(0, rowsElsewhere(reyes.m1, "setback"))
        val held = reyes.m1.home.dump()
        assertTrue(copies.none { copy -> held.any { it.audience.id == copy.audience.id } }, "not even the set's id")
        reyes.d1.meet(reyes.d2)
        reyes.clocks("2026-06-01T08:00")
        for (phone in listOf(reyes.d1, reyes.d2)) {
            assertEquals(4, phone.all(RecordKind.SETBACK).size)
            val days = phone.home.days()!!
            assertEquals(listOf(138u, 28u, 110u, 140u), days.run { listOf(total, current, longest, elapsed) })
        }
        val source = dani.get(private[1].id)
        val told = assertIs<Body.Setback>(source.body).body.copy(learned = "Call, and wait for the answer.")
        dani.edit(source.id, source.version, Body.Setback(told))
        val copy = dani.copies(source.id).single()
        assertEquals(true to day("2026-05-12"), copy.isOutdated to copy.since)
        reyes.d1.meet(reyes.l1)
        assertEquals("Call before, not after.", learned(lena.get(copies[1].id)))
        val updated = dani.updateCopy(copy.id)
        assertFalse(dani.copies(source.id).first().isOutdated)
        reyes.d1.meet(reyes.l1)
        assertEquals("Call, and wait for the answer.", learned(lena.get(updated.id)))
    }

    private suspend fun onMyFeet(reyes: Reyes) {
        reyes.publish(card(CardMode.SNAPSHOT, "2026-06-01", 138u, words = "back on my feet"))
        reyes.d1.meet(reyes.m1)
        val back = reyes.daniOnMartas("2026-06-01")
        assertEquals(listOf("138 days in all", "back on my feet", "as of 1 June 2026"), back.lines)
        assertEquals(138u, assertIs<CardReading.Shared>(back.reading).card.total)
        assertTrue(reyes.i1.all(RecordKind.RECOVERY_CARD).isEmpty(), "a card for the circle is for its adults")
        reyes.clocks("2026-06-03T07:00")
        val prompts =
            reyes.d1.home
                .today(day("2026-06-03"))
                .prompts
        val milestone = assertIs<Prompt.Milestone>(prompts.first()).milestone
        assertEquals("30 days in this stretch. Share it?", milestone.prompt)
        assertEquals(MilestoneState.PROMPTED, milestone.state)
        reyes.allMeet()
        for (phone in reyes.others) {
            assertTrue(phone.all(RecordKind.MILESTONE).isEmpty())
            assertEquals(emptyList(), phone.home.today(day("2026-06-03")).prompts)
        }
    }
}
