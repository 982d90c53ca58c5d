package org.kinweave.demo

import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Story 6.1's dinner on the screens: two places said apart, both shown with their names, one picked, and everyone has it. */
@RunWith(RobolectricTestRunner::class)
class DinnerTest {
    @get:Rule
    val rule = createAndroidComposeRule<MainActivity>()
    private val app = AppRobot(rule)
    private val reyes by lazy { runBlocking { Reyes.open(TestApplication.start) } }

    @After
    fun end() = reyes.close()

    @Test
    fun `Dani sees both places and who wrote them, picks one, and Marta has it`() {
        app.see("Begin a circle")
        app.joins(reyes, "Dani")
        runBlocking {
            reyes.martaMeetsLena()
            reyes.celebrate()
            reyes.martaMeetsLena()
            reyes.planApart()
            reyes.martaMeetsLena()
            reyes.martaMeets(app.application.phoneHome)
        }
        app.see("Hello, Dani")
        app.see("Lena plans a celebration")
        app.tap("Us")
        app.tap("Celebrations")
        app.see("Family dinner out")
        app.see("Two versions: Place. Pick one, or find words for both.")
        app.see("Marta")
        app.see("Luigi's")
        app.see("Lena")
        app.tap("Nonna's kitchen")
        app.seeNot("Luigi's")
        app.tap("Yes")
        app.see("Yes: Dani")
        runBlocking { reyes.martaMeets(app.application.phoneHome) }
        assertEquals("Nonna's kitchen", runBlocking { reyes.placeAtMartas() })
        app.tap("History")
        app.see("Lena wrote it")
        app.see("Dani settled it")
    }
}
