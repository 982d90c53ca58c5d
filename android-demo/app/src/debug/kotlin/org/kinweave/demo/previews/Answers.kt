package org.kinweave.demo.previews

import org.kinweave.demo.family.Apart
import org.kinweave.demo.family.Asking
import org.kinweave.demo.family.Card
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.CelebrationStage
import org.kinweave.demo.family.Change
import org.kinweave.demo.family.CheckIns
import org.kinweave.demo.family.CheckedIn
import org.kinweave.demo.family.Circle
import org.kinweave.demo.family.Coming
import org.kinweave.demo.family.Days
import org.kinweave.demo.family.Deed
import org.kinweave.demo.family.Device
import org.kinweave.demo.family.Due
import org.kinweave.demo.family.Encouraging
import org.kinweave.demo.family.Field
import org.kinweave.demo.family.HistoryLine
import org.kinweave.demo.family.JournalPage
import org.kinweave.demo.family.MilestoneRef
import org.kinweave.demo.family.Mood
import org.kinweave.demo.family.News
import org.kinweave.demo.family.People
import org.kinweave.demo.family.Person
import org.kinweave.demo.family.Phone
import org.kinweave.demo.family.Promised
import org.kinweave.demo.family.PromisedDay
import org.kinweave.demo.family.Reached
import org.kinweave.demo.family.Replied
import org.kinweave.demo.family.Reply
import org.kinweave.demo.family.Settings
import org.kinweave.demo.family.Stage
import org.kinweave.demo.family.Today
import org.kinweave.demo.family.Version
import org.kinweave.demo.family.What
import org.kinweave.demo.family.Wish
import java.time.LocalDate

/** What a made-up family answers: Dani's phone on the ninth of February 2026, unless somebody says otherwise. */
data class Answers(
    val circle: Circle? = reyes,
    val today: Today = firstScreen,
    val checkIns: CheckIns =
        CheckIns(
            lines = listOf("1 check-in in all"),
            latest = listOf(CheckedIn("check-in", "Marta", ninth, Mood.OKAY, Wish.CALL, "A long shift, and Tomás called.")),
        ),
    val promises: List<Promised> =
        listOf(
            Promised(
                record = "promise",
                title = "Walk after dinner",
                who = "Dani",
                isMine = true,
                asksMe = false,
                days = listOf(PromisedDay(ninth, "to do", isOpen = true)),
            ),
        ),
    val encouragements: List<Encouraging> =
        listOf(Encouraging("note", "Lena", false, listOf("Dani"), "Soup is on the stove.", listOf("Marta"), isMyHeart = false)),
    val celebrations: List<Celebrating> = listOf(dinner),
    val days: Days =
        Days(
            lines = listOf("30 days in all"),
            milestones = listOf(Reached("30 days", ninth, isCelebrated = false)),
            mine = listOf("one day at a time"),
            others = listOf(Card("Lena", listOf("a good week"))),
            total = 30,
        ),
    val guidance: List<String> = listOf("One small step is enough for today."),
    val journal: List<JournalPage> = listOf(JournalPage("page", ninth, "I walked past the old corner.")),
    val people: People = People(reyes, listOf(Phone("Marta", null, isNear = true, line = "up to date, 9 February 2026"))),
    val history: List<HistoryLine> =
        listOf(
            HistoryLine(
                who = "Lena",
                on = ninth.atTime(10, 0),
                deed = Deed.EDITED,
                changes = listOf(Change(Field.PLACE, listOf("Luigi's"), "Nonna's kitchen")),
            ),
        ),
    val settings: Settings = Settings(listOf(Device("Dani", null, isThis = true)), usedBytes = 180_000, trashBytes = 0, version = "0.1.0"),
    /** What a pairing goes through. */
    val stages: List<Stage> =
        listOf(
            Stage.Words(listOf("river", "lamp", "seven", "oak")),
            Stage.Here("Reyes", listOf("Lena", "Marta"), "What is shared stays shared."),
            Stage.Done,
        ),
)

private val ninth = LocalDate.of(2026, 2, 9)

private val reyes =
    Circle(
        name = "Reyes",
        people =
            listOf(
                Person("dani", "Dani", isMe = true, isYoung = false),
                Person("iris", "Iris", isMe = false, isYoung = true),
                Person("marta", "Marta", isMe = false, isYoung = false),
            ),
    )

private val firstScreen =
    Today(
        name = "Dani",
        date = ninth,
        daysLines = listOf("30 days in all"),
        checkInLines = emptyList(),
        asks = listOf(Asking.Milestone("30 days by your count. Share it?", MilestoneRef("30 days", ninth))),
        due = listOf(Due("promise", "Walk after dinner", ninth)),
        news = listOf(News("note", "Lena", What.ENCOURAGED, "Soup is on the stove.")),
        coming = listOf(Coming(ninth.plusDays(5), "Family dinner out", "dinner")),
    )

private val dinner =
    Celebrating(
        record = "dinner",
        version = "1",
        title = "Family dinner out",
        place = "Luigi's",
        at = ninth.plusDays(5).atTime(19, 0),
        stage = CelebrationStage.PLANNED,
        replies = listOf(Replied("Marta", Reply.YES)),
        mine = null,
        apart = listOf(Apart(Field.PLACE, "place", listOf(Version("Marta", "Luigi's"), Version("Lena", "Nonna's kitchen")))),
    )
