package org.kinweave.demo.screens.start

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Told
import org.kinweave.demo.platform.rememberScanner
import org.kinweave.demo.screens.pairing.PairingViewModel
import org.kinweave.demo.screens.pairing.Steps

@Composable
fun WelcomeScreen(go: (Place) -> Unit) {
    Page(stringResource(R.string.app_name)) {
        Headline(stringResource(R.string.welcome))
        Body(stringResource(R.string.welcome_how))
        MainButton(stringResource(R.string.create_circle)) { go(Place.Create) }
        OtherButton(stringResource(R.string.join_circle)) { go(Place.Join) }
    }
}

@Composable
fun CreateScreen(
    model: StartViewModel,
    onBack: () -> Unit,
) {
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var circle by rememberSaveable { mutableStateOf("") }
    var name by rememberSaveable { mutableStateOf("") }
    Page(stringResource(R.string.create_circle), onBack) {
        Told(problem)
        Field(stringResource(R.string.circle_name), circle) { circle = it }
        Quiet(stringResource(R.string.circle_name_hint))
        Field(stringResource(R.string.my_name), name) { name = it }
        MainButton(stringResource(R.string.begin), enabled = circle.isNotBlank() && name.isNotBlank() && !isWorking) {
            model.create(circle, name)
        }
    }
}

@Composable
fun JoinScreen(
    model: PairingViewModel,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    var code by rememberSaveable { mutableStateOf("") }
    var name by rememberSaveable { mutableStateOf("") }
    val scan = rememberScanner { code = it }
    Page(stringResource(R.string.join_circle), onBack) {
        Steps(state, model, onBack) {
            Field(stringResource(R.string.my_name), name) { name = it }
            Field(stringResource(R.string.code), code) { code = it }
            if (scan != null) OtherButton(stringResource(R.string.scan_code), onClick = scan)
            MainButton(stringResource(R.string.join), enabled = code.isNotBlank() && name.isNotBlank()) { model.join(code, name) }
        }
    }
}
