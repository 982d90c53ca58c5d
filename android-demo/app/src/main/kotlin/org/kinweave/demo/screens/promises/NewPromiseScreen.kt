package org.kinweave.demo.screens.promises

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.PromiseDraft
import org.kinweave.demo.family.Rhythm
import org.kinweave.demo.look.Choices
import org.kinweave.demo.look.DateField
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.ManyChoices
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told

@Composable
fun NewPromiseScreen(
    model: PromisesViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var title by rememberSaveable { mutableStateOf("") }
    var rhythm by rememberSaveable { mutableStateOf(Rhythm.WEEKLY) }
    var to by rememberSaveable { mutableStateOf(emptySet<String>()) }
    Page(stringResource(R.string.new_promise), onBack) {
        Told(problem)
        Shown(state) { content ->
            content ?: return@Shown
            var startsOn by rememberSaveable { mutableStateOf(content.today) }
            Field(stringResource(R.string.promise_title), title) { title = it }
            Section(stringResource(R.string.how_often))
            Choices(Rhythm.entries.map { it to rhythmText(it) }, rhythm) { rhythm = it }
            DateField(stringResource(R.string.starts_on), startsOn) { startsOn = it }
            Section(stringResource(R.string.to_whom))
            ManyChoices(content.circle.others.map { it.id to it.name }, to) { to = it }
            MainButton(stringResource(R.string.save), enabled = title.isNotBlank() && !isWorking) {
                model.make(PromiseDraft(title, rhythm, startsOn, to), after = onBack)
            }
        }
    }
}

@Composable
private fun rhythmText(rhythm: Rhythm): String =
    stringResource(
        when (rhythm) {
            Rhythm.ONCE -> R.string.once
            Rhythm.DAILY -> R.string.daily
            Rhythm.WEEKLY -> R.string.weekly
        },
    )
