package org.kinweave.demo

import android.app.Application
import org.kinweave.demo.platform.PhoneHome
import org.kinweave.demo.platform.Preferences

/** One home for the whole process. */
open class DemoApplication : Application() {
    lateinit var preferences: Preferences
        private set

    lateinit var phoneHome: PhoneHome
        private set

    override fun onCreate() {
        super.onCreate()
        preferences = Preferences(this)
        phoneHome = makeHome().also { it.open() }
    }

    /** Tests have another clock. */
    protected open fun makeHome(): PhoneHome = PhoneHome(this, preferences)
}
