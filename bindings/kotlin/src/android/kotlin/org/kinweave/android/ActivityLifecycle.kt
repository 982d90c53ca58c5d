package org.kinweave.android

import android.app.Activity
import android.app.Application
import android.os.Bundle
import org.kinweave.AppLifecycle

/**
 * The app is in the foreground while an activity of it is started. Make one in [Application.onCreate], and from the main thread
 * as all that follows: which activities were started before it was made, nobody tells.
 */
public class ActivityLifecycle(
    application: Application,
) : AppLifecycle {
    private val listeners = mutableListOf<AppLifecycle.Listener>()
    private val counting = Counting()

    init {
        application.registerActivityLifecycleCallbacks(counting)
    }

    override fun listen(listener: AppLifecycle.Listener): AutoCloseable {
        listeners += listener
        // A home takes a while to open, and its app may have been left meanwhile.
        if (!counting.isForeground) listener.onBackground()
        return AutoCloseable { listeners -= listener }
    }

    private inner class Counting : Application.ActivityLifecycleCallbacks {
        private var started = 0
        private var isTurning = false

        val isForeground: Boolean get() = started > 0 || isTurning

        override fun onActivityStarted(activity: Activity) {
            started += 1
            if (started == 1 && !isTurning) listeners.toList().forEach { it.onForeground() }
            isTurning = false
        }

        override fun onActivityStopped(activity: Activity) {
            started -= 1
            // A phone that is turned stops its activity and starts it again at once.
            isTurning = activity.isChangingConfigurations
            if (!isForeground) listeners.toList().forEach { it.onBackground() }
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
