package org.kinweave.demo.screens.settings

import android.text.format.Formatter
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Choices
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Shown

@Composable
fun SettingsScreen(
    model: SettingsViewModel,
    isAppLocked: Boolean,
    onLockApp: (Boolean) -> Unit,
    language: String,
    onLanguage: (String) -> Unit,
    onBack: () -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    Page(stringResource(R.string.settings), onBack) {
        Section(stringResource(R.string.language))
        val languages = listOf("en" to stringResource(R.string.english), "es" to stringResource(R.string.spanish))
        Choices(languages, language, onLanguage)
        Section(stringResource(R.string.app_lock))
        val locks = listOf(true to stringResource(R.string.on), false to stringResource(R.string.off))
        Choices(locks, isAppLocked, onLockApp)
        Quiet(stringResource(R.string.app_lock_why))
        Shown(state) { settings ->
            Section(stringResource(R.string.devices))
            settings.devices.forEach { device ->
                val name = listOfNotNull(device.who, device.name).joinToString(" · ")
                Body(if (device.isThis) stringResource(R.string.this_phone, name) else name)
            }
            Section(stringResource(R.string.stored_here))
            Body(stringResource(R.string.stored_bytes, Formatter.formatShortFileSize(context, settings.usedBytes)))
            Quiet(stringResource(R.string.trash_bytes, Formatter.formatShortFileSize(context, settings.trashBytes)))
            Quiet(stringResource(R.string.version, settings.version))
        }
    }
}
