package org.kinweave.demo.screens.today

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.family.Asking
import org.kinweave.demo.family.Coming
import org.kinweave.demo.family.Due
import org.kinweave.demo.family.News
import org.kinweave.demo.family.Today
import org.kinweave.demo.family.What
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Buttons
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import org.kinweave.demo.look.dateText

/** What to do, what's new, what's coming: one call to the core. */
@Composable
fun TodayScreen(
    model: TodayViewModel,
    bottomBar: @Composable () -> Unit,
    go: (Place) -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    Page(stringResource(R.string.today), bottomBar = bottomBar) {
        Told(problem)
        Shown(state) { today ->
            Greeting(today)
            MainButton(stringResource(R.string.check_in)) { go(Place.CheckIn) }
            today.asks.forEach { Asked(it, model, go) }
            ToDo(today, model)
            New(today, model, go)
            Ahead(today, go)
        }
    }
}

@Composable
private fun Greeting(today: Today) {
    Quiet(dateText(today.date))
    Headline(stringResource(R.string.hello, today.name))
    val lines = today.daysLines + today.checkInLines
    if (lines.isNotEmpty()) Panel { lines.forEach { Body(it) } }
}

@Composable
private fun Asked(
    asking: Asking,
    model: TodayViewModel,
    go: (Place) -> Unit,
) {
    Panel {
        when (asking) {
            is Asking.Milestone -> {
                Body(asking.text)
                Buttons {
                    OtherButton(stringResource(R.string.share_it)) { model.share(asking) }
                    QuietButton(stringResource(R.string.keep_for_me)) { model.keepPrivate(asking) }
                }
            }
            is Asking.Card -> {
                Body(asking.text)
                OtherButton(stringResource(R.string.days_and_card)) { go(Place.Days) }
            }
            is Asking.Witness -> {
                Body(asking.text)
                OtherButton(stringResource(R.string.bear_witness)) { model.accept(asking) }
            }
            is Asking.Admission -> {
                Body(stringResource(R.string.wants_to_join, asking.text))
                OtherButton(stringResource(R.string.let_in)) { model.approve(asking) }
            }
            is Asking.Clock -> Body(asking.text)
        }
    }
}

@Composable
private fun ColumnScope.ToDo(
    today: Today,
    model: TodayViewModel,
) {
    if (today.due.isEmpty()) return
    Section(stringResource(R.string.to_do))
    today.due.forEach { DuePanel(it) { model.keep(it) } }
}

@Composable
private fun DuePanel(
    due: Due,
    onKeep: () -> Unit,
) = Panel {
    Body(due.title)
    Quiet(dateText(due.dueOn))
    OtherButton(stringResource(R.string.kept), onClick = onKeep)
}

@Composable
private fun ColumnScope.New(
    today: Today,
    model: TodayViewModel,
    go: (Place) -> Unit,
) {
    Section(stringResource(R.string.new_here))
    if (today.news.isEmpty()) {
        Quiet(stringResource(R.string.nothing_new))
        return
    }
    today.news.forEach { NewsPanel(it) { go(placeOf(it)) } }
    QuietButton(stringResource(R.string.seen_all)) { model.markSeen() }
}

@Composable
private fun NewsPanel(
    news: News,
    onOpen: () -> Unit,
) = Panel(onClick = onOpen) {
    Quiet(stringResource(news.what.words, news.who))
    news.text?.let { Body(it) }
}

@Composable
private fun ColumnScope.Ahead(
    today: Today,
    go: (Place) -> Unit,
) {
    if (today.coming.isEmpty()) return
    Section(stringResource(R.string.coming))
    today.coming.forEach { ComingPanel(it, go) }
}

@Composable
private fun ComingPanel(
    coming: Coming,
    go: (Place) -> Unit,
) = Panel(onClick = coming.celebration?.let { { go(Place.Celebrations) } }) {
    Body(coming.text)
    coming.on?.let { Quiet(dateText(it)) }
}

private fun placeOf(news: News): Place =
    when (news.what) {
        What.CHECKED_IN -> Place.CheckIns
        What.PROMISED, What.TOLD_OF_PROMISE -> Place.Promises
        What.PLANNED, What.ANSWERED, What.CELEBRATED -> Place.Celebrations
        What.ENCOURAGED, What.HEART -> Place.Encouragement
        What.MILESTONE, What.CARD -> Place.Days
        What.KIT, What.OTHER -> Place.History(news.record)
    }

private val What.words: Int
    get() =
        when (this) {
            What.CHECKED_IN -> R.string.news_checked_in
            What.PROMISED -> R.string.news_promised
            What.TOLD_OF_PROMISE -> R.string.news_told_of_promise
            What.PLANNED -> R.string.news_planned
            What.ANSWERED -> R.string.news_answered
            What.CELEBRATED -> R.string.news_celebrated
            What.ENCOURAGED -> R.string.news_encouraged
            What.MILESTONE -> R.string.news_milestone
            What.CARD -> R.string.news_card
            What.HEART -> R.string.news_heart
            What.KIT -> R.string.news_kit
            What.OTHER -> R.string.news_other
        }
