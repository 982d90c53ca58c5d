package org.kinweave.demo.screens.encouragement

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Circle
import org.kinweave.demo.family.EncouragementDraft
import org.kinweave.demo.family.Encouraging
import org.kinweave.demo.family.Family
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch
import java.time.LocalDate

class EncouragementViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    data class Content(
        val circle: Circle,
        val notes: List<Encouraging>,
        val today: LocalDate,
    )

    val state: StateFlow<ScreenState<Content?>> = family.watch(scope) { circle()?.let { Content(it, encouragements(), date) } }
    val deeds = Deeds(scope)

    fun send(
        draft: EncouragementDraft,
        after: () -> Unit,
    ) = deeds.start(after) { family.encourage(draft) }

    fun turnHeart(note: Encouraging) = deeds.start { family.setHeart(note.record, on = !note.isMyHeart) }
}
