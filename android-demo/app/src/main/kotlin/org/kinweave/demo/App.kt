package org.kinweave.demo

import androidx.activity.compose.BackHandler
import androidx.compose.material3.Icon
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.listSaver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.family.Family
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Shown
import org.kinweave.demo.platform.AskForLocalNetwork
import org.kinweave.demo.platform.PhoneLock
import org.kinweave.demo.platform.Preferences
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.celebrations.CelebrationsScreen
import org.kinweave.demo.screens.celebrations.CelebrationsViewModel
import org.kinweave.demo.screens.celebrations.NewCelebrationScreen
import org.kinweave.demo.screens.celebrations.PlanScreen
import org.kinweave.demo.screens.checkin.CheckInScreen
import org.kinweave.demo.screens.checkin.CheckInViewModel
import org.kinweave.demo.screens.checkin.CheckInsScreen
import org.kinweave.demo.screens.days.DaysScreen
import org.kinweave.demo.screens.days.DaysViewModel
import org.kinweave.demo.screens.encouragement.EncouragementScreen
import org.kinweave.demo.screens.encouragement.EncouragementViewModel
import org.kinweave.demo.screens.encouragement.NewEncouragementScreen
import org.kinweave.demo.screens.history.HistoryScreen
import org.kinweave.demo.screens.history.HistoryViewModel
import org.kinweave.demo.screens.hubs.MineScreen
import org.kinweave.demo.screens.hubs.TogetherScreen
import org.kinweave.demo.screens.journal.JournalScreen
import org.kinweave.demo.screens.journal.JournalViewModel
import org.kinweave.demo.screens.journal.LockedJournalScreen
import org.kinweave.demo.screens.pairing.InviteScreen
import org.kinweave.demo.screens.pairing.PairingViewModel
import org.kinweave.demo.screens.people.PeopleScreen
import org.kinweave.demo.screens.people.PeopleViewModel
import org.kinweave.demo.screens.promises.NewPromiseScreen
import org.kinweave.demo.screens.promises.PromisesScreen
import org.kinweave.demo.screens.promises.PromisesViewModel
import org.kinweave.demo.screens.setback.SetbackScreen
import org.kinweave.demo.screens.setback.SetbackViewModel
import org.kinweave.demo.screens.settings.SettingsScreen
import org.kinweave.demo.screens.settings.SettingsViewModel
import org.kinweave.demo.screens.start.CreateScreen
import org.kinweave.demo.screens.start.JoinScreen
import org.kinweave.demo.screens.start.StartViewModel
import org.kinweave.demo.screens.start.WelcomeScreen
import org.kinweave.demo.screens.today.TodayScreen
import org.kinweave.demo.screens.today.TodayViewModel

/** All places of the app, and the ways between them. */
@Composable
fun App(
    family: Family,
    models: Models,
    lock: PhoneLock,
    preferences: Preferences,
    onLocalNetwork: () -> Unit,
) {
    var way by rememberSaveable(stateSaver = waySaver) { mutableStateOf(emptyList<Place>()) }
    val start = models.get(StartViewModel::class) { StartViewModel(family, it) }
    val state by start.state.collectAsStateWithLifecycle()
    val circle = (state as? ScreenState.Shown)?.content
    if (state !is ScreenState.Shown) {
        Page(stringResource(R.string.app_name)) { Shown(state) {} }
        return
    }
    val isStart = { place: Place -> place == Place.Create || place == Place.Join }
    // Whoever has just begun or joined is no longer on the way to that.
    val here = way.filter { isStart(it) == (circle == null) }
    val go = { place: Place -> way = if (place in Place.tabs) listOf(place) else here + place }
    val back = { way = here.dropLast(1) }
    BackHandler(here.isNotEmpty()) { back() }
    if (circle != null || Place.Join in here) AskForLocalNetwork(onLocalNetwork)
    val holder = rememberSaveableStateHolder()
    val place = here.lastOrNull() ?: Place.Today
    holder.SaveableStateProvider(Place.toText(place)) {
        val leave = {
            back()
            holder.removeState(Place.toText(place))
        }
        if (circle == null) {
            Beginning(here.lastOrNull(), family, models, start, go, leave)
        } else {
            Inside(place, family, models, lock, preferences, go, leave)
        }
    }
}

@Composable
private fun Beginning(
    place: Place?,
    family: Family,
    models: Models,
    start: StartViewModel,
    go: (Place) -> Unit,
    back: () -> Unit,
) = when (place) {
    Place.Create -> CreateScreen(start, back)
    Place.Join -> JoinScreen(models.get(Place.Join) { PairingViewModel(family, it) }, back)
    else -> WelcomeScreen(go)
}

