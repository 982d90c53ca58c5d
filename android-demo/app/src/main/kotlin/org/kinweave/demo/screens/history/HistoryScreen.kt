package org.kinweave.demo.screens.history

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.Deed
import org.kinweave.demo.family.HistoryLine
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.dateTimeText
import org.kinweave.demo.look.fieldText

@Composable
fun HistoryScreen(
    model: HistoryViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    Page(stringResource(R.string.history), onBack) {
        Shown(state) { lines -> lines.forEach { HistoryPanel(it) } }
    }
}

@Composable
private fun HistoryPanel(line: HistoryLine) =
    Panel {
        Body(stringResource(line.deed.words, line.who))
        line.on?.let { Quiet(dateTimeText(it)) }
        line.changes.filter { it.to.isNotBlank() || it.from.isNotEmpty() }.forEach { change ->
            val before = change.from.filter { it.isNotBlank() }.joinToString(" / ")
            val field = fieldText(change.field)
            Quiet(if (before.isEmpty()) "$field: ${change.to}" else stringResource(R.string.changed, field, before, change.to))
        }
    }

private val Deed.words: Int
    get() =
        when (this) {
            Deed.MADE -> R.string.deed_made
            Deed.REWROTE -> R.string.deed_rewrote
            Deed.EDITED -> R.string.deed_edited
            Deed.SETTLED -> R.string.deed_settled
        }
