package org.kinweave.demo.screens.people

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.People
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

class PeopleViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    val state: StateFlow<ScreenState<People>> = family.watch(scope) { people() }
    val deeds = Deeds(scope)
    private val lastMet = MutableStateFlow<Int?>(null)

    /** How many phones answered when somebody last asked; none before. */
    val met: StateFlow<Int?> = lastMet.asStateFlow()

    fun goOnHere() = deeds.start { family.goOnHere() }

    fun meetNow() = deeds.start { lastMet.value = family.meetNow() }
}
