package org.kinweave.demo.screens

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.stateIn
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.FamilyException
import org.kinweave.demo.family.Problem

/** What a screen shows: nothing yet, what it is about, or why there is nothing. */
sealed interface ScreenState<out T> {
    data object Loading : ScreenState<Nothing>

    data class Shown<T>(
        val content: T,
    ) : ScreenState<T>

    data class Failed(
        val problem: Problem,
    ) : ScreenState<Nothing>
}

/**
 * What [read] answers now, and again whenever something is new, for as long as somebody looks. While the app is in the
 * background the home rests, and what was shown stays.
 */
fun <T> Family.watch(
    scope: CoroutineScope,
    read: suspend Family.() -> T,
): StateFlow<ScreenState<T>> =
    flow {
        changes.collect {
            try {
                emit(ScreenState.Shown(read()))
            } catch (error: FamilyException) {
                if (error.problem != Problem.BUSY) emit(ScreenState.Failed(error.problem))
            }
        }
    }.distinctUntilChanged().stateIn(scope, SharingStarted.WhileSubscribed(STAY_MS), ScreenState.Loading)

/** So that a phone that is turned doesn't ask anew. */
private const val STAY_MS = 5_000L
