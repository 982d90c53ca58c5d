package org.kinweave.demo.screens.journal

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import org.kinweave.demo.look.dateText

@Composable
fun JournalScreen(
    model: JournalViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    var text by rememberSaveable { mutableStateOf("") }
    Page(stringResource(R.string.journal), onBack) {
        Told(problem)
        Quiet(stringResource(R.string.journal_is_mine))
        Field(stringResource(R.string.your_words), text, lines = 5) { text = it }
        MainButton(stringResource(R.string.save), enabled = text.isNotBlank()) { model.write(text) { text = "" } }
        Shown(state) { pages ->
            pages.forEach { page ->
                Panel {
                    Quiet(dateText(page.on))
                    Body(page.text)
                    QuietButton(stringResource(R.string.remove)) { model.remove(page) }
                }
            }
        }
    }
}

/** The journal has a lock of its own, besides the phone's. */
@Composable
fun LockedJournalScreen(
    hasPhoneLock: Boolean,
    onBack: () -> Unit,
    onUnlock: () -> Unit,
) {
    Page(stringResource(R.string.journal), onBack) {
        Body(stringResource(if (hasPhoneLock) R.string.journal_locked else R.string.journal_without_lock))
        if (hasPhoneLock) MainButton(stringResource(R.string.unlock), onClick = onUnlock)
    }
}
