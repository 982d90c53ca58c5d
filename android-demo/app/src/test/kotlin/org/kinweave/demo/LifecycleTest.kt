package org.kinweave.demo

import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.lifecycle.Lifecycle
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.io.File
import java.io.IOException
import java.nio.file.Files

/** To the background and back, over and over, while records arrive. */
@RunWith(RobolectricTestRunner::class)
class LifecycleTest {
    @get:Rule
    val rule = createAndroidComposeRule<MainActivity>()
    private val app = AppRobot(rule)
    private val reyes by lazy { runBlocking { Reyes.open(TestApplication.start) } }

    @After
    fun end() = reyes.close()

    @Test
    fun `500 times nothing is held in the background, and nothing is lost`() {
        app.see("Begin a circle")
        app.joins(reyes, "Dani")
        app.tap("Us")
        app.tap("Encouragement")
        val home = File(app.application.noBackupFilesDir, "home")
        val scenario = rule.activityRule.scenario
        assertEquals("an open home holds something", true, held(home).isNotEmpty())
        for (round in 1..ROUNDS) {
            scenario.moveToState(Lifecycle.State.CREATED)
            rule.waitUntil("round $round: rests", PATIENCE_MS) { held(home).isEmpty() }
            val words = "Good morning, the ${round}th"
            runBlocking { reyes.encourage(reyes.marta, words) }
            scenario.moveToState(Lifecycle.State.RESUMED)
            rule.waitUntil("round $round: listens anew", PATIENCE_MS) { app.application.phoneHome.address != null }
            runBlocking { reyes.martaMeets(app.application.phoneHome) }
            app.see(words)
        }
        val here = runBlocking { app.family.encouragements() }.map { it.text }
        assertEquals((1..ROUNDS).map { "Good morning, the ${it}th" }.takeLast(ON_A_SCREEN).toSet(), here.toSet())
    }

    /** What this process holds of the home: open files, and locks. Files come and go while this looks. */
    private fun held(home: File): List<String> {
        val open = File("/proc/self/fd").listFiles().orEmpty().mapNotNull { orGone { Files.readSymbolicLink(it.toPath()).toString() } }
        val inodes = home.listFiles().orEmpty().mapNotNull { orGone { Files.getAttribute(it.toPath(), "unix:ino").toString() } }
        val locks = File("/proc/locks").readLines().filter { line -> inodes.any { ":$it " in line } }
        return open.filter { it.startsWith(home.path) } + locks
    }

    private fun <T> orGone(look: () -> T): T? =
        try {
            look()
        } catch (_: IOException) {
            null
        }

    private companion object {
        const val ROUNDS = 500
        const val PATIENCE_MS = 20_000L

        /** As many as a screen asks for. */
        const val ON_A_SCREEN = 200
    }
}
