package org.kinweave.demo.look

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color

/** Calm, and the same for everything: no colour says that a day was good or bad. */
val LightColors: ColorScheme =
    lightColorScheme(
        primary = Color(0xFF2B6451),
        onPrimary = Color(0xFFFFFFFF),
        primaryContainer = Color(0xFFCFE9DC),
        onPrimaryContainer = Color(0xFF0B2F23),
        secondary = Color(0xFF5B5F46),
        onSecondary = Color(0xFFFFFFFF),
        secondaryContainer = Color(0xFFE4E7CE),
        onSecondaryContainer = Color(0xFF24271A),
        background = Color(0xFFFAF8F2),
        onBackground = Color(0xFF1D1C18),
        surface = Color(0xFFFAF8F2),
        onSurface = Color(0xFF1D1C18),
        surfaceVariant = Color(0xFFE9E6DC),
        onSurfaceVariant = Color(0xFF4A4840),
        surfaceContainer = Color(0xFFF1EEE5),
        surfaceContainerLow = Color(0xFFFFFDF8),
        surfaceContainerHighest = Color(0xFFE9E6DC),
        outline = Color(0xFF7A776D),
        outlineVariant = Color(0xFFCCC8BC),
        errorContainer = Color(0xFFF4E2C8),
        onErrorContainer = Color(0xFF43290A),
    )

val DarkColors: ColorScheme =
    darkColorScheme(
        primary = Color(0xFF9ED2BC),
        onPrimary = Color(0xFF06382A),
        primaryContainer = Color(0xFF1F4D3E),
        onPrimaryContainer = Color(0xFFCFE9DC),
        secondary = Color(0xFFC9CCAF),
        onSecondary = Color(0xFF303321),
        secondaryContainer = Color(0xFF464A36),
        onSecondaryContainer = Color(0xFFE4E7CE),
        background = Color(0xFF151512),
        onBackground = Color(0xFFE7E4DB),
        surface = Color(0xFF151512),
        onSurface = Color(0xFFE7E4DB),
        surfaceVariant = Color(0xFF47453D),
        onSurfaceVariant = Color(0xFFCCC8BC),
        surfaceContainer = Color(0xFF22211D),
        surfaceContainerLow = Color(0xFF1D1C18),
        surfaceContainerHighest = Color(0xFF37352F),
        outline = Color(0xFF96938A),
        outlineVariant = Color(0xFF47453D),
        errorContainer = Color(0xFF5A3F1B),
        onErrorContainer = Color(0xFFF4E2C8),
    )

@Composable
fun DemoTheme(
    dark: Boolean = isSystemInDarkTheme(),
    content: @Composable () -> Unit,
) {
    MaterialTheme(colorScheme = if (dark) DarkColors else LightColors, content = content)
}
