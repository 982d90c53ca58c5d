package org.kinweave.demo.family.core

import org.kinweave.demo.family.Pairing
import org.kinweave.demo.family.Stage
import org.kinweave.model.PairingStep
import org.kinweave.Pairing as CorePairing

/** Two phones on their way to each other. */
internal class Paired(
    private val pairing: CorePairing,
) : Pairing {
    override val code: String? get() = pairing.code()

    override suspend fun next(): Stage =
        asking {
            when (val step = pairing.next(PAIRING_MS)) {
                is PairingStep.Words -> Stage.Words(step.words)
                is PairingStep.Here -> Stage.Here(step.who.circleName, step.who.people.map { it.name }, step.who.terms)
                is PairingStep.Waiting -> Stage.Waiting
                is PairingStep.Done -> Stage.Done
            }
        }

    override suspend fun confirmWords(same: Boolean) = doing { pairing.confirmWords(same) }

    override suspend fun accept() = doing { pairing.accept() }

    override suspend fun decline() = doing { pairing.decline() }
}

/** As long as a code is good for. */
private const val PAIRING_MS: ULong = 600_000uL
