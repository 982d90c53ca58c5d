package org.kinweave.demo.screens.celebrations

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.Problem
import org.kinweave.demo.look.DateField
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.TimeField
import org.kinweave.demo.look.Told
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime

/** Where and when a celebration is to be, said anew. */
@Composable
fun PlanScreen(
    model: CelebrationsViewModel,
    celebration: String,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    Page(stringResource(R.string.change_plan), onBack) {
        Told(problem)
        Shown(state) { content ->
            val latest = content.celebrations.find { it.record == celebration }
            if (latest == null) Told(Problem.GONE) else PlanForm(latest, content.today, model, onBack)
        }
    }
}

@Composable
private fun ColumnScope.PlanForm(
    latest: Celebrating,
    today: LocalDate,
    model: CelebrationsViewModel,
    onBack: () -> Unit,
) {
    // What was there when somebody began to write: what comes meanwhile is not taken back by what they write. Saved like their words.
    val version by rememberSaveable { mutableStateOf(latest.version) }
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var place by rememberSaveable { mutableStateOf(latest.place.orEmpty()) }
    var at by rememberSaveable { mutableStateOf(latest.at) }
    Headline(latest.title)
    PlanFields(place, { place = it }, at, { at = it }, today)
    MainButton(stringResource(R.string.save), enabled = !isWorking) {
        model.plan(latest.copy(version = version), place, at, after = onBack)
    }
}

/** Where and when. */
@Composable
fun ColumnScope.PlanFields(
    place: String,
    onPlace: (String) -> Unit,
    at: LocalDateTime?,
    onAt: (LocalDateTime) -> Unit,
    today: LocalDate,
) {
    Field(stringResource(R.string.place), place, onChange = onPlace)
    if (at == null) {
        QuietButton(stringResource(R.string.choose_a_day)) { onAt(today.atTime(EVENING)) }
    } else {
        DateField(stringResource(R.string.day), at.toLocalDate()) { onAt(it.atTime(at.toLocalTime())) }
        TimeField(stringResource(R.string.hour), at.toLocalTime()) { onAt(at.toLocalDate().atTime(it)) }
    }
}

/** Until somebody says another hour. */
private val EVENING = LocalTime.of(18, 0)
