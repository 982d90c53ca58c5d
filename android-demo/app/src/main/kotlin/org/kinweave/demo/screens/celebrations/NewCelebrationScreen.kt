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
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import java.time.LocalDateTime

@Composable
fun NewCelebrationScreen(
    model: CelebrationsViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var title by rememberSaveable { mutableStateOf("") }
    var place by rememberSaveable { mutableStateOf("") }
    var at by rememberSaveable { mutableStateOf<LocalDateTime?>(null) }
    Page(stringResource(R.string.plan_celebration), onBack) {
        Told(problem)
        Shown(state) { content ->
            Field(stringResource(R.string.what_to_celebrate), title) { title = it }
            PlanFields(place, { place = it }, at, { at = it }, content.today)
            MainButton(stringResource(R.string.save), enabled = title.isNotBlank() && !isWorking) {
                model.propose(CelebrationDraft(title, place, at), after = onBack)
            }
        }
    }
}
