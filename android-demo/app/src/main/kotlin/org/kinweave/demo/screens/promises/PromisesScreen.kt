package org.kinweave.demo.screens.promises

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.family.PromiseWord
import org.kinweave.demo.family.Promised
import org.kinweave.demo.family.PromisedDay
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Buttons
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import org.kinweave.demo.look.dateText
import java.time.LocalDate

/** Each day of each promise with what was said of it, and nothing that adds them up. */
@Composable
fun PromisesScreen(
    model: PromisesViewModel,
    onBack: () -> Unit,
    go: (Place) -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    Page(stringResource(R.string.promises), onBack) {
        Told(problem)
        MainButton(stringResource(R.string.new_promise)) { go(Place.NewPromise) }
        Shown(state) { content ->
            content ?: return@Shown
            if (content.promises.isEmpty()) Quiet(stringResource(R.string.nothing_yet))
            content.promises.forEach { promise ->
                PromisePanel(
                    promise,
                    promise.daysAround(content.today),
                    onTell = { day, word -> model.tell(promise, day, word) },
                    onWitness = { model.bearWitness(promise) },
                    onHistory = { go(Place.History(promise.record)) },
                )
            }
        }
    }
}

@Composable
private fun PromisePanel(
    promise: Promised,
    days: List<PromisedDay>,
    onTell: (LocalDate, PromiseWord) -> Unit,
    onWitness: () -> Unit,
    onHistory: () -> Unit,
) = Panel {
    Quiet(promise.who)
    Body(promise.title)
    days.forEach { day ->
        Quiet("${dateText(day.dueOn)} · ${day.outcome}")
        if (promise.isMine && day.isOpen) {
            Buttons {
                OtherButton(stringResource(R.string.kept)) { onTell(day.dueOn, PromiseWord.KEPT) }
                QuietButton(stringResource(R.string.missed)) { onTell(day.dueOn, PromiseWord.MISSED) }
            }
        }
    }
    if (promise.asksMe) OtherButton(stringResource(R.string.bear_witness), onClick = onWitness)
    QuietButton(stringResource(R.string.history), onHistory)
}

/** What was lately, and what comes next. */
private fun Promised.daysAround(today: LocalDate): List<PromisedDay> {
    val (past, future) = days.partition { it.dueOn <= today }
    return past.takeLast(DAYS_BEFORE) + future.take(1)
}

private const val DAYS_BEFORE = 3
