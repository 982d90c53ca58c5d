package org.kinweave.demo.screens

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.kinweave.demo.family.FamilyException
import org.kinweave.demo.family.Problem

/** What a person does on a screen: one thing at a time, and what didn't work is told. */
class Deeds(
    private val scope: CoroutineScope,
) {
    private val told = MutableStateFlow<Problem?>(null)
    private val working = MutableStateFlow(false)

    /** Why the last deed came to nothing. */
    val problem: StateFlow<Problem?> = told.asStateFlow()

    /** Whether a deed is under way; a second tap meanwhile does nothing. */
    val isWorking: StateFlow<Boolean> = working.asStateFlow()

    /** Does [work], and then [after] if it came about. Call it from the main thread. */
    fun start(
        after: () -> Unit = {},
        work: suspend () -> Unit,
    ) {
        if (!working.compareAndSet(expect = false, update = true)) return
        scope.launch {
            try {
                told.value = null
                work()
                after()
            } catch (error: FamilyException) {
                told.value = error.problem
            } finally {
                working.value = false
            }
        }
    }
}
