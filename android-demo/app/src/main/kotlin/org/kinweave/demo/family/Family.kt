package org.kinweave.demo.family

import kotlinx.coroutines.flow.Flow
import java.time.LocalDate
import java.time.LocalDateTime

/**
 * All that the screens know of the core, in words of their own. `core/CoreFamily` is the real one; previews and the tests of a view
 * model write theirs by hand.
 *
 * Every method throws a [FamilyException], and has then changed nothing.
 */
interface Family {
    /** Emits at once, and then whenever something is new. */
    val changes: Flow<Unit>

    /** Today, on this phone's wall. */
    val date: LocalDate

    /** Who is here; none before there is a circle on this phone. */
    suspend fun circle(): Circle?

    suspend fun createCircle(
        name: String,
        myName: String,
    )

    suspend fun today(): Today

    suspend fun markSeen()

    suspend fun keepMilestone(
        milestone: MilestoneRef,
        share: Boolean,
    )

    suspend fun approve(admission: String)

    suspend fun checkIns(): CheckIns

    suspend fun checkIn(draft: CheckInDraft)

    suspend fun promises(): List<Promised>

    suspend fun promise(draft: PromiseDraft)

    suspend fun tellPromise(
        promise: String,
        dueOn: LocalDate,
        word: PromiseWord,
    )

    suspend fun bearWitness(promise: String)

    suspend fun encouragements(): List<Encouraging>

    suspend fun encourage(draft: EncouragementDraft)

    /** Puts a heart on it, or takes one's own away. */
    suspend fun setHeart(
        encouragement: String,
        on: Boolean,
    )

    suspend fun celebrations(): List<Celebrating>

    suspend fun celebrate(draft: CelebrationDraft)

    /** Says where and when it is to be. What others changed since it was seen isn't taken back: both are shown then. */
    suspend fun plan(
        celebration: Celebrating,
        place: String,
        at: LocalDateTime?,
    )

    suspend fun answer(
        celebration: String,
        answer: Reply,
    )

    suspend fun tellCelebrated(celebration: String)

    /** Settles a field that two people changed apart: on one of the versions, by its number, or on words of one's own. */
    suspend fun settle(
        record: String,
        field: String,
        choice: Choice,
    )

    suspend fun days(): Days

    suspend fun startCounting(from: LocalDate)

    suspend fun publishCard(draft: CardDraft)

    /** What to say first. Asked of the core, written down nowhere. */
    suspend fun guidance(): List<String>

    suspend fun setbacks(): List<SetbackNote>

    suspend fun setback(draft: SetbackDraft)

    suspend fun journal(): List<JournalPage>

    suspend fun write(text: String)

    suspend fun people(): People

    /** Where there is a second copy of this phone: goes on here, as a phone of its own. */
    suspend fun goOnHere()

    /** Meets every phone that is near now, and answers with how many. */
    suspend fun meetNow(): Int

    suspend fun invite(who: Newcomer): Pairing

    suspend fun join(
        code: String,
        myName: String,
    ): Pairing

    suspend fun history(record: String): List<HistoryLine>

    /** Takes a record of one's own away, on every phone that has it. */
    suspend fun remove(record: String)

    suspend fun settings(): Settings

    suspend fun setLanguage(tag: String)
}

/** Two phones that are being paired. Ends with [Stage.Done] or a [FamilyException]. */
interface Pairing {
    /** What the other phone needs; none on the phone that joins. */
    val code: String?

    suspend fun next(): Stage

    suspend fun confirmWords(same: Boolean)

    suspend fun accept()

    suspend fun decline()
}

/** What didn't work, as a person needs to know it. */
class FamilyException(
    val problem: Problem,
    cause: Throwable?,
) : Exception(problem.name, cause)

/** Each has its words in the resources. */
enum class Problem {
    INPUT_EMPTY,
    INPUT_TOO_LONG,
    INPUT_OTHER,
    NOT_ALLOWED,
    ADULTS_ONLY,
    GONE,
    DISK_FULL,
    PHONE_LOCKED,
    WRONG_KEY,
    SECOND_COPY,
    DAMAGED,
    APP_TOO_OLD,
    BUSY,
    NOBODY_NEAR,
    NOT_PAIRED,
    CODE_WRONG,
    WORDS_DIFFER,
    DECLINED,
    NETWORK_CLOSED,
    OTHER,
}
