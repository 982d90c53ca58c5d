package org.kinweave.demo.screens.setback

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.SetbackDraft
import org.kinweave.demo.family.SetbackNote
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch
import java.time.LocalDate

class SetbackViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    data class Content(
        val guidance: List<String>,
        val notes: List<SetbackNote>,
        val today: LocalDate,
    )

    val state: StateFlow<ScreenState<Content>> = family.watch(scope) { Content(guidance(), setbacks(), date) }
    val deeds = Deeds(scope)

    fun save(
        draft: SetbackDraft,
        after: () -> Unit,
    ) = deeds.start(after) { family.setback(draft) }

    fun remove(note: SetbackNote) = deeds.start { family.remove(note.record) }
}
