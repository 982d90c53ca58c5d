package org.kinweave.demo.screens.celebrations

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.CelebrationDraft
import org.kinweave.demo.look.DateField
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Told
import java.time.LocalDate
import java.time.LocalTime

@Composable
fun NewCelebrationScreen(
    model: CelebrationsViewModel,
    onBack: () -> Unit,
) {
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var title by rememberSaveable { mutableStateOf("") }
    var place by rememberSaveable { mutableStateOf("") }
    var day by rememberSaveable { mutableStateOf<LocalDate?>(null) }
    Page(stringResource(R.string.plan_celebration), onBack) {
        Told(problem)
        Field(stringResource(R.string.what_to_celebrate), title) { title = it }
        Field(stringResource(R.string.place), place) { place = it }
        val chosen = day
        if (chosen == null) {
            QuietButton(stringResource(R.string.choose_a_day)) { day = LocalDate.now() }
        } else {
            DateField(stringResource(R.string.day), chosen) { day = it }
        }
        MainButton(stringResource(R.string.save), enabled = title.isNotBlank() && !isWorking) {
            model.plan(CelebrationDraft(title, place, chosen?.atTime(EVENING)), after = onBack)
        }
    }
}

private val EVENING = LocalTime.of(18, 0)
