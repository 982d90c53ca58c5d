package org.kinweave.demo.screens.start

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.kinweave.demo.family.Circle
import org.kinweave.demo.family.Family
import org.kinweave.demo.screens.Deeds
import org.kinweave.demo.screens.ScreenState
import org.kinweave.demo.screens.watch

/** Whether there is a circle on this phone, and how one begins. */
class StartViewModel(
    private val family: Family,
    scope: CoroutineScope,
) {
    val state: StateFlow<ScreenState<Circle?>> = family.watch(scope) { circle() }
    val deeds = Deeds(scope)

    fun create(
        circle: String,
        myName: String,
    ) = deeds.start { family.createCircle(circle, myName) }
}