@Composable
private fun Inside(
    place: Place,
    family: Family,
    models: Models,
    lock: PhoneLock,
    preferences: Preferences,
    go: (Place) -> Unit,
    back: () -> Unit,
) {
    val tabs = @Composable { Tabs(place, go) }
    when (place) {
        Place.Today, Place.Create, Place.Join -> TodayScreen(models.get(Place.Today) { TodayViewModel(family, it) }, tabs, go)
        Place.Together -> TogetherScreen(tabs, go)
        Place.Mine -> MineScreen(tabs, go)
        Place.People -> PeopleScreen(models.get(Place.People) { PeopleViewModel(family, it) }, tabs, go)
        Place.CheckIn -> CheckInScreen(models.checkIn(family), back)
        Place.CheckIns -> CheckInsScreen(models.checkIn(family), back, go)
        Place.Promises -> PromisesScreen(models.promises(family), back, go)
        Place.NewPromise -> NewPromiseScreen(models.promises(family), back)
        Place.Encouragement -> EncouragementScreen(models.encouragement(family), back, go)
        Place.NewEncouragement -> NewEncouragementScreen(models.encouragement(family), back)
        Place.Celebrations -> CelebrationsScreen(models.celebrations(family), back, go)
        Place.NewCelebration -> NewCelebrationScreen(models.celebrations(family), back)
        is Place.Plan -> PlanScreen(models.celebrations(family), place.celebration, back)
        Place.Days -> DaysScreen(models.get(Place.Days) { DaysViewModel(family, it) }, back)
        Place.Setback -> SetbackScreen(models.get(Place.Setback) { SetbackViewModel(family, it) }, back)
        Place.Journal -> LockedJournal(family, models, lock, back)
        Place.Invite -> {
            val done = {
                models.forget(Place.Invite)
                back()
            }
            InviteScreen(models.get(Place.Invite) { PairingViewModel(family, it) }, done)
        }
        Place.Settings -> SettingsPlace(family, models, preferences, back)
        is Place.History -> HistoryScreen(models.get(place) { HistoryViewModel(family, it, place.record) }, back)
    }
}

@Composable
private fun LockedJournal(
    family: Family,
    models: Models,
    lock: PhoneLock,
    back: () -> Unit,
) {
    // Not saved: whoever comes back to the app opens it again.
    val isOpen by lock.isJournalOpen.collectAsStateWithLifecycle()
    if (isOpen) {
        JournalScreen(models.get(Place.Journal) { JournalViewModel(family, it) }, back)
    } else {
        LockedJournalScreen(lock.isSet, back, lock::openJournal)
    }
}

@Composable
private fun SettingsPlace(
    family: Family,
    models: Models,
    preferences: Preferences,
    back: () -> Unit,
) {
    val isLocked by preferences.isAppLocked.collectAsStateWithLifecycle()
    val language by preferences.language.collectAsStateWithLifecycle()
    val model = models.get(Place.Settings) { SettingsViewModel(family, it) }
    SettingsScreen(model, isLocked, preferences::lockApp, language, preferences::speak, back)
}

private fun Models.checkIn(family: Family) = get(CheckInViewModel::class) { CheckInViewModel(family, it) }

private fun Models.promises(family: Family) = get(PromisesViewModel::class) { PromisesViewModel(family, it) }

private fun Models.encouragement(family: Family) = get(EncouragementViewModel::class) { EncouragementViewModel(family, it) }

private fun Models.celebrations(family: Family) = get(CelebrationsViewModel::class) { CelebrationsViewModel(family, it) }

@Composable
private fun Tabs(
    place: Place,
    go: (Place) -> Unit,
) {
    NavigationBar {
        tab(R.string.today, R.drawable.ic_today, Place.Today, place, go)
        tab(R.string.together, R.drawable.ic_together, Place.Together, place, go)
        tab(R.string.mine, R.drawable.ic_mine, Place.Mine, place, go)
        tab(R.string.people, R.drawable.ic_people, Place.People, place, go)
    }
}

@Composable
private fun androidx.compose.foundation.layout.RowScope.tab(
    title: Int,
    icon: Int,
    place: Place,
    here: Place,
    go: (Place) -> Unit,
) = NavigationBarItem(
    selected = here == place,
    onClick = { go(place) },
    // The word beside it says the same.
    icon = { Icon(painterResource(icon), contentDescription = null) },
    label = { Text(stringResource(title), maxLines = 1, softWrap = false) },
)

private val waySaver =
    listSaver<List<Place>, String>(save = { way -> way.map(Place::toText) }, restore = { way -> way.map(Place::ofText) })
