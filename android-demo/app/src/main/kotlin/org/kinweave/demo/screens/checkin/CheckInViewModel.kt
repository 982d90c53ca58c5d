package org.kinweave.demo.screens.checkin

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.CheckInDraft
import org.kinweave.demo.family.CheckIns
import org.kinweave.demo.family.Family
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

class CheckInViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    val state: StateFlow<ScreenState<CheckIns>> = family.watch(scope) { checkIns() }
    val deeds = Deeds(scope)

    fun save(
        draft: CheckInDraft,
        after: () -> Unit,
    ) = deeds.start(after) { family.checkIn(draft) }
}
