package org.kinweave.demo.screens.today

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Asking
import org.kinweave.demo.family.Due
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.PromiseWord
import org.kinweave.demo.family.Today
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

class TodayViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    val state: StateFlow<ScreenState<Today>> = family.watch(scope) { today() }
    val deeds = Deeds(scope)

    fun share(asking: Asking.Milestone) = deeds.start { family.keepMilestone(asking.milestone, share = true) }

    fun keepPrivate(asking: Asking.Milestone) = deeds.start { family.keepMilestone(asking.milestone, share = false) }

    fun accept(asking: Asking.Witness) = deeds.start { family.bearWitness(asking.promise) }

    fun approve(asking: Asking.Admission) = deeds.start { family.approve(asking.admission) }

    fun keep(due: Due) = deeds.start { family.tellPromise(due.promise, due.dueOn, PromiseWord.KEPT) }

    fun markSeen() = deeds.start { family.markSeen() }
}
