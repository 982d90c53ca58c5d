package org.kinweave.demo.screens.celebrations

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Apart
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.CelebrationDraft
import org.kinweave.demo.family.Choice
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.Reply
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch
import java.time.LocalDate
import java.time.LocalDateTime

class CelebrationsViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    data class Content(
        val celebrations: List<Celebrating>,
        val today: LocalDate,
    )

    val state: StateFlow<ScreenState<Content>> = family.watch(scope) { Content(celebrations(), date) }
    val deeds = Deeds(scope)

    fun propose(
        draft: CelebrationDraft,
        after: () -> Unit,
    ) = deeds.start(after) { family.celebrate(draft) }

    fun plan(
        celebration: Celebrating,
        place: String,
        at: LocalDateTime?,
        after: () -> Unit,
    ) = deeds.start(after) { family.plan(celebration, place, at) }

    fun answer(
        celebration: Celebrating,
        reply: Reply,
    ) = deeds.start { family.answer(celebration.record, reply) }

    fun tellCelebrated(celebration: Celebrating) = deeds.start { family.tellCelebrated(celebration.record) }

    fun settle(
        celebration: Celebrating,
        apart: Apart,
        choice: Choice,
    ) = deeds.start { family.settle(celebration.record, apart.name, choice) }
}
