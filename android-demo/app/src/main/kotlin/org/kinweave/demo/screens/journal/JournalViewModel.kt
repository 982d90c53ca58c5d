package org.kinweave.demo.screens.journal

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.JournalPage
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

/** Only made once the journal's own lock is open. */
class JournalViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    val state: StateFlow<ScreenState<List<JournalPage>>> = family.watch(scope) { journal() }
    val deeds = Deeds(scope)

    fun write(
        text: String,
        after: () -> Unit,
    ) = deeds.start(after) { family.write(text) }

    fun remove(page: JournalPage) = deeds.start { family.remove(page.record) }
}
