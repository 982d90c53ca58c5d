package org.kinweave.demo

import androidx.compose.material3.ColorScheme
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.kinweave.demo.look.DarkColors
import org.kinweave.demo.look.LightColors
import org.robolectric.RobolectricTestRunner

/** Every colour in which words are written can be read on what is behind it: 4.5 to 1 at the least, as WCAG's AA asks. */
@RunWith(RobolectricTestRunner::class)
class ThemeTest {
    private fun contrast(
        one: Color,
        other: Color,
    ): Float {
        val (dark, light) = listOf(one.luminance(), other.luminance()).sorted()
        return (light + 0.05f) / (dark + 0.05f)
    }

    private fun ColorScheme.written(): Map<String, Pair<Color, Color>> =
        mapOf(
            "a main button" to (onPrimary to primary),
            "a section" to (primary to surface),
            "a quiet button in a panel" to (primary to surfaceContainerLow),
            "text" to (onSurface to surface),
            "text in a panel" to (onSurface to surfaceContainerLow),
            "quiet text" to (onSurfaceVariant to surface),
            "quiet text in a panel" to (onSurfaceVariant to surfaceContainerLow),
            "a tab" to (onSurfaceVariant to surfaceContainer),
            "the tab where one is" to (secondary to surfaceContainer),
            "what is chosen" to (onSecondaryContainer to secondaryContainer),
            "what did not work" to (onErrorContainer to errorContainer),
        )

    @Test
    fun `words can be read in the light and in the dark`() {
        for ((scheme, colors) in mapOf("light" to LightColors, "dark" to DarkColors)) {
            for ((what, pair) in colors.written()) {
                val contrast = contrast(pair.first, pair.second)
                assertTrue("$scheme, $what: $contrast to 1", contrast >= READABLE)
            }
        }
    }

    private companion object {
        const val READABLE = 4.5f
    }
}
