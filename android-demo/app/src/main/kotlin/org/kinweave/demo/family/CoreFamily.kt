package org.kinweave.demo.family

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import org.kinweave.Kinweave
import org.kinweave.changes
import org.kinweave.languageOfTag
import org.kinweave.model.AudienceTag
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
import org.kinweave.model.InvalidReason
import org.kinweave.model.Invitation
import org.kinweave.model.Journal
import org.kinweave.model.KinweaveException
import org.kinweave.model.Language
import org.kinweave.model.ListQuery
import org.kinweave.model.MemberId
import org.kinweave.model.MilestoneState
import org.kinweave.model.PairingProblem
import org.kinweave.model.PairingStep
import org.kinweave.model.PeerStatus
import org.kinweave.model.PromiseEvent
import org.kinweave.model.Prompt
import org.kinweave.model.Record
import org.kinweave.model.RecordId
import org.kinweave.model.RecordKind
import org.kinweave.model.RecoveryCard
import org.kinweave.model.RecoveryTimeline
import org.kinweave.model.Recurrence
import org.kinweave.model.RecurrenceEnd
import org.kinweave.model.Role
import org.kinweave.model.RsvpAnswer
import org.kinweave.model.Rule
import org.kinweave.model.Setback
import org.kinweave.model.SetbackKind
import org.kinweave.model.ShareWith
import org.kinweave.model.SlotOutcome
import org.kinweave.model.ZonedTime
import org.kinweave.parts
import org.kinweave.phrase
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import org.kinweave.Pairing as CorePairing
import org.kinweave.model.Coming as CoreComing
import org.kinweave.model.Deed as CoreDeed

/**
 * The only file, beside those of `platform`, that knows the library: it asks, and answers in the app's own words.
 *
 * @param now the local time on this phone's wall
 * @param here where another phone can reach this one, to be put in a code
 */
