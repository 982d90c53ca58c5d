package org.kinweave.demo.screens.days

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.CardDraft
import org.kinweave.demo.family.Days
import org.kinweave.demo.family.Family
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch
import java.time.LocalDate

class DaysViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    data class Content(
        val days: Days,
        val today: LocalDate,
    )

    val state: StateFlow<ScreenState<Content>> = family.watch(scope) { Content(days(), date) }
    val deeds = Deeds(scope)

    fun startCounting(
        from: LocalDate,
        after: () -> Unit,
    ) = deeds.start(after) { family.startCounting(from) }

    fun publish(
        draft: CardDraft,
        after: () -> Unit,
    ) = deeds.start(after) { family.publishCard(draft) }
}
