package org.kinweave.demo.family.core

import org.kinweave.Kinweave
import org.kinweave.demo.family.Card
import org.kinweave.demo.family.CheckIns
import org.kinweave.demo.family.CheckedIn
import org.kinweave.demo.family.Days
import org.kinweave.demo.family.JournalPage
import org.kinweave.demo.family.Mood
import org.kinweave.demo.family.Reached
import org.kinweave.demo.family.SetbackNote
import org.kinweave.demo.family.SetbackSort
import org.kinweave.demo.family.Wish
import org.kinweave.model.AudienceTag
import org.kinweave.model.Body
import org.kinweave.model.CheckIn
import org.kinweave.model.Journal
import org.kinweave.model.ListQuery
import org.kinweave.model.MemberId
import org.kinweave.model.MilestoneState
import org.kinweave.model.Record
import org.kinweave.model.RecordKind
import org.kinweave.model.Setback
import org.kinweave.phrase
import java.time.LocalDate

/** What is one's own, read from the core. */
internal class CoreOwn(
    private val home: Kinweave,
    private val speech: Speech,
) {
    suspend fun checkIns(
        date: LocalDate,
        names: Map<MemberId, String>,
    ): CheckIns {
        val latest =
            originals(RecordKind.CHECK_IN).mapNotNull { record ->
                val it = (record.body as? Body.CheckIn)?.body ?: return@mapNotNull null
                val wish = it.ask?.let { ask -> Wish.valueOf(ask.name) } ?: Wish.NOTHING
                val mood = it.band?.let { band -> Mood.valueOf(band.name) }
                CheckedIn(record.id.text, names[record.author].orEmpty(), it.on, mood, wish, it.note)
            }
        val summary = home.checkInSummary(date)
        return CheckIns(listOfNotNull(speech.counted("checkin.in_all", summary.inAll.toLong()).takeIf { summary.inAll > 0u }), latest)
    }

    suspend fun days(date: LocalDate): Days {
        val milestones = home.milestones().map { Reached(it.title, it.reachedOn, it.state == MilestoneState.CELEBRATED) }
        val me = home.circle().me
        return Days(
            lines = home.today(date).daysLines,
            milestones = milestones.reversed(),
            mine = home.myCard(date)?.lines.orEmpty(),
            others = home.cards(date).filter { it.member != me }.map { Card(it.name, it.lines) },
            total = home.days()?.total?.toInt(),
        )
    }

    suspend fun guidance(date: LocalDate): List<String> {
        val guidance = home.setbackGuidance(date)
        val place = mapOf("place" to guidance.naloxonePlace.orEmpty())
        return guidance.phraseKeys.mapNotNull { phrase(speech.language, it, place) }
    }

    suspend fun setbacks(): List<SetbackNote> =
        originals(RecordKind.SETBACK).mapNotNull { record ->
            val it = (record.body as? Body.Setback)?.body ?: return@mapNotNull null
            SetbackNote(record.id.text, it.startedOn, SetbackSort.valueOf(it.setbackKind.name), it.learned)
        }

    suspend fun journal(): List<JournalPage> =
        originals(RecordKind.JOURNAL).mapNotNull { record ->
            (record.body as? Body.Journal)?.body?.let { JournalPage(record.id.text, it.on, it.text) }
        }

    /** Those of a kind, the newest first; of one's own that were copied to others only the original. */
    private suspend fun originals(kind: String): List<Record> {
        val me = home.circle().me
        val originals = setOf(AudienceTag.ME, AudienceTag.JOURNAL)
        val records = home.list(ListQuery(kinds = listOf(kind), limit = LIST_LENGTH)).records
        return records.filter { it.author != me || it.audience.tag in originals }
    }

    private companion object {
        const val LIST_LENGTH = 200u
    }
}
