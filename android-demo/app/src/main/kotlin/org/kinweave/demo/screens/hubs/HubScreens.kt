package org.kinweave.demo.screens.hubs

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet

/** What is done together. */
@Composable
fun TogetherScreen(
    bottomBar: @Composable () -> Unit,
    go: (Place) -> Unit,
) = Page(stringResource(R.string.together), bottomBar = bottomBar) {
    Door(stringResource(R.string.promises), stringResource(R.string.promises_what)) { go(Place.Promises) }
    Door(stringResource(R.string.encouragement), stringResource(R.string.encouragement_what)) { go(Place.Encouragement) }
    Door(stringResource(R.string.celebrations), stringResource(R.string.celebrations_what)) { go(Place.Celebrations) }
}

/** What is one's own. */
@Composable
fun MineScreen(
    bottomBar: @Composable () -> Unit,
    go: (Place) -> Unit,
) = Page(stringResource(R.string.mine), bottomBar = bottomBar) {
    Door(stringResource(R.string.check_ins), stringResource(R.string.check_ins_what)) { go(Place.CheckIns) }
    Door(stringResource(R.string.days_and_card), stringResource(R.string.days_what)) { go(Place.Days) }
    Door(stringResource(R.string.journal), stringResource(R.string.journal_what)) { go(Place.Journal) }
    Door(stringResource(R.string.setback), stringResource(R.string.setback_what)) { go(Place.Setback) }
}

@Composable
private fun Door(
    title: String,
    what: String,
    onOpen: () -> Unit,
) = Panel(onClick = onOpen) {
    Headline(title)
    Quiet(what)
}
