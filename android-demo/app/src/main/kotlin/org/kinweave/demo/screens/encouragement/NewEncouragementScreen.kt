package org.kinweave.demo.screens.encouragement

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.EncouragementDraft
import org.kinweave.demo.look.DateField
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.ManyChoices
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import java.time.LocalDate

@Composable
fun NewEncouragementScreen(
    model: EncouragementViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var text by rememberSaveable { mutableStateOf("") }
    var to by rememberSaveable { mutableStateOf(emptySet<String>()) }
    var openOn by rememberSaveable { mutableStateOf<LocalDate?>(null) }
    Page(stringResource(R.string.write_encouragement), onBack) {
        Told(problem)
        Shown(state) { content ->
            content ?: return@Shown
            Field(stringResource(R.string.your_words), text, lines = 4) { text = it }
            Section(stringResource(R.string.for_whom))
            ManyChoices(content.circle.others.map { it.id to it.name }, to) { to = it }
            val day = openOn
            if (day == null) {
                QuietButton(stringResource(R.string.open_later)) { openOn = content.today.plusDays(1) }
            } else {
                DateField(stringResource(R.string.opens_on), day) { openOn = it }
            }
            MainButton(stringResource(R.string.send), enabled = text.isNotBlank() && !isWorking) {
                model.send(EncouragementDraft(text, to, openOn), after = onBack)
            }
        }
    }
}
