package org.kinweave.demo

import android.graphics.Bitmap
import android.graphics.Canvas
import androidx.compose.ui.test.junit4.AndroidComposeTestRule
import androidx.test.ext.junit.rules.ActivityScenarioRule
import org.robolectric.RuntimeEnvironment
import java.io.File

/** Draws what a person sees, in every variant that people have. */
class Screens(
    private val rule: AndroidComposeTestRule<ActivityScenarioRule<MainActivity>, MainActivity>,
) {
    data class Variant(
        val language: String,
        val isDark: Boolean,
        val fontScale: Float,
    ) {
        val name = "$language-${if (isDark) "dark" else "light"}-${fontScale.toInt()}"
    }

    fun become(variant: Variant) {
        RuntimeEnvironment.setQualifiers(if (variant.isDark) "+night" else "+notnight")
        RuntimeEnvironment.setFontScale(variant.fontScale)
        (rule.activity.application as TestApplication).preferences.speak(variant.language)
        rule.waitForIdle()
        rule.activityRule.scenario.recreate()
        rule.waitForIdle()
    }

    fun draw(
        screen: String,
        variant: Variant,
    ) {
        rule.waitForIdle()
        val view = rule.activity.window.decorView
        val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
        view.draw(Canvas(bitmap))
        val file = File(FOLDER, "${variant.name}/$screen.png")
        file.parentFile.mkdirs()
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
    }

    companion object {
        private val FOLDER = File("target/screens")

        val variants: List<Variant> =
            listOf("en", "es").flatMap { language ->
                listOf(false, true).flatMap { isDark -> listOf(1f, 2f).map { Variant(language, isDark, it) } }
            }
    }
}
