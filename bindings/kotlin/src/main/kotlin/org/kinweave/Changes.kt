package org.kinweave

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.withContext
import org.kinweave.model.KinweaveException
import org.kinweave.model.Observer

/**
 * Emits at once, and then whenever something is new: once for all that came while the collector was busy. Nothing is missed
 * between the first emission and the next.
 */
public val Kinweave.changes: Flow<Unit>
    get() =
        callbackFlow {
            val observer =
                object : Observer {
                    override fun changed() {
                        trySend(Unit)
                    }
                }
            // Who is cancelled meanwhile still has it to cancel.
            val subscription = withContext(NonCancellable) { onChange(observer) }
            trySend(Unit)
            awaitClose {
                subscription.cancel()
                subscription.close()
            }
        }.conflate()

/**
 * What [read] answers now, and again whenever that changes: `home.observe { list(query).records }`.
 *
 * While the home is paused it stands still; it goes on with [Kinweave.resume]. Other errors of [read] end the flow, for its
 * collector to see.
 */
public fun <T> Kinweave.observe(read: suspend Kinweave.() -> T): Flow<T> =
    changes
        .transform {
            val state =
                try {
                    Result.success(read())
                } catch (_: KinweaveException.Paused) {
                    return@transform
                }
            emit(state.getOrThrow())
        }.distinctUntilChanged()
