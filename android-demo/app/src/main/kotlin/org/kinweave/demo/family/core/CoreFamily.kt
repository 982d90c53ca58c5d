package org.kinweave.demo.family.core

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import org.kinweave.Kinweave
import org.kinweave.changes
import org.kinweave.demo.family.CardDraft
import org.kinweave.demo.family.CardWay
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.CelebrationDraft
import org.kinweave.demo.family.CheckInDraft
import org.kinweave.demo.family.CheckIns
import org.kinweave.demo.family.Choice
import org.kinweave.demo.family.Circle
import org.kinweave.demo.family.Counting
import org.kinweave.demo.family.Days
import org.kinweave.demo.family.Deed
import org.kinweave.demo.family.EncouragementDraft
import org.kinweave.demo.family.Encouraging
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.HistoryLine
import org.kinweave.demo.family.JournalPage
import org.kinweave.demo.family.MilestoneRef
import org.kinweave.demo.family.Newcomer
import org.kinweave.demo.family.Pairing
import org.kinweave.demo.family.People
import org.kinweave.demo.family.Person
import org.kinweave.demo.family.PromiseDraft
import org.kinweave.demo.family.PromiseWord
import org.kinweave.demo.family.Promised
import org.kinweave.demo.family.Reply
import org.kinweave.demo.family.Rhythm
import org.kinweave.demo.family.SetbackDraft
import org.kinweave.demo.family.SetbackNote
import org.kinweave.demo.family.Settings
import org.kinweave.demo.family.Sharing
import org.kinweave.demo.family.Today
import org.kinweave.model.AgeBand
import org.kinweave.model.Ask
import org.kinweave.model.Band
import org.kinweave.model.Body
import org.kinweave.model.CardMode
import org.kinweave.model.CardShows
import org.kinweave.model.Celebration
import org.kinweave.model.CelebrationEvent
import org.kinweave.model.CelebrationStep
import org.kinweave.model.CheckIn
import org.kinweave.model.CheckInKind
import org.kinweave.model.CheckInPart
import org.kinweave.model.Commitment
import org.kinweave.model.CommitmentEvent
import org.kinweave.model.CountPolicy
import org.kinweave.model.CountingStyle
import org.kinweave.model.DayLabelConvention
import org.kinweave.model.Emoji
import org.kinweave.model.Encouragement
import org.kinweave.model.EncouragementKind
import org.kinweave.model.Endpoint
import org.kinweave.model.EntryHash
import org.kinweave.model.FieldValue
import org.kinweave.model.Frequency
import org.kinweave.model.Invitation
import org.kinweave.model.Journal
import org.kinweave.model.KinweaveException
import org.kinweave.model.MemberId
import org.kinweave.model.PromiseEvent
import org.kinweave.model.RecordId
import org.kinweave.model.RecoveryCard
import org.kinweave.model.RecoveryTimeline
import org.kinweave.model.Recurrence
import org.kinweave.model.RecurrenceEnd
import org.kinweave.model.Role
import org.kinweave.model.RsvpAnswer
import org.kinweave.model.Setback
import org.kinweave.model.SetbackKind
import org.kinweave.model.ShareWith
import org.kinweave.model.VersionToken
import org.kinweave.model.ZonedTime
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.temporal.ChronoUnit

/**
 * The real family. This folder, beside `platform`, is all that knows the library: it asks, and answers in the app's own words.
 *
 * @param now the local time on this phone's wall
 * @param here where another phone can reach this one, to be put in a code
 */
