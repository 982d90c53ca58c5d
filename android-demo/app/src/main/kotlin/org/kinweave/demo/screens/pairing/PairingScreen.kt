package org.kinweave.demo.screens.pairing

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.Newcomer
import org.kinweave.demo.family.Stage
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Buttons
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.QrCode
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Told
import org.kinweave.demo.platform.shareText

/** Letting somebody in: the code, the four words, done. */
@Composable
fun InviteScreen(
    model: PairingViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    Page(stringResource(R.string.invite), onBack) {
        Steps(state, model, onBack) {
            Body(stringResource(R.string.who_comes))
            OtherButton(stringResource(R.string.a_member)) { model.invite(Newcomer.MEMBER) }
            OtherButton(stringResource(R.string.a_young_member)) { model.invite(Newcomer.YOUNG_MEMBER) }
            OtherButton(stringResource(R.string.my_own_phone)) { model.invite(Newcomer.MY_OWN_PHONE) }
        }
    }
}

/** What both sides go through, after [begin]. */
@Composable
fun ColumnScope.Steps(
    state: PairingState,
    model: PairingViewModel,
    onDone: () -> Unit,
    begin: @Composable ColumnScope.() -> Unit,
) {
    when (state) {
        is PairingState.NotBegun -> begin()
        is PairingState.Waiting -> Body(stringResource(R.string.waiting_for_other_phone))
        is PairingState.Code -> Code(state.code)
        is PairingState.Words -> Words(state.words, model)
        is PairingState.Here -> Here(state.here, model)
        is PairingState.Done -> {
            Headline(stringResource(R.string.paired))
            MainButton(stringResource(R.string.done), onClick = onDone)
        }
        is PairingState.Failed -> {
            Told(state.problem)
            begin()
        }
    }
}

@Composable
private fun ColumnScope.Code(code: String) {
    val context = LocalContext.current
    Body(stringResource(R.string.show_code))
    QrCode(code)
    Quiet(stringResource(R.string.or_as_text))
    SelectionContainer { Quiet(code) }
    OtherButton(stringResource(R.string.send_code)) { shareText(context, code) }
}

@Composable
private fun ColumnScope.Words(
    words: List<String>,
    model: PairingViewModel,
) {
    Body(stringResource(R.string.same_words))
    Panel { words.forEach { Headline(it) } }
    Buttons {
        MainButton(stringResource(R.string.words_are_same)) { model.confirm(same = true) }
        OtherButton(stringResource(R.string.words_differ)) { model.confirm(same = false) }
    }
}

@Composable
private fun ColumnScope.Here(
    here: Stage.Here,
    model: PairingViewModel,
) {
    Headline(here.circle)
    Body(stringResource(R.string.here_are, here.people.joinToString()))
    Panel { Quiet(here.terms) }
    Buttons {
        MainButton(stringResource(R.string.join_them)) { model.accept() }
        OtherButton(stringResource(R.string.not_now)) { model.decline() }
    }
}
