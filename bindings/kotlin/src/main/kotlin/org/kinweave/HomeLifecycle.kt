package org.kinweave

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.kinweave.model.KinweaveException

/** Tells when the app comes to the foreground and leaves it; on Android made of `ProcessLifecycleOwner`. */
public interface AppLifecycle {
    /** Calls [listener] from now on, and at once if the app isn't seen now. Answers how to end that. */
    public fun listen(listener: Listener): AutoCloseable

    /** Is told where the app is, from any thread, in order. */
    public interface Listener {
        /** The app is seen. */
        public fun onForeground()

        /** The app isn't seen any more, and may be suspended. */
        public fun onBackground()
    }
}

/**
 * Pauses this home when the app leaves the foreground, and resumes it when it comes back, one after the other and in order.
 * Connections end with a pause; [afterResume] is where to listen and discover again, and to [say][Kinweave.setZone] where the phone is now.
 *
 * @param scope where the work is started; one that lives as long as the home
 * @param onError is told of what pausing or resuming threw, such as a key store that is locked; the next change is tried anew
 * @return ends it, and leaves the home as it is
 */
public fun Kinweave.follow(
    lifecycle: AppLifecycle,
    scope: CoroutineScope,
    onError: (KinweaveException) -> Unit = {},
    afterResume: suspend Kinweave.() -> Unit = {},
): AutoCloseable {
    // Fair: whoever asked first is first.
    val inOrder = Mutex()

    fun start(work: suspend () -> Unit) {
        // Undispatched, so that the place in the queue is taken before this returns.
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            inOrder.withLock {
                try {
                    work()
                } catch (error: KinweaveException) {
                    onError(error)
                }
            }
        }
    }
    return lifecycle.listen(
        object : AppLifecycle.Listener {
            override fun onForeground() =
                start {
                    resume()
                    afterResume()
                }

            override fun onBackground() = start { pause() }
        },
    )
}
