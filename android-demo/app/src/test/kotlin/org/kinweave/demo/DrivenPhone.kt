package org.kinweave.demo

import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import org.junit.Rule
import org.junit.Test
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.time.LocalDateTime
import kotlin.system.exitProcess

/**
 * The app on a phone of its own, told line by line what to do on its screens; the twin of the iOS app's `Driven`. Robolectric runs it
 * as a test, and its name keeps it from being one.
 */
@RunWith(RobolectricTestRunner::class)
class DrivenPhone {
    @get:Rule
    val rule = createAndroidComposeRule<MainActivity>()
    private val app = AppRobot(rule)

    @Test
    fun obeys() {
        for (line in generateSequence(::readlnOrNull)) {
            val answer =
                try {
                    "ok ${obey(line).takeIf { it != Unit } ?: ""}".trim()
                } catch (error: Throwable) {
                    "error ${error.message.orEmpty().replace('\n', ' ')}"
                }
            println(answer)
            if (line == "quit") return
        }
    }

    /** [Unit], or what is to be answered. */
    private fun obey(line: String): Any {
        val words = line.substringAfter(' ', "")
        return when (line.substringBefore(' ')) {
            "tap" -> app.tap(words)
            "see" -> app.see(words)
            "unsee" -> app.seeNot(words)
            "back" -> app.back()
            "code" -> app.code()
            "words" -> app.fourWords().joinToString(" ")
            "type" -> app.type(words.substringBefore(GAP), words.substringAfter(GAP))
            "clock" -> app.comesBackAt(LocalDateTime.parse("$words:00"))
            "port" -> app.port().toString()
            "quit" -> Unit
            else -> error("what is: $line")
        }
    }

    companion object {
        private const val GAP = " := "

        @JvmStatic
        fun main(arguments: Array<String>) {
            val result = JUnitCore.runClasses(DrivenPhone::class.java)
            result.failures.forEach { System.err.println(it.trace) }
            exitProcess(if (result.wasSuccessful()) 0 else 1)
        }
    }
}
