package org.kinweave.demo.screens.history

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.HistoryLine
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

class HistoryViewModel(
    family: Family,
    scope: CoroutineScope,
    record: String,
) {
    val state: StateFlow<ScreenState<List<HistoryLine>>> = family.watch(scope) { history(record) }
}
