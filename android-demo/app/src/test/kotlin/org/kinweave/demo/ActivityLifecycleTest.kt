package org.kinweave.demo

import android.app.Application
import androidx.activity.ComponentActivity
import androidx.test.core.app.ApplicationProvider
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.kinweave.AppLifecycle
import org.kinweave.android.ActivityLifecycle
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner

/** Where the app is, as the library hears of it. */
@RunWith(RobolectricTestRunner::class)
class ActivityLifecycleTest {
    private class Heard : AppLifecycle.Listener {
        val words = mutableListOf<String>()

        override fun onForeground() {
            words += "foreground"
        }

        override fun onBackground() {
            words += "background"
        }
    }

    private val lifecycle = ActivityLifecycle(ApplicationProvider.getApplicationContext<Application>())

    @Test
    fun `who listens after an activity was started hears when it stops`() {
        val activity = Robolectric.buildActivity(ComponentActivity::class.java).create().start()
        val heard = Heard()
        lifecycle.listen(heard)
        assertEquals(emptyList<String>(), heard.words)
        activity.stop()
        assertEquals(listOf("background"), heard.words)
        activity.start()
        assertEquals(listOf("background", "foreground"), heard.words)
    }

    @Test
    fun `who listens after the app was left hears that at once, and nothing after the end`() {
        val activity =
            Robolectric
                .buildActivity(ComponentActivity::class.java)
                .create()
                .start()
                .stop()
        val heard = Heard()
        val listening = lifecycle.listen(heard)
        assertEquals(listOf("background"), heard.words)
        listening.close()
        activity.start()
        assertEquals(listOf("background"), heard.words)
    }

    @Test
    fun `a phone that is turned is not put away`() {
        val activity =
            Robolectric
                .buildActivity(ComponentActivity::class.java)
                .create()
                .start()
                .resume()
        val heard = Heard()
        lifecycle.listen(heard)
        activity.recreate()
        assertEquals(emptyList<String>(), heard.words)
    }
}
