package org.kinweave.demo.family

import java.time.LocalDate
import java.time.LocalDateTime

data class Circle(
    val name: String,
    val people: List<Person>,
) {
    val me: Person get() = people.single { it.isMe }
    val others: List<Person> get() = people.filterNot { it.isMe }
}

data class Person(
    val id: String,
    val name: String,
    val isMe: Boolean,
    val isYoung: Boolean,
)

data class Today(
    val name: String,
    val date: LocalDate,
    val daysLines: List<String>,
    val checkInLines: List<String>,
    val asks: List<Asking>,
    val due: List<Due>,
    val news: List<News>,
    val coming: List<Coming>,
)

/** What the core asks the owner of this phone, in its words. */
sealed interface Asking {
    val text: String

    data class Milestone(
        override val text: String,
        val milestone: MilestoneRef,
    ) : Asking

    data class Card(
        override val text: String,
    ) : Asking

    data class Witness(
        override val text: String,
        val promise: String,
    ) : Asking

    data class Admission(
        override val text: String,
        val admission: String,
    ) : Asking

    data class Clock(
        override val text: String,
    ) : Asking
}

/** A milestone that isn't kept yet has no record; this is what it is known by. */
data class MilestoneRef(
    val title: String,
    val reachedOn: LocalDate,
)

data class Due(
    val promise: String,
    val title: String,
    val dueOn: LocalDate,
)

data class News(
    val record: String,
    val who: String,
    val what: What,
    val text: String?,
)

/** What somebody did. Each has its words in the resources. */
enum class What { CHECKED_IN, PROMISED, TOLD_OF_PROMISE, PLANNED, ANSWERED, CELEBRATED, ENCOURAGED, MILESTONE, CARD, HEART, KIT, OTHER }

data class Coming(
    val on: LocalDate?,
    val text: String,
    val celebration: String?,
)

enum class Mood { GOOD, OKAY, HARD, NEED_COMPANY }

enum class Wish { NOTHING, CALL, HUG, SPACE, LIFT, LISTENER }

/** With whom a check-in is shared, and how much of it. */
enum class Sharing { ONLY_ME, MOOD, ALL }

data class CheckInDraft(
    val mood: Mood,
    val wish: Wish = Wish.NOTHING,
    val note: String = "",
    val sharing: Sharing = Sharing.ONLY_ME,
)

data class CheckIns(
    val lines: List<String>,
    val latest: List<CheckedIn>,
)

data class CheckedIn(
    val record: String,
    val who: String,
    val on: LocalDate,
    val mood: Mood?,
    val wish: Wish,
    val note: String?,
)

data class Promised(
    val record: String,
    val title: String,
    val who: String,
    val isMine: Boolean,
    val asksMe: Boolean,
    val days: List<PromisedDay>,
)

data class PromisedDay(
    val dueOn: LocalDate,
    val outcome: String,
    val isOpen: Boolean,
)

/** What its owner says of a promise. */
enum class PromiseWord { KEPT, MISSED_WITH_NOTICE, MISSED }

enum class Rhythm { ONCE, DAILY, WEEKLY }

data class PromiseDraft(
    val title: String,
    val rhythm: Rhythm,
    val startsOn: LocalDate,
    val to: Set<String> = emptySet(),
)

data class Encouraging(
    val record: String,
    val who: String,
    val isMine: Boolean,
    val to: List<String>,
    val text: String,
    val hearts: List<String>,
    val isMyHeart: Boolean,
)

data class EncouragementDraft(
    val text: String,
    val to: Set<String> = emptySet(),
    val openOn: LocalDate? = null,
)

enum class Reply { YES, MAYBE, NO }

enum class CelebrationStage { IDEA, PLANNED, MOVED, CANCELLED, HELD }

/** @property version what of it was seen */
data class Celebrating(
    val record: String,
    val version: String,
    val title: String,
    val place: String?,
    val at: LocalDateTime?,
    val stage: CelebrationStage,
    val replies: List<Replied>,
    val mine: Reply?,
    val apart: List<Apart>,
)

data class Replied(
    val who: String,
    val reply: Reply,
)

/** A field that people changed apart. */
data class Apart(
    val field: Field,
    val name: String,
    val versions: List<Version>,
)

data class Version(
    val who: String,
    val text: String,
)

sealed interface Choice {
    data class Pick(
        val number: Int,
    ) : Choice

    data class Combine(
        val text: String,
    ) : Choice
}

/** Fields whose names people read. Each has its words in the resources. */
enum class Field { PLACE, AT, IDEA, TEXT, TITLE, NOTE, MOOD, NAME, OTHER }

data class CelebrationDraft(
    val title: String,
    val place: String,
    val at: LocalDateTime?,
)

data class Days(
    val lines: List<String>,
    val milestones: List<Reached>,
    val mine: List<String>,
    val others: List<Card>,
    val total: Int?,
)

data class Reached(
    val title: String,
    val on: LocalDate,
    val isCelebrated: Boolean,
)

data class Card(
    val name: String,
    val lines: List<String>,
)

enum class CardWay { COUNTING, SNAPSHOT, WORDS, PAUSED }

data class CardDraft(
    val way: CardWay,
    val words: String = "",
)

enum class SetbackSort { SLIP, RETURN_TO_USE, CLOSE_CALL, OTHER }

enum class Counting { NEW_STRETCH, MARKED_DAY, NOTE_ONLY }

/** @property resumedOn the first day after it; none while it goes on */
data class SetbackDraft(
    val sort: SetbackSort,
    val startedOn: LocalDate,
    val resumedOn: LocalDate?,
    val counting: Counting,
    val learned: String = "",
)

data class SetbackNote(
    val record: String,
    val on: LocalDate,
    val sort: SetbackSort,
    val learned: String?,
)

data class JournalPage(
    val record: String,
    val on: LocalDate,
    val text: String,
)

data class People(
    val circle: Circle,
    val phones: List<Phone>,
    /** Whether another phone writes as this one: its owner says which of the two they use. */
    val hasSecondCopy: Boolean = false,
)

/** Another phone, and what is truly known of it, in the core's words. */
data class Phone(
    val who: String,
    val name: String?,
    val isNear: Boolean,
    val line: String,
)

enum class Newcomer { MEMBER, YOUNG_MEMBER, MY_OWN_PHONE }

sealed interface Stage {
    data class Words(
        val words: List<String>,
    ) : Stage

    data class Here(
        val circle: String,
        val people: List<String>,
        val terms: String,
    ) : Stage

    data object Waiting : Stage

    data object Done : Stage
}

data class HistoryLine(
    val who: String,
    val on: LocalDateTime?,
    val deed: Deed,
    val changes: List<Change>,
)

enum class Deed { MADE, REWROTE, EDITED, SETTLED }

data class Change(
    val field: Field,
    val from: List<String>,
    val to: String,
)

data class Settings(
    val devices: List<Device>,
    val usedBytes: Long,
    val trashBytes: Long,
    val version: String,
)

data class Device(
    val who: String,
    val name: String?,
    val isThis: Boolean,
)