class CoreFamily(
    private val home: Kinweave,
    private var language: String,
    private val now: () -> ZonedTime,
    private val here: () -> String,
) : Family {
    override val changes: Flow<Unit> = home.changes.catch { throw problemOf(it) }

    private val date: LocalDate get() = now().local.toLocalDate()

    override suspend fun circle(): Circle? =
        asking {
            try {
                val people = home.circle().people.map { Person(it.member.text, it.name, it.isMe, it.role is Role.YoungMember) }
                Circle(home.circle().name, people)
            } catch (_: KinweaveException.NoCircle) {
                null
            }
        }

    override suspend fun createCircle(
        name: String,
        myName: String,
    ) = doing { home.createCircle(name, myName) }

    override suspend fun today(): Today =
        asking {
            val names = names()
            val today = home.today(date)
            Today(
                name =
                    home
                        .circle()
                        .people
                        .single { it.isMe }
                        .name,
                date = today.date,
                daysLines = today.daysLines,
                checkInLines = today.checkInLines,
                asks = today.prompts.map { asking(it, names) },
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

    private fun asking(
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
                is Body.Celebration -> What.PLANNED to ideaOf(body.body.idea)
                is Body.Rsvp -> What.ANSWERED to say("rsvp.${body.body.answer.name.lowercase()}")
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
                Coming(it.on, ideaOf((record.body as Body.Celebration).body.idea), record.id.text)
            }
            is CoreComing.Milestones -> Coming(it.on, it.titles.joinToString(" · "), null)
            is CoreComing.Pack -> Coming(it.on, it.text, null)
        }

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

    override suspend fun checkIns(): CheckIns =
        asking {
            val names = names()
            val latest =
                records(RecordKind.CHECK_IN).mapNotNull { record ->
                    val it = (record.body as? Body.CheckIn)?.body ?: return@mapNotNull null
                    val wish = it.ask?.let { ask -> Wish.valueOf(ask.name) } ?: Wish.NOTHING
                    CheckedIn(
                        record.id.text,
                        names[record.author].orEmpty(),
                        it.on,
                        it.band?.let { band ->
                            Mood.valueOf(band.name)
                        },
                        wish,
                        it.note,
                    )
                }
            val summary = home.checkInSummary(date)
            CheckIns(listOfNotNull(counted("checkin.in_all", summary.inAll.toLong()).takeIf { summary.inAll > 0u }), latest)
        }

    override suspend fun checkIn(draft: CheckInDraft) =
        doing {
            val body =
                CheckIn(
                    on = date,
                    checkInKind = CheckInKind.DAILY,
                    band = Band.valueOf(draft.mood.name),
                    ask =
                        org.kinweave.model.Ask
                            .valueOf(draft.wish.name),
                    note = draft.note.ifBlank { null },
                )
            val record = home.add(Body.CheckIn(body), ShareWith.OnlyMe)
            when (draft.sharing) {
                Sharing.ONLY_ME -> Unit
                Sharing.MOOD -> home.shareCheckIn(record.id, ShareWith.Everyone, CheckInPart.Band)
                Sharing.ALL -> home.shareCheckIn(record.id, ShareWith.Circle, CheckInPart.Whole(withCraving = false))
            }
        }

    override suspend fun promises(): List<Promised> =
        asking {
            val names = names()
            val me = home.circle().me
            home.promises(date).map { promise ->
                Promised(
                    record = promise.commitment.id.text,
                    title = (promise.commitment.body as Body.Commitment).body.title,
                    who = names[promise.owner].orEmpty(),
                    isMine = promise.owner == me,
                    asksMe = promise.asksMe,
                    days =
                        promise.slots.map {
                            PromisedDay(it.dueOn, say("promise.outcome.${it.outcome.name.lowercase()}"), it.outcome == SlotOutcome.OPEN)
                        },
                )
            }
        }

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

    override suspend fun encouragements(): List<Encouraging> =
        asking {
            val names = names()
            val me = home.circle().me
            val hearts = records(RecordKind.REACTION).groupBy { it.about }
            records(RecordKind.ENCOURAGEMENT).mapNotNull { record ->
                val it = (record.body as? Body.Encouragement)?.body ?: return@mapNotNull null
                val here = hearts[record.id].orEmpty()
                Encouraging(
                    record = record.id.text,
                    who = names[record.author].orEmpty(),
                    isMine = record.author == me,
                    to = it.to.mapNotNull(names::get).sorted(),
                    text = it.text,
                    on = record.date ?: dayOf(record),
                    hearts = here.map { heart -> names[heart.author].orEmpty() }.sorted(),
                    isMyHeart = here.any { heart -> heart.author == me },
                )
            }
        }

    override suspend fun encourage(draft: EncouragementDraft) =
        doing {
            val body = Encouragement(members(draft.to), draft.text, EncouragementKind.ENCOURAGEMENT, draft.openOn)
            home.add(Body.Encouragement(body))
        }

    override suspend fun setHeart(
        encouragement: String,
        on: Boolean,
    ) = doing { if (on) home.react(RecordId(encouragement), Emoji.HEART) else home.unreact(RecordId(encouragement)) }

    override suspend fun celebrations(): List<Celebrating> =
        asking {
            val names = names()
            val me = home.circle().me
            home.celebrations().map { view ->
                val record = view.celebration
                val it = (record.body as Body.Celebration).body
                Celebrating(
                    record = record.id.text,
                    title = ideaOf(it.idea),
                    place = it.place,
                    at = it.at?.local,
                    stage = CelebrationStage.valueOf(view.state.name),
                    replies = view.answers.map { answer -> Replied(names[answer.member].orEmpty(), Reply.valueOf(answer.answer.name)) },
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
            val versions = conflict.candidates.map { Version(names[it.member].orEmpty(), shown(it.value)) }
            Apart(fieldOf(conflict.field), conflict.field, versions)
        }

    override suspend fun celebrate(draft: CelebrationDraft) =
        doing {
            val at = draft.at?.let { ZonedTime(it, now().zone) }
            home.add(Body.Celebration(Celebration(idea = draft.title, place = draft.place.ifBlank { null }, at = at, alcoholFree = true)))
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

    override suspend fun days(): Days =
        asking {
            val milestones = home.milestones().map { Reached(it.title, it.reachedOn, it.state == MilestoneState.CELEBRATED) }
            val me = home.circle().me
            Days(
                lines = home.today(date).daysLines,
                milestones = milestones.reversed(),
                mine = home.myCard(date)?.lines.orEmpty(),
                others = home.cards(date).filter { it.member != me }.map { Card(it.name, it.lines) },
                total = home.days()?.total?.toInt(),
            )
        }

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
            val shows =
                setOfNotNull(
                    CardShows.TOTAL.takeIf { draft.way != CardWay.WORDS },
                    CardShows.WORDS_ONLY.takeIf {
                        draft.way ==
                            CardWay.WORDS
                    },
                )
            val card =
                when (draft.way) {
                    CardWay.PAUSED -> RecoveryCard(CardMode.PAUSED, date)
                    CardWay.COUNTING ->
                        RecoveryCard(
                            CardMode.COUNTING,
                            date,
                            shows,
                            total = total,
                            words = words,
                            validUntil = date.plusDays(CARD_DAYS),
                        )
                    CardWay.SNAPSHOT -> RecoveryCard(CardMode.SNAPSHOT, date, shows, total = total, words = words)
                    CardWay.WORDS -> RecoveryCard(CardMode.SNAPSHOT, date, shows, words = words)
                }
            home.publishCard(card, ShareWith.Circle)
        }

    override suspend fun guidance(): List<String> =
        asking {
            val guidance = home.setbackGuidance(date)
            val place = mapOf("place" to guidance.naloxonePlace.orEmpty())
            guidance.phraseKeys.mapNotNull { phrase(spoken(), it, place) }
        }

    override suspend fun setbacks(): List<SetbackNote> =
        asking {
            records(RecordKind.SETBACK).mapNotNull { record ->
                val it = (record.body as? Body.Setback)?.body ?: return@mapNotNull null
                val sort = SetbackSort.valueOf(it.setbackKind.name)
                SetbackNote(record.id.text, it.startedOn, sort, it.learned)
            }
        }

    override suspend fun setback(draft: SetbackDraft) =
        doing {
            val policy =
                when (draft.counting) {
                    Counting.NEW_STRETCH -> CountPolicy.NEW_RUN
                    Counting.MARKED_DAY -> CountPolicy.MARKED_DAY
                    Counting.NOTE_ONLY -> CountPolicy.NOTE_ONLY
                }
            val kind = SetbackKind.valueOf(draft.sort.name)
            val setback = Setback(draft.startedOn, draft.startedOn, kind, policy, learned = draft.learned.ifBlank { null })
            home.add(Body.Setback(setback), ShareWith.OnlyMe)
        }

    override suspend fun journal(): List<JournalPage> =
        asking {
            records(RecordKind.JOURNAL).mapNotNull { record ->
                (record.body as? Body.Journal)?.body?.let { JournalPage(record.id.text, it.on, it.text) }
            }
        }

    override suspend fun write(text: String) = doing { home.add(Body.Journal(Journal(date, text))) }

    override suspend fun people(): People =
        asking {
            val circle = circle() ?: throw KinweaveException.NoCircle()
            val names = names()
            val devices = home.devices().associateBy { it.device }
            val near = home.nearby().map { it.device }.toSet()
            val phones =
                home.status().map { Phone(names[it.member].orEmpty(), devices[it.device]?.nickname, it.device in near, standing(it)) }
            People(circle, phones.sortedBy { it.who })
        }

    private fun standing(status: PeerStatus): String {
        val whenMs = status.comparedAtMs ?: return say("sync.not_seen_yet")
        val ahead = status.audiences.sumOf { it.ahead.toLong() }
        if (ahead > 0) return counted("sync.on_their_way", ahead)
        val zone = java.time.ZoneId.of(now().zone)
        val on =
            java.time.Instant
                .ofEpochMilli(whenMs)
                .atZone(zone)
                .toLocalDate()
        return say("sync.up_to_date", "date" to dateText(on))
    }

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
                    Newcomer.YOUNG_MEMBER ->
                        Invitation.NewMember(
                            Role.YoungMember(org.kinweave.model.AgeBand.FROM_13_TO_17),
                            home.circle().me,
                        )
                    Newcomer.MY_OWN_PHONE -> Invitation.OwnDevice
                }
            Paired(home.invite(invitation, Endpoint(here(), 0u)))
        }

    override suspend fun join(
        code: String,
        myName: String,
    ): Pairing = asking { Paired(home.join(code.trim(), myName)) }

    private class Paired(
        private val pairing: CorePairing,
    ) : Pairing {
        override val code: String? get() = pairing.code()

        override suspend fun next(): Stage =
            asking {
                when (val step = pairing.next(PAIRING_MS)) {
                    is PairingStep.Words -> Stage.Words(step.words)
                    is PairingStep.Here -> Stage.Here(step.who.circleName, step.who.people.map { it.name }, step.who.terms)
                    is PairingStep.Waiting -> Stage.Waiting
                    is PairingStep.Done -> Stage.Done
                }
            }

        override suspend fun confirmWords(same: Boolean) = doing { pairing.confirmWords(same) }

        override suspend fun accept() = doing { pairing.accept() }

        override suspend fun decline() = doing { pairing.decline() }
    }

    override suspend fun history(record: String): List<HistoryLine> =
        asking {
            val names = names()
            home.history(RecordId(record)).map { step ->
                val changes = step.changes.map { Change(fieldOf(it.field), it.from.map(::shown), shown(it.to)) }
                val at = step.at?.let { LocalDateTime.ofInstant(java.time.Instant.ofEpochSecond(it * 60), java.time.ZoneId.of(now().zone)) }
                HistoryLine(names[step.member].orEmpty(), at, deedOf(step.deed), changes)
            }
        }

    private fun deedOf(deed: CoreDeed): Deed = Deed.valueOf(deed.name)

    override suspend fun remove(record: String) = doing { home.erase(RecordId(record)) }

    override suspend fun settings(): Settings =
        asking {
            val names = names()
            val use = home.storage()
            val devices = home.devices().map { Device(names[it.member].orEmpty(), it.nickname, it.isThis) }
            Settings(devices, use.databaseBytes.toLong(), use.trashBytes.toLong(), parts().kinweave)
        }

    override suspend fun setLanguage(tag: String) =
        doing {
            language = tag
            home.setLanguage(spoken())
        }

    private fun spoken(): Language = languageOfTag(language) ?: Language.EN

    private suspend fun names(): Map<MemberId, String> = home.circle().people.associate { it.member to it.name }

    /** Those of a kind, the newest first; of one's own that were copied to others only the original. */
    private suspend fun records(kind: String): List<Record> {
        val me = home.circle().me
        val records = home.list(ListQuery(kinds = listOf(kind), limit = LIST_LENGTH)).records
        val own = records.filter { it.author == me && it.audience.tag == AudienceTag.ME }.map { it.body to it.date }.toSet()
        return if (kind ==
            RecordKind.CHECK_IN
        ) {
            records.filterNot { it.author == me && it.audience.tag != AudienceTag.ME && own.isNotEmpty() }
        } else {
            records
        }
    }

    private fun members(ids: Set<String>): Set<MemberId> = ids.map(::MemberId).toSet()

    private fun say(
        key: String,
        vararg arguments: Pair<String, String>,
    ): String = phrase(spoken(), key, mapOf(*arguments)).orEmpty()

    private fun counted(
        key: String,
        count: Long,
    ): String = say(key, "count" to count.toString())

    /** A preset has a name in every language; what somebody typed is what it is. */
    private fun ideaOf(idea: String): String = phrase(spoken(), "idea.$idea", emptyMap()) ?: idea

    private fun dayOf(record: Record): LocalDate = LocalDate.ofEpochDay(Math.floorDiv(record.wall, MINUTES_A_DAY))

    private fun dateText(date: LocalDate): String =
        date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(java.util.Locale.forLanguageTag(language)))

    private fun shown(value: FieldValue): String =
        when (value) {
            is FieldValue.Nothing -> ""
            is FieldValue.Flag -> if (value.value) say("rsvp.yes") else say("rsvp.no")
            is FieldValue.Whole -> value.value.toString()
            is FieldValue.Fraction -> value.value.toString()
            is FieldValue.Text -> value.value
            is FieldValue.Day -> dateText(value.value)
            is FieldValue.Time -> "${dateText(value.value.local.toLocalDate())} ${timeText(value.value.local.toLocalTime())}"
            is FieldValue.Several -> value.values.joinToString { shown(it) }
            is FieldValue.Fields -> value.values.values.joinToString { shown(it) }
        }

    private fun timeText(time: LocalTime): String =
        time.format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(java.util.Locale.forLanguageTag(language)))

    private fun fieldOf(name: String): Field =
        when (name) {
            "place" -> Field.PLACE
            "at", "on", "due_on", "open_on" -> Field.AT
            "idea" -> Field.IDEA
            "text" -> Field.TEXT
            "title" -> Field.TITLE
            "note", "learned", "words" -> Field.NOTE
            "band" -> Field.MOOD
            "display_name", "name" -> Field.NAME
            else -> Field.OTHER
        }

    companion object {
        private const val LIST_LENGTH = 200u
        private const val CARD_DAYS = 7L
        private const val MINUTES_A_DAY = 1_440L
        private const val PATIENCE_MS: ULong = 4_000uL
        private const val PAIRING_MS: ULong = 600_000uL

        private suspend fun <T> asking(work: suspend () -> T): T =
            try {
                work()
            } catch (error: KinweaveException) {
                throw problemOf(error)
            }

        private suspend fun doing(work: suspend () -> Any?) {
            asking(work)
        }

        /** What the library threw, as the screens know it. */
        fun problemOf(error: Throwable): Throwable = if (error is KinweaveException) FamilyException(problem(error), error) else error

        private fun problem(error: KinweaveException): Problem =
            when (error) {
                is KinweaveException.InvalidInput ->
                    when (error.reason) {
                        InvalidReason.EMPTY, InvalidReason.MISSING -> Problem.INPUT_EMPTY
                        InvalidReason.TOO_LONG -> Problem.INPUT_TOO_LONG
                        else -> Problem.INPUT_OTHER
                    }
                is KinweaveException.NotAllowed -> if (error.rule == Rule.ADULTS_ONLY) Problem.ADULTS_ONLY else Problem.NOT_ALLOWED
                is KinweaveException.Gone, is KinweaveException.Moved, is KinweaveException.NotFound -> Problem.GONE
                is KinweaveException.DiskFull -> Problem.DISK_FULL
                is KinweaveException.StorageUnavailable -> Problem.PHONE_LOCKED
                is KinweaveException.WrongKey -> Problem.WRONG_KEY
                is KinweaveException.Corrupt -> Problem.DAMAGED
                is KinweaveException.NewerDatabase, is KinweaveException.Incompatible -> Problem.APP_TOO_OLD
                is KinweaveException.Busy, is KinweaveException.Paused -> Problem.BUSY
                is KinweaveException.PeerUnreachable -> Problem.NOBODY_NEAR
                is KinweaveException.NotPaired -> Problem.NOT_PAIRED
                is KinweaveException.PairingRejected ->
                    when (error.reason) {
                        PairingProblem.WORDS_DIFFER -> Problem.WORDS_DIFFER
                        PairingProblem.DECLINED -> Problem.DECLINED
                        else -> Problem.CODE_WRONG
                    }
                is KinweaveException.DiscoveryUnavailable -> Problem.NETWORK_CLOSED
                else -> Problem.OTHER
            }
    }
}
