package org.kinweave.demo.platform

import android.app.Activity
import android.app.KeyguardManager
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.kinweave.demo.R

/** Asks for the phone's own lock before the journal opens, and before the app does where somebody wants that. */
class PhoneLock(
    private val activity: ComponentActivity,
) {
    private val keyguard = activity.getSystemService(KeyguardManager::class.java)
    private val app = MutableStateFlow(false)
    private val journal = MutableStateFlow(false)
    private val askForApp = ask(app)
    private val askForJournal = ask(journal)

    /** Whether the phone has one at all. */
    val isSet: Boolean get() = keyguard?.isDeviceSecure == true

    val isAppOpen: StateFlow<Boolean> = app.asStateFlow()
    val isJournalOpen: StateFlow<Boolean> = journal.asStateFlow()

    fun openApp() = askForApp()

    fun openJournal() = askForJournal()

    /** Whoever leaves the app opens both again. */
    fun close() {
        app.value = false
        journal.value = false
    }

    private fun ask(opened: MutableStateFlow<Boolean>): () -> Unit {
        val launcher =
            activity.registerForActivityResult(ActivityResultContracts.StartActivityForResult()) { result ->
                if (result.resultCode == Activity.RESULT_OK) opened.value = true
            }
        return {
            // The newer BiometricPrompt isn't there on Android 8, and asks for the same lock.
            @Suppress("DEPRECATION")
            val question = keyguard?.createConfirmDeviceCredentialIntent(activity.getString(R.string.app_name), null)
            if (question != null) launcher.launch(question)
        }
    }
}
