package org.kinweave.demo.screens.days

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.CardDraft
import org.kinweave.demo.family.CardWay
import org.kinweave.demo.family.Days
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Choices
import org.kinweave.demo.look.DateField
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import org.kinweave.demo.look.dateText
import java.time.LocalDate

/** What I see, and what they see. */
@Composable
fun DaysScreen(
    model: DaysViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    Page(stringResource(R.string.days_and_card), onBack) {
        Told(problem)
        Shown(state) { content ->
            val days = content.days
            Section(stringResource(R.string.what_i_see))
            if (days.total == null) Beginning(content.today, model) else Mine(days)
            Section(stringResource(R.string.what_they_see))
            if (days.mine.isEmpty()) Quiet(stringResource(R.string.no_card))
            days.mine.forEach { Body(it) }
            NewCard(days, model)
            if (days.others.isNotEmpty()) Section(stringResource(R.string.cards_of_others))
            days.others.forEach { card ->
                Panel {
                    Quiet(card.name)
                    card.lines.forEach { Body(it) }
                }
            }
        }
    }
}

@Composable
private fun ColumnScope.Mine(days: Days) {
    days.lines.forEach { Body(it) }
    days.milestones.take(MILESTONES_SHOWN).forEach {
        Quiet(stringResource(if (it.isCelebrated) R.string.milestone_celebrated else R.string.milestone_reached, it.title, dateText(it.on)))
    }
}

@Composable
private fun ColumnScope.Beginning(
    today: LocalDate,
    model: DaysViewModel,
) {
    var from by rememberSaveable { mutableStateOf(today) }
    Body(stringResource(R.string.count_for_yourself))
    DateField(stringResource(R.string.count_from), from) { from = it }
    OtherButton(stringResource(R.string.start_counting)) { model.startCounting(from) {} }
}

@Composable
private fun ColumnScope.NewCard(
    days: Days,
    model: DaysViewModel,
) {
    var way by rememberSaveable { mutableStateOf(if (days.total == null) CardWay.WORDS else CardWay.SNAPSHOT) }
    var words by rememberSaveable { mutableStateOf("") }
    val ways = if (days.total == null) listOf(CardWay.WORDS, CardWay.PAUSED) else CardWay.entries
    Choices(ways.map { it to wayText(it) }, way) { way = it }
    if (way != CardWay.PAUSED) Field(stringResource(R.string.card_words), words) { words = it }
    MainButton(stringResource(R.string.show_card), enabled = way != CardWay.WORDS || words.isNotBlank()) {
        model.publish(CardDraft(way, words)) { words = "" }
    }
}

@Composable
private fun wayText(way: CardWay): String =
    stringResource(
        when (way) {
            CardWay.COUNTING -> R.string.card_counting
            CardWay.SNAPSHOT -> R.string.card_snapshot
            CardWay.WORDS -> R.string.card_only_words
            CardWay.PAUSED -> R.string.card_paused
        },
    )

private const val MILESTONES_SHOWN = 5
