package org.kinweave.demo.previews

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import kotlinx.coroutines.CoroutineScope
import org.kinweave.demo.family.Family
import org.kinweave.demo.look.DemoTheme
import org.kinweave.demo.screens.celebrations.CelebrationsScreen
import org.kinweave.demo.screens.celebrations.CelebrationsViewModel
import org.kinweave.demo.screens.celebrations.PlanScreen
import org.kinweave.demo.screens.checkin.CheckInScreen
import org.kinweave.demo.screens.checkin.CheckInViewModel
import org.kinweave.demo.screens.checkin.CheckInsScreen
import org.kinweave.demo.screens.days.DaysScreen
import org.kinweave.demo.screens.days.DaysViewModel
import org.kinweave.demo.screens.encouragement.EncouragementScreen
import org.kinweave.demo.screens.encouragement.EncouragementViewModel
import org.kinweave.demo.screens.history.HistoryScreen
import org.kinweave.demo.screens.history.HistoryViewModel
import org.kinweave.demo.screens.journal.JournalScreen
import org.kinweave.demo.screens.journal.JournalViewModel
import org.kinweave.demo.screens.pairing.InviteScreen
import org.kinweave.demo.screens.pairing.PairingViewModel
import org.kinweave.demo.screens.people.PeopleScreen
import org.kinweave.demo.screens.people.PeopleViewModel
import org.kinweave.demo.screens.promises.PromisesScreen
import org.kinweave.demo.screens.promises.PromisesViewModel
import org.kinweave.demo.screens.setback.SetbackScreen
import org.kinweave.demo.screens.setback.SetbackViewModel
import org.kinweave.demo.screens.settings.SettingsScreen
import org.kinweave.demo.screens.settings.SettingsViewModel
import org.kinweave.demo.screens.today.TodayScreen
import org.kinweave.demo.screens.today.TodayViewModel

// What Android Studio shows beside a screen, of a made-up family.

@Variants
@Composable
fun TodayPreview() = Previewed(::TodayViewModel) { TodayScreen(it, {}) {} }

@Variants
@Composable
fun CheckInPreview() = Previewed(::CheckInViewModel) { CheckInScreen(it) {} }

@Variants
@Composable
fun CheckInsPreview() = Previewed(::CheckInViewModel) { CheckInsScreen(it, {}) {} }

@Variants
@Composable
fun PromisesPreview() = Previewed(::PromisesViewModel) { PromisesScreen(it, {}) {} }

@Variants
@Composable
fun EncouragementPreview() = Previewed(::EncouragementViewModel) { EncouragementScreen(it, {}) {} }

@Variants
@Composable
fun CelebrationsPreview() = Previewed(::CelebrationsViewModel) { CelebrationsScreen(it, {}) {} }

@Variants
@Composable
fun PlanPreview() = Previewed(::CelebrationsViewModel) { PlanScreen(it, "dinner") {} }

@Variants
@Composable
fun DaysPreview() = Previewed(::DaysViewModel) { DaysScreen(it) {} }

@Variants
@Composable
fun SetbackPreview() = Previewed(::SetbackViewModel) { SetbackScreen(it) {} }

@Variants
@Composable
fun JournalPreview() = Previewed(::JournalViewModel) { JournalScreen(it) {} }

@Variants
@Composable
fun PeoplePreview() = Previewed(::PeopleViewModel) { PeopleScreen(it, {}) {} }

@Variants
@Composable
fun InvitePreview() = Previewed(::PairingViewModel) { InviteScreen(it) {} }

@Variants
@Composable
fun HistoryPreview() = Previewed({ family, scope -> HistoryViewModel(family, scope, "dinner") }) { HistoryScreen(it) {} }

@Variants
@Composable
fun SettingsPreview() = Previewed(::SettingsViewModel) { SettingsScreen(it, isAppLocked = true, {}, "en", {}) {} }

@Composable
private fun <T> Previewed(
    make: (Family, CoroutineScope) -> T,
    screen: @Composable (T) -> Unit,
) = DemoTheme {
    val scope = rememberCoroutineScope()
    screen(remember { make(FakeFamily(), scope) })
}
