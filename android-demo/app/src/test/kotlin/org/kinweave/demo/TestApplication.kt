package org.kinweave.demo

import android.content.ComponentName
import androidx.activity.ComponentActivity
import org.kinweave.SettableClock
import org.kinweave.demo.platform.PhoneHome
import org.kinweave.model.ZonedTime
import org.robolectric.Shadows.shadowOf
import java.time.LocalDateTime

/** The app as it is, with a key store in memory and a clock that tests set. */
class TestApplication : DemoApplication() {
    private var shown = ZonedTime(start, ZONE)
    private val settable = SettableClock(shown)

    override fun onCreate() {
        super.onCreate()
        // Where a test shows a screen without the app around it.
        shadowOf(packageManager).addActivityIfNotPresent(ComponentName(this, ComponentActivity::class.java))
    }

    override fun makeHome(): PhoneHome {
        SoftKeyStore.install()
        return PhoneHome(this, preferences, PhoneHome.Clock(settable) { shown })
    }

    fun setClock(local: LocalDateTime) {
        shown = ZonedTime(local, ZONE)
        settable.set(shown)
    }

    companion object {
        const val ZONE = "America/New_York"

        /** What the clock shows when an app is started. */
        var start: LocalDateTime = LocalDateTime.parse("2026-02-09T10:00")
    }
}
