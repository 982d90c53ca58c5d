package org.kinweave.demo.screens.setback

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.Counting
import org.kinweave.demo.family.SetbackDraft
import org.kinweave.demo.family.SetbackSort
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Choices
import org.kinweave.demo.look.DateField
import org.kinweave.demo.look.Field
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
import java.time.LocalDate

/** First what helps now; writing it down may wait, and stays on the owner's own phones. */
@Composable
fun SetbackScreen(
    model: SetbackViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    var isWriting by rememberSaveable { mutableStateOf(false) }
    Page(stringResource(R.string.setback), onBack) {
        Told(problem)
        Shown(state) { content ->
            content.guidance.forEach { Panel { Body(it) } }
            Quiet(stringResource(R.string.stays_here))
            if (isWriting) {
                SetbackForm(content.today, model) { isWriting = false }
            } else {
                OtherButton(stringResource(R.string.write_it_down)) { isWriting = true }
            }
            content.notes.forEach { note ->
                Panel {
                    Quiet(dateText(note.on))
                    Body(sortText(note.sort))
                    note.learned?.let { Body(it) }
                    QuietButton(stringResource(R.string.remove)) { model.remove(note) }
                }
            }
        }
    }
}

@Composable
private fun SetbackForm(
    today: LocalDate,
    model: SetbackViewModel,
    onDone: () -> Unit,
) {
    var sort by rememberSaveable { mutableStateOf(SetbackSort.SLIP) }
    var startedOn by rememberSaveable { mutableStateOf(today) }
    var isOver by rememberSaveable { mutableStateOf(true) }
    var resumedOn by rememberSaveable { mutableStateOf(today) }
    var counting by rememberSaveable { mutableStateOf(Counting.NEW_STRETCH) }
    var learned by rememberSaveable { mutableStateOf("") }
    Section(stringResource(R.string.what_was_it))
    Choices(SetbackSort.entries.map { it to sortText(it) }, sort) { sort = it }
    DateField(stringResource(R.string.began_on), startedOn) { startedOn = it }
    Section(stringResource(R.string.is_it_over))
    Choices(listOf(true to stringResource(R.string.it_is_over), false to stringResource(R.string.it_goes_on)), isOver) { isOver = it }
    if (isOver) DateField(stringResource(R.string.first_day_after), resumedOn) { resumedOn = it }
    Section(stringResource(R.string.how_to_count))
    Choices(Counting.entries.map { it to countingText(it) }, counting) { counting = it }
    Field(stringResource(R.string.what_i_learned), learned, lines = 3) { learned = it }
    MainButton(stringResource(R.string.save)) {
        model.save(SetbackDraft(sort, startedOn, resumedOn.takeIf { isOver }, counting, learned), onDone)
    }
}

@Composable
private fun sortText(sort: SetbackSort): String =
    stringResource(
        when (sort) {
            SetbackSort.SLIP -> R.string.sort_slip
            SetbackSort.RETURN_TO_USE -> R.string.sort_return_to_use
            SetbackSort.CLOSE_CALL -> R.string.sort_close_call
            SetbackSort.OTHER -> R.string.sort_other
        },
    )

@Composable
private fun countingText(counting: Counting): String =
    stringResource(
        when (counting) {
            Counting.NEW_STRETCH -> R.string.count_new_stretch
            Counting.MARKED_DAY -> R.string.count_marked_day
            Counting.NOTE_ONLY -> R.string.count_note_only
        },
    )
