package org.kinweave.android

import android.app.Activity
import android.app.Application
import android.os.Bundle
import org.kinweave.AppLifecycle

/**
 * The app is in the foreground while an activity of it is started. Begin in [Application.onCreate]: which activities were
 * started before, nobody tells. Call it from the main thread.
 */
public class ActivityLifecycle(
    private val application: Application,
) : AppLifecycle {
    override fun listen(listener: AppLifecycle.Listener): AutoCloseable {
        val counting = Counting(listener)
        application.registerActivityLifecycleCallbacks(counting)
        return AutoCloseable { application.unregisterActivityLifecycleCallbacks(counting) }
    }

    private class Counting(
        private val listener: AppLifecycle.Listener,
    ) : Application.ActivityLifecycleCallbacks {
        private var started = 0
        private var isTurning = false

        override fun onActivityStarted(activity: Activity) {
            started += 1
            if (started == 1 && !isTurning) listener.onForeground()
            isTurning = false
        }

        override fun onActivityStopped(activity: Activity) {
            started -= 1
            // A phone that is turned stops its activity and starts it again at once.
            isTurning = activity.isChangingConfigurations
            if (started == 0 && !isTurning) listener.onBackground()
        }

        override fun onActivityCreated(
            activity: Activity,
            savedInstanceState: Bundle?,
        ): Unit = Unit

        override fun onActivityResumed(activity: Activity): Unit = Unit

        override fun onActivityPaused(activity: Activity): Unit = Unit

        override fun onActivitySaveInstanceState(
            activity: Activity,
            outState: Bundle?,
        ): Unit = Unit

        override fun onActivityDestroyed(activity: Activity): Unit = Unit
    }
}
