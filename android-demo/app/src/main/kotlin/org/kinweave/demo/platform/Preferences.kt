package org.kinweave.demo.platform

import android.content.Context
import android.content.res.Configuration
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import java.util.Locale

/** What is about this phone alone, and tells nothing of anybody. */
class Preferences(
    context: Context,
) {
    private val kept = context.getSharedPreferences("preferences", Context.MODE_PRIVATE)
    private val locked = MutableStateFlow(kept.getBoolean(LOCK, false))
    private val spoken = MutableStateFlow(kept.getString(LANGUAGE, null) ?: ofPhone())

    val isAppLocked: StateFlow<Boolean> = locked.asStateFlow()

    /** The language of everything that the app says, as a tag of BCP 47. */
    val language: StateFlow<String> = spoken.asStateFlow()

    fun lockApp(on: Boolean) {
        kept.edit().putBoolean(LOCK, on).apply()
        locked.value = on
    }

    fun speak(tag: String) {
        kept.edit().putString(LANGUAGE, tag).apply()
        spoken.value = tag
    }

    private fun ofPhone(): String = if (Locale.getDefault().language == SPANISH) SPANISH else ENGLISH

    private companion object {
        const val LOCK = "app_lock"
        const val LANGUAGE = "language"
        const val ENGLISH = "en"
        const val SPANISH = "es"
    }
}

/** The same, with its labels in this language, whatever the phone's is. */
fun Context.inLanguage(tag: String): Context {
    val configuration = Configuration(resources.configuration)
    configuration.setLocale(Locale.forLanguageTag(tag))
    return createConfigurationContext(configuration)
}
