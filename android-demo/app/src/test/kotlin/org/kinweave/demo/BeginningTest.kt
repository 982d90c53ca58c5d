package org.kinweave.demo

import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

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
}
