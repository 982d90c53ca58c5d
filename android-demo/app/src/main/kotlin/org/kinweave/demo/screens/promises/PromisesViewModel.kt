package org.kinweave.demo.screens.promises

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Circle
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.PromiseDraft
import org.kinweave.demo.family.PromiseWord
import org.kinweave.demo.family.Promised
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch
import java.time.LocalDate

class PromisesViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    data class Content(
        val circle: Circle,
        val promises: List<Promised>,
        val today: LocalDate,
    )

    val state: StateFlow<ScreenState<Content?>> =
        family.watch(scope) { circle()?.let { Content(it, promises(), date) } }
    val deeds = Deeds(scope)

    fun tell(
        promise: Promised,
        dueOn: LocalDate,
        word: PromiseWord,
    ) = deeds.start { family.tellPromise(promise.record, dueOn, word) }

    fun bearWitness(promise: Promised) = deeds.start { family.bearWitness(promise.record) }

    fun make(
        draft: PromiseDraft,
        after: () -> Unit,
    ) = deeds.start(after) { family.promise(draft) }
}
