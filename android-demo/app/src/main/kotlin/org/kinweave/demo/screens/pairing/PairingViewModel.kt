package org.kinweave.demo.screens.pairing

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.FamilyException
import org.kinweave.demo.family.Newcomer
import org.kinweave.demo.family.Pairing
import org.kinweave.demo.family.Problem
import org.kinweave.demo.family.Stage

/** Where two phones are on their way to each other. */
sealed interface PairingState {
    data object NotBegun : PairingState

    data object Waiting : PairingState

    data class Code(
        val code: String,
    ) : PairingState

    data class Words(
        val words: List<String>,
    ) : PairingState

    data class Here(
        val here: Stage.Here,
    ) : PairingState

    data object Done : PairingState

    data class Failed(
        val problem: Problem,
    ) : PairingState
}

/** One pairing at a time, from either side. */
class PairingViewModel(
    private val family: Family,
    private val scope: CoroutineScope,
) {
    private val current = MutableStateFlow<PairingState>(PairingState.NotBegun)
    val state: StateFlow<PairingState> = current.asStateFlow()
    private var pairing: Pairing? = null

    fun invite(who: Newcomer) = begin { family.invite(who) }

    fun join(
        code: String,
        myName: String,
    ) = begin { family.join(code, myName) }

    private fun begin(make: suspend () -> Pairing) =
        step {
            current.value = PairingState.Waiting
            val begun = make()
            pairing = begun
            begun.code?.let { current.value = PairingState.Code(it) }
            goOn(begun)
        }

    fun confirm(same: Boolean) =
        step {
            current.value = PairingState.Waiting
            pairing?.let {
                it.confirmWords(same)
                goOn(it)
            }
        }

    fun accept() =
        step {
            current.value = PairingState.Waiting
            pairing?.let {
                it.accept()
                goOn(it)
            }
        }

    fun decline() =
        step {
            pairing?.decline()
            current.value = PairingState.NotBegun
        }

    private suspend fun goOn(pairing: Pairing) {
        when (val stage = pairing.next()) {
            is Stage.Words -> current.value = PairingState.Words(stage.words)
            is Stage.Here -> current.value = PairingState.Here(stage)
            is Stage.Waiting -> goOn(pairing)
            is Stage.Done -> current.value = PairingState.Done
        }
    }

    private fun step(work: suspend () -> Unit) {
        scope.launch {
            try {
                work()
            } catch (error: FamilyException) {
                current.value = PairingState.Failed(error.problem)
            }
        }
    }
}
