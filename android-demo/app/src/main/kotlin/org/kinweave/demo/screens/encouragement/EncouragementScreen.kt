package org.kinweave.demo.screens.encouragement

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.family.Encouraging
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told

@Composable
fun EncouragementScreen(
    model: EncouragementViewModel,
    onBack: () -> Unit,
    go: (Place) -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    Page(stringResource(R.string.encouragement), onBack) {
        Told(problem)
        MainButton(stringResource(R.string.write_encouragement)) { go(Place.NewEncouragement) }
        Shown(state) { content ->
            val notes = content?.notes.orEmpty()
            if (notes.isEmpty()) Quiet(stringResource(R.string.nothing_yet))
            notes.forEach { NotePanel(it) { model.turnHeart(it) } }
        }
    }
}

@Composable
private fun NotePanel(
    note: Encouraging,
    onHeart: () -> Unit,
) = Panel {
    Quiet(if (note.to.isEmpty()) note.who else stringResource(R.string.from_to, note.who, note.to.joinToString()))
    Body(note.text)
    if (note.hearts.isNotEmpty()) Quiet(stringResource(R.string.hearts, note.hearts.joinToString()))
    if (!note.isMine) {
        OtherButton(stringResource(if (note.isMyHeart) R.string.take_heart_back else R.string.give_heart), onClick = onHeart)
    }
}
