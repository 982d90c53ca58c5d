package org.kinweave.demo.family.core

import org.kinweave.Kinweave
import org.kinweave.demo.family.Apart
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.CelebrationStage
import org.kinweave.demo.family.Encouraging
import org.kinweave.demo.family.Promised
import org.kinweave.demo.family.PromisedDay
import org.kinweave.demo.family.Replied
import org.kinweave.demo.family.Reply
import org.kinweave.demo.family.Version
import org.kinweave.model.Body
import org.kinweave.model.ListQuery
import org.kinweave.model.MemberId
import org.kinweave.model.Record
import org.kinweave.model.RecordKind
import org.kinweave.model.SlotOutcome
import java.time.LocalDate

/** What is done together, read from the core. */
internal class CoreTogether(
    private val home: Kinweave,
    private val speech: Speech,
) {
    suspend fun promises(
        date: LocalDate,
        names: Map<MemberId, String>,
    ): List<Promised> {
        val me = home.circle().me
        return home.promises(date).map { promise ->
            Promised(
                record = promise.commitment.id.text,
                title = (promise.commitment.body as Body.Commitment).body.title,
                who = names[promise.owner].orEmpty(),
                isMine = promise.owner == me,
                asksMe = promise.asksMe,
                days =
                    promise.slots.map {
                        PromisedDay(
                            it.dueOn,
                            speech.say("promise.outcome.${it.outcome.name.lowercase()}"),
                            it.outcome == SlotOutcome.OPEN,
                        )
                    },
            )
        }
    }

    suspend fun encouragements(names: Map<MemberId, String>): List<Encouraging> {
        val me = home.circle().me
        val hearts = newest(RecordKind.REACTION).groupBy { it.about }
        return newest(RecordKind.ENCOURAGEMENT).mapNotNull { record ->
            val it = (record.body as? Body.Encouragement)?.body ?: return@mapNotNull null
            val here = hearts[record.id].orEmpty()
            Encouraging(
                record = record.id.text,
                who = names[record.author].orEmpty(),
                isMine = record.author == me,
                to = it.to.mapNotNull(names::get).sorted(),
                text = it.text,
                hearts = here.map { heart -> names[heart.author].orEmpty() }.sorted(),
                isMyHeart = here.any { heart -> heart.author == me },
            )
        }
    }

    suspend fun celebrations(names: Map<MemberId, String>): List<Celebrating> {
        val me = home.circle().me
        return home.celebrations().map { view ->
            val record = view.celebration
            val it = (record.body as Body.Celebration).body
            Celebrating(
                record = record.id.text,
                version = record.version.text,
                title = speech.ideaOf(it.idea),
                place = it.place,
                at = it.at?.local,
                stage = CelebrationStage.valueOf(view.state.name),
                replies = view.answers.map { Replied(names[it.member].orEmpty(), Reply.valueOf(it.answer.name)) }.sortedBy { it.who },
                mine = view.answers.find { answer -> answer.member == me }?.let { answer -> Reply.valueOf(answer.answer.name) },
                apart = apart(record, names),
            )
        }
    }

    private fun apart(
        record: Record,
        names: Map<MemberId, String>,
    ): List<Apart> =
        record.conflicts.map { conflict ->
            val versions = conflict.candidates.map { Version(names[it.member].orEmpty(), speech.shown(it.value)) }
            Apart(fieldOf(conflict.field), conflict.field, versions)
        }

    private suspend fun newest(kind: String): List<Record> = home.list(ListQuery(kinds = listOf(kind), limit = LIST_LENGTH)).records

    private companion object {
        const val LIST_LENGTH = 200u
    }
}