class CoreFamily(
    private val home: Kinweave,
    language: String,
    private val now: () -> ZonedTime,
    private val here: () -> String,
) : Family {
    private val speech = Speech(language)
    private val today = CoreToday(home, speech)
    private val together = CoreTogether(home, speech)
    private val own = CoreOwn(home, speech)
    private val phones = CorePhones(home, speech)

    override val changes: Flow<Unit> =
        home.changes.catch { throw if (it is KinweaveException) problemOf(it) else it }

    override val date: LocalDate get() = now().local.toLocalDate()

    override suspend fun circle(): Circle? =
        asking {
            try {
                val circle = home.circle()
                Circle(circle.name, circle.people.map { Person(it.member.text, it.name, it.isMe, it.role is Role.YoungMember) })
            } catch (_: KinweaveException.NoCircle) {
                null
            }
        }

    override suspend fun createCircle(
        name: String,
        myName: String,
    ) = doing { home.createCircle(name, myName) }

    override suspend fun today(): Today = asking { today.read(date, names()) }

    override suspend fun markSeen() = doing { home.markSeen() }

    override suspend fun keepMilestone(
        milestone: MilestoneRef,
        share: Boolean,
    ) = doing {
        val reached = home.milestones().first { it.title == milestone.title && it.reachedOn == milestone.reachedOn }
        val kept = reached.record ?: reached.key?.let { home.keepMilestone(it).id } ?: return@doing null
        if (share) home.share(kept, ShareWith.Everyone)
    }

    override suspend fun approve(admission: String) = doing { home.approve(EntryHash(admission)) }

    override suspend fun checkIns(): CheckIns = asking { own.checkIns(date, names()) }

    override suspend fun checkIn(draft: CheckInDraft) =
        doing {
            val body =
                CheckIn(
                    on = date,
                    checkInKind = CheckInKind.DAILY,
                    band = Band.valueOf(draft.mood.name),
                    ask = Ask.valueOf(draft.wish.name),
                    note = draft.note.ifBlank { null },
                )
            val record = home.add(Body.CheckIn(body), ShareWith.OnlyMe)
            when (draft.sharing) {
                Sharing.ONLY_ME -> Unit
                Sharing.MOOD -> home.shareCheckIn(record.id, ShareWith.Everyone, CheckInPart.Band)
                Sharing.ALL -> home.shareCheckIn(record.id, ShareWith.Circle, CheckInPart.Whole(withCraving = false))
            }
        }

    override suspend fun promises(): List<Promised> = asking { together.promises(date, names()) }

    override suspend fun promise(draft: PromiseDraft) =
        doing {
            val frequency =
                when (draft.rhythm) {
                    Rhythm.ONCE -> null
                    Rhythm.DAILY -> Frequency.DAILY
                    Rhythm.WEEKLY -> Frequency.WEEKLY
                }
            val recurrence = frequency?.let { Recurrence(it, 1u, emptyList(), RecurrenceEnd.Never) }
            home.add(Body.Commitment(Commitment(draft.title, members(draft.to), recurrence, draft.startsOn)))
        }

    override suspend fun tellPromise(
        promise: String,
        dueOn: LocalDate,
        word: PromiseWord,
    ) = doing { home.promiseEvent(RecordId(promise), CommitmentEvent(dueOn, PromiseEvent.valueOf(word.name), date)) }

    override suspend fun bearWitness(promise: String) =
        doing { home.promiseEvent(RecordId(promise), CommitmentEvent(event = PromiseEvent.WITNESS_ACCEPTED, on = date)) }

    override suspend fun encouragements(): List<Encouraging> = asking { together.encouragements(names()) }

    override suspend fun encourage(draft: EncouragementDraft) =
        doing {
            val body = Encouragement(members(draft.to), draft.text, EncouragementKind.ENCOURAGEMENT, draft.openOn)
            home.add(Body.Encouragement(body))
        }

    override suspend fun setHeart(
        encouragement: String,
        on: Boolean,
    ) = doing { if (on) home.react(RecordId(encouragement), Emoji.HEART) else home.unreact(RecordId(encouragement)) }

    override suspend fun celebrations(): List<Celebrating> = asking { together.celebrations(names()) }

    override suspend fun celebrate(draft: CelebrationDraft) =
        doing {
            val place = draft.place.ifBlank { null }
            home.add(Body.Celebration(Celebration(idea = draft.title, place = place, at = zoned(draft.at), alcoholFree = true)))
        }

    override suspend fun plan(
        celebration: Celebrating,
        place: String,
        at: LocalDateTime?,
    ) = doing {
        val id = RecordId(celebration.record)
        val seen = (home.get(id).body as Body.Celebration).body
        val planned = seen.copy(place = place.ifBlank { null }, at = zoned(at))
        home.edit(id, VersionToken(celebration.version), Body.Celebration(planned))
    }

    override suspend fun answer(
        celebration: String,
        answer: Reply,
    ) = doing { home.answer(RecordId(celebration), RsvpAnswer.valueOf(answer.name), null) }

    override suspend fun tellCelebrated(celebration: String) =
        doing {
            val record = home.get(RecordId(celebration))
            home.add(Body.CelebrationEvent(CelebrationEvent(record.reference, CelebrationStep.HELD, date)), about = record.id)
        }

    override suspend fun settle(
        record: String,
        field: String,
        choice: Choice,
    ) = doing {
        val value =
            when (choice) {
                is Choice.Pick -> {
                    val conflict = home.get(RecordId(record)).conflicts.find { it.field == field }
                    conflict?.candidates?.getOrNull(choice.number)?.value ?: return@doing null
                }
                is Choice.Combine -> FieldValue.Text(choice.text)
            }
        home.resolve(RecordId(record), field, value)
    }

    override suspend fun days(): Days = asking { own.days(date) }

    override suspend fun startCounting(from: LocalDate) =
        doing {
            val timeline =
                RecoveryTimeline(from, countingStyle = CountingStyle.TOTAL_FIRST, dayLabelConvention = DayLabelConvention.COMPLETED_DAYS)
            home.add(Body.RecoveryTimeline(timeline))
        }

    override suspend fun publishCard(draft: CardDraft) =
        doing {
            val total = home.days()?.total
            val words = draft.words.ifBlank { null }
            val card =
                when (draft.way) {
                    CardWay.PAUSED -> RecoveryCard(CardMode.PAUSED, date)
                    CardWay.WORDS -> RecoveryCard(CardMode.SNAPSHOT, date, setOf(CardShows.WORDS_ONLY), words = words)
                    CardWay.SNAPSHOT -> RecoveryCard(CardMode.SNAPSHOT, date, setOf(CardShows.TOTAL), total = total, words = words)
                    CardWay.COUNTING -> {
                        val until = date.plusDays(CARD_DAYS)
                        RecoveryCard(CardMode.COUNTING, date, setOf(CardShows.TOTAL), total = total, words = words, validUntil = until)
                    }
                }
            home.publishCard(card, ShareWith.Circle)
        }

    override suspend fun guidance(): List<String> = asking { own.guidance(date) }

    override suspend fun setbacks(): List<SetbackNote> = asking { own.setbacks() }

    override suspend fun setback(draft: SetbackDraft) =
        doing {
            val policy =
                when (draft.counting) {
                    Counting.NEW_STRETCH -> CountPolicy.NEW_RUN
                    Counting.MARKED_DAY -> CountPolicy.MARKED_DAY
                    Counting.NOTE_ONLY -> CountPolicy.NOTE_ONLY
                }
            val kind = SetbackKind.valueOf(draft.sort.name)
            val setback = Setback(draft.startedOn, draft.resumedOn, kind, policy, learned = draft.learned.ifBlank { null })
            home.add(Body.Setback(setback), ShareWith.OnlyMe)
        }

    override suspend fun journal(): List<JournalPage> = asking { own.journal() }

    override suspend fun write(text: String) = doing { home.add(Body.Journal(Journal(date, text))) }

    override suspend fun goOnHere() = doing { home.comeBackAsNewDevice() }

    override suspend fun people(): People =
        asking { phones.people(circle() ?: throw KinweaveException.NoCircle(), names(), ZoneId.of(now().zone)) }

    override suspend fun meetNow(): Int =
        asking {
            val near = home.findNearby(null, PATIENCE_MS)
            near.forEach { home.meet(it.device, it.address) }
            near.size
        }

    override suspend fun invite(who: Newcomer): Pairing =
        asking {
            val invitation =
                when (who) {
                    Newcomer.MEMBER -> Invitation.NewMember(Role.Member, null)
                    Newcomer.YOUNG_MEMBER -> Invitation.NewMember(Role.YoungMember(AgeBand.FROM_13_TO_17), home.circle().me)
                    Newcomer.MY_OWN_PHONE -> Invitation.OwnDevice
                }
            Paired(home.invite(invitation, Endpoint(here(), 0u)))
        }

    override suspend fun join(
        code: String,
        myName: String,
    ): Pairing = asking { Paired(home.join(code.trim(), myName)) }

    override suspend fun history(record: String): List<HistoryLine> =
        asking {
            val names = names()
            home.history(RecordId(record)).map { step ->
                val changes = step.changes.mapNotNull(speech::changed)
                val at = step.at?.let { LocalDateTime.ofInstant(Instant.EPOCH.plus(it, ChronoUnit.MINUTES), ZoneId.of(now().zone)) }
                HistoryLine(names[step.member].orEmpty(), at, Deed.valueOf(step.deed.name), changes)
            }
        }

    override suspend fun remove(record: String) = doing { home.erase(RecordId(record)) }

    override suspend fun settings(): Settings = asking { phones.settings(names()) }

    override suspend fun setLanguage(tag: String) =
        doing {
            speech.tag = tag
            home.setLanguage(speech.language)
        }

    private suspend fun names(): Map<MemberId, String> = home.circle().people.associate { it.member to it.name }

    /** By this phone's own rules, which may be newer than the core's. */
    private fun zoned(at: LocalDateTime?): ZonedTime? = at?.let { ZonedTime.of(it.atZone(ZoneId.of(now().zone))) }

    private fun members(ids: Set<String>): Set<MemberId> = ids.map(::MemberId).toSet()

    private companion object {
        const val CARD_DAYS = 7L
        const val PATIENCE_MS: ULong = 4_000uL
    }
}
