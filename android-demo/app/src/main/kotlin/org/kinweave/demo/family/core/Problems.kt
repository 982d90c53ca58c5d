package org.kinweave.demo.family.core

import kotlinx.coroutines.flow.catch
import org.kinweave.demo.family.FamilyException
import org.kinweave.demo.family.Problem
import org.kinweave.model.InvalidReason
import org.kinweave.model.KinweaveException
import org.kinweave.model.PairingProblem
import org.kinweave.model.Rule

/** Asks the library; what it throws is thrown on as the screens know it. */
internal suspend fun <T> asking(work: suspend () -> T): T =
    try {
        work()
    } catch (error: KinweaveException) {
        throw problemOf(error)
    }

/** The same for what answers nothing. */
internal suspend fun doing(work: suspend () -> Any?) {
    asking(work)
}

/** What the library threw, as the screens know it. */
fun problemOf(error: KinweaveException): FamilyException = FamilyException(problem(error), error)

private fun problem(error: KinweaveException): Problem =
    when (error) {
        is KinweaveException.InvalidInput ->
            when (error.reason) {
                InvalidReason.EMPTY, InvalidReason.MISSING -> Problem.INPUT_EMPTY
                InvalidReason.TOO_LONG -> Problem.INPUT_TOO_LONG
                else -> Problem.INPUT_OTHER
            }
        is KinweaveException.NotAllowed -> if (error.rule == Rule.ADULTS_ONLY) Problem.ADULTS_ONLY else Problem.NOT_ALLOWED
        is KinweaveException.Gone, is KinweaveException.Moved, is KinweaveException.NotFound -> Problem.GONE
        is KinweaveException.DiskFull -> Problem.DISK_FULL
        is KinweaveException.StorageUnavailable -> Problem.PHONE_LOCKED
        is KinweaveException.WrongKey -> Problem.WRONG_KEY
        is KinweaveException.SecondCopy -> Problem.SECOND_COPY
        is KinweaveException.Corrupt -> Problem.DAMAGED
        is KinweaveException.NewerDatabase, is KinweaveException.Incompatible -> Problem.APP_TOO_OLD
        is KinweaveException.Busy, is KinweaveException.Paused -> Problem.BUSY
        is KinweaveException.PeerUnreachable -> Problem.NOBODY_NEAR
        is KinweaveException.NotPaired -> Problem.NOT_PAIRED
        is KinweaveException.PairingRejected ->
            when (error.reason) {
                PairingProblem.WORDS_DIFFER -> Problem.WORDS_DIFFER
                PairingProblem.DECLINED -> Problem.DECLINED
                else -> Problem.CODE_WRONG
            }
        is KinweaveException.DiscoveryUnavailable -> Problem.NETWORK_CLOSED
        else -> Problem.OTHER
    }
