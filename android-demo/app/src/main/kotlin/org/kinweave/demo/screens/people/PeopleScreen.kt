package org.kinweave.demo.screens.people

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.family.Person
import org.kinweave.demo.family.Phone
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told

/** Who is here, and what is truly known of each phone. */
@Composable
fun PeopleScreen(
    model: PeopleViewModel,
    bottomBar: @Composable () -> Unit,
    go: (Place) -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    val met by model.met.collectAsStateWithLifecycle()
    Page(stringResource(R.string.people), bottomBar = bottomBar) {
        Told(problem)
        Shown(state) { content ->
            Headline(content.circle.name)
            if (content.hasSecondCopy) SecondCopyPanel(enabled = !isWorking) { model.goOnHere() }
            content.circle.people.forEach { PersonLine(it) }
            MainButton(stringResource(if (isWorking) R.string.meeting else R.string.meet_now), enabled = !isWorking) { model.meetNow() }
            met?.let { Quiet(if (it == 0) stringResource(R.string.met_nobody) else pluralStringResource(R.plurals.met, it, it)) }
            OtherButton(stringResource(R.string.invite)) { go(Place.Invite) }
            if (content.phones.isNotEmpty()) Section(stringResource(R.string.phones))
            content.phones.forEach { PhonePanel(it) }
            OtherButton(stringResource(R.string.settings)) { go(Place.Settings) }
        }
    }
}

@Composable
private fun SecondCopyPanel(
    enabled: Boolean,
    goOn: () -> Unit,
) = Panel {
    Body(stringResource(R.string.second_copy))
    MainButton(stringResource(R.string.go_on_here), enabled = enabled, onClick = goOn)
}

@Composable
private fun PersonLine(person: Person) {
    val words =
        when {
            person.isMe -> stringResource(R.string.person_me, person.name)
            person.isYoung -> stringResource(R.string.person_young, person.name)
            else -> person.name
        }
    Body(words)
}

@Composable
private fun PhonePanel(phone: Phone) =
    Panel {
        Body(listOfNotNull(phone.who, phone.name).joinToString(" · "))
        Quiet(phone.line)
        if (phone.isNear) Quiet(stringResource(R.string.near))
    }
