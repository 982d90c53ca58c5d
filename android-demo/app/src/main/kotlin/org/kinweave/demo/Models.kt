package org.kinweave.demo

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope

/** Keeps the screens' models while a phone is turned. They themselves know nothing of Android. */
class Models : ViewModel() {
    private val made = mutableMapOf<Any, Any>()

    /** The one that goes by this key, made when it is first asked for. */
    @Suppress("UNCHECKED_CAST")
    fun <T : Any> get(
        key: Any,
        make: (CoroutineScope) -> T,
    ): T = made.getOrPut(key) { make(viewModelScope) } as T

    /** The next that is asked for begins anew. */
    fun forget(key: Any) {
        made.remove(key)
    }
}
