package org.kinweave.demo.family.core

import org.kinweave.Kinweave
import org.kinweave.demo.family.Asking
import org.kinweave.demo.family.Coming
import org.kinweave.demo.family.Due
import org.kinweave.demo.family.MilestoneRef
import org.kinweave.demo.family.News
import org.kinweave.demo.family.Today
import org.kinweave.demo.family.What
import org.kinweave.model.Body
import org.kinweave.model.MemberId
import org.kinweave.model.Prompt
import org.kinweave.model.Record
import org.kinweave.model.SlotOutcome
import java.time.LocalDate
import org.kinweave.model.Coming as CoreComing

/** The first screen, from one call to the core. */
internal class CoreToday(
    private val home: Kinweave,
    private val speech: Speech,
) {
    suspend fun read(
        date: LocalDate,
        names: Map<MemberId, String>,
    ): Today {
        val today = home.today(date)
        return Today(
            name =
                home
                    .circle()
                    .people
                    .single { it.isMe }
                    .name,
            date = today.date,
            daysLines = today.daysLines,
            checkInLines = today.checkInLines,
            asks = today.prompts.map { asked(it, names) },
            due =
                today.promisesDue.flatMap { promise ->
                    due(promise.commitment, promise.slots.filter { it.outcome == SlotOutcome.OPEN }.map { it.dueOn })
                },
            news = today.news.records.map { news(it, names) },
            coming = today.coming.map(::coming),
        )
    }

    private fun due(
        commitment: Record,
        days: List<LocalDate>,
    ): List<Due> = days.map { Due(commitment.id.text, (commitment.body as Body.Commitment).body.title, it) }

    private fun asked(
        prompt: Prompt,
        names: Map<MemberId, String>,
    ): Asking =
        when (prompt) {
            is Prompt.Milestone -> {
                val it = prompt.milestone
                Asking.Milestone(it.prompt ?: it.title, MilestoneRef(it.title, it.reachedOn))
            }
            is Prompt.Card -> Asking.Card(prompt.text)
            is Prompt.Clock -> Asking.Clock(prompt.text)
            is Prompt.Witness -> Asking.Witness(prompt.text, prompt.promise.text)
            is Prompt.Admission -> Asking.Admission(names[prompt.admission.member].orEmpty(), prompt.admission.admit.text)
        }

    private fun news(
        record: Record,
        names: Map<MemberId, String>,
    ): News {
        val (what, text) =
            when (val body = record.body) {
                is Body.CheckIn -> What.CHECKED_IN to body.body.note
                is Body.Commitment -> What.PROMISED to body.body.title
                is Body.CommitmentEvent -> What.TOLD_OF_PROMISE to body.body.note
                is Body.Celebration -> What.PLANNED to speech.ideaOf(body.body.idea)
                is Body.Rsvp -> What.ANSWERED to speech.say("rsvp.${body.body.answer.name.lowercase()}")
                is Body.CelebrationEvent -> What.CELEBRATED to body.body.note
                is Body.Encouragement -> What.ENCOURAGED to body.body.text
                is Body.Milestone -> What.MILESTONE to body.body.words
                is Body.RecoveryCard -> What.CARD to body.body.words
                is Body.Reaction -> What.HEART to null
                is Body.NaloxoneKit -> What.KIT to body.body.place
                else -> What.OTHER to null
            }
        return News(record.id.text, names[record.author].orEmpty(), what, text)
    }

    private fun coming(it: CoreComing): Coming =
        when (it) {
            is CoreComing.Celebration -> {
                val record = it.celebration.celebration
                Coming(it.on, speech.ideaOf((record.body as Body.Celebration).body.idea), record.id.text)
            }
            is CoreComing.Milestones -> Coming(it.on, it.titles.joinToString(" · "), null)
            is CoreComing.Pack -> Coming(it.on, it.text, null)
        }
}
