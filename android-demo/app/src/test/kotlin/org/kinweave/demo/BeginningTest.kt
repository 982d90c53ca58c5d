package org.kinweave.demo

import android.app.Activity
import android.content.Intent
import android.content.pm.PackageManager
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import com.google.zxing.client.android.Intents
import com.journeyapps.barcodescanner.CaptureActivity
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** From an empty phone to a first day that was checked in, on the screens. */
@RunWith(RobolectricTestRunner::class)
class BeginningTest {
    @get:Rule
    val rule = createAndroidComposeRule<MainActivity>()
    private val app = AppRobot(rule)

    @Test
    fun `a circle is begun in three steps, and a day is checked in with two taps`() {
        app.tap("Begin a circle")
        app.type("Name of the circle", "Elm Street")
        app.type("Your name", "Marta")
        app.tap("Begin")
        app.see("Hello, Marta")
        app.tap("Check in")
        app.tap("Okay")
        app.tap("Save")
        app.see("1 check-in in all")
    }

    @Test
    fun `a form that Android put away is as it was when one comes back`() {
        app.tap("Begin a circle")
        app.type("Name of the circle", "Elm Street")
        app.type("Your name", "Marta")
        app.tap("Begin")
        app.tap("Check in")
        app.tap("Hard")
        app.type("A note, if you like", "Slept badly.")
        rule.activityRule.scenario.recreate()
        app.see("How is today?")
        app.see("Slept badly.")
        app.tap("Save")
        app.see("1 check-in in all")
        app.tap("Me")
        app.tap("Check-ins")
        app.see("Hard")
        app.see("Slept badly.")
    }

    @Test
    fun `a code that the camera read is there to be joined with`() {
        val phone = shadowOf(rule.activity.packageManager)
        phone.setSystemFeature(PackageManager.FEATURE_CAMERA_ANY, true)
        app.tap("Join a circle")
        app.tap("Scan the code")
        val asked = shadowOf(rule.activity).nextStartedActivityForResult
        assertEquals(CaptureActivity::class.java.name, asked.intent.component?.className)
        assertNotNull("the scanner isn't in the manifest", asked.intent.resolveActivity(rule.activity.packageManager))
        val read = Intent().putExtra(Intents.Scan.RESULT, "kw1 is what a code begins with")
        rule.runOnUiThread { shadowOf(rule.activity).receiveResult(asked.intent, Activity.RESULT_OK, read) }
        app.see("kw1 is what a code begins with")
    }

    @Test
    fun `a phone without a camera offers no scanner`() {
        app.tap("Join a circle")
        app.see("The code")
        app.seeNot("Scan the code")
    }
}
