package org.kinweave.demo.screens.settings

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.Settings
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

class SettingsViewModel(
    family: Family,
    scope: CoroutineScope,
) {
    val state: StateFlow<ScreenState<Settings>> = family.watch(scope) { settings() }
}
