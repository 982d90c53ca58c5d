package org.kinweave.demo.screens.checkin

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.family.CheckedIn
import org.kinweave.demo.family.Wish
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.dateText

@Composable
fun CheckInsScreen(
    model: CheckInViewModel,
    onBack: () -> Unit,
    go: (Place) -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    Page(stringResource(R.string.check_ins), onBack) {
        MainButton(stringResource(R.string.check_in)) { go(Place.CheckIn) }
        Shown(state) { content ->
            content.lines.forEach { Body(it) }
            if (content.latest.isEmpty()) Quiet(stringResource(R.string.nothing_yet))
            content.latest.forEach { CheckedInPanel(it) { go(Place.History(it.record)) } }
        }
    }
}

@Composable
private fun CheckedInPanel(
    checkIn: CheckedIn,
    onOpen: () -> Unit,
) = Panel(onClick = onOpen) {
    Quiet("${checkIn.who} · ${dateText(checkIn.on)}")
    checkIn.mood?.let { Body(moodText(it)) }
    if (checkIn.wish != Wish.NOTHING) Body(stringResource(R.string.would_help_line, wishText(checkIn.wish)))
    checkIn.note?.let { Body(it) }
}
