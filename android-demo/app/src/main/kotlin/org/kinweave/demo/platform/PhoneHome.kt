package org.kinweave.demo.platform

import android.app.Application
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.kinweave.AppLifecycle
import org.kinweave.Kinweave
import org.kinweave.ServiceDiscovery
import org.kinweave.SettableClock
import org.kinweave.android.ActivityLifecycle
import org.kinweave.android.AndroidKeyStore
import org.kinweave.android.NsdServices
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.Problem
import org.kinweave.demo.family.core.CoreFamily
import org.kinweave.demo.family.core.problemOf
import org.kinweave.follow
import org.kinweave.languageOfTag
import org.kinweave.model.Endpoint
import org.kinweave.model.KinweaveException
import org.kinweave.model.ZonedTime
import org.kinweave.observe
import java.io.File
import java.time.LocalDateTime
import java.time.ZoneId

/** Where the home is on its way to being open. */
sealed interface Opening {
    data object Begun : Opening

    data class Open(
        val family: Family,
    ) : Opening

    data class Failed(
        val problem: Problem,
    ) : Opening
}

/**
 * The home of this phone: opened with a key from Android's key store, resting while the app isn't seen, near its circle while
 * it is.
 *
 * @param clock another than the phone's, for tests
 */
open class PhoneHome(
    private val application: Application,
    private val preferences: Preferences,
    private val clock: Clock? = null,
) : AppLifecycle.Listener {
    /** A clock that is set, and what it shows. */
    class Clock(
        val settable: SettableClock,
        val now: () -> ZonedTime,
    )

    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    private val current = MutableStateFlow<Opening>(Opening.Begun)
    private val lifecycle = ActivityLifecycle(application)
    private val multicast = Multicast(application)
    private var home: Kinweave? = null

    /** Where this phone listens; none while it doesn't. */
    var address: Endpoint? = null
        private set

    /** Screens begin when it is [Opening.Open]. */
    val opening: StateFlow<Opening> = current.asStateFlow()

    /** Opens it, or tries again. Call it from the main thread. */
    fun open() {
        if (current.value is Opening.Open) return
        current.value = Opening.Begun
        scope.launch {
            current.value =
                try {
                    Opening.Open(openFamily())
                } catch (error: KinweaveException) {
                    Opening.Failed(problemOf(error).problem)
                }
        }
    }

    /** Begins anew to listen and to look for the circle's phones, once the phone allows it. Before the home is open it does nothing. */
    fun comeNear() {
        val home = home ?: return
        scope.launch { comeNear(home) }
    }

    override fun onForeground() = Unit

    override fun onBackground() {
        address = null
        multicast.end()
    }

    private suspend fun openFamily(): Family {
        val tag = preferences.language.value
        val home =
            Kinweave.open(
                directory = File(application.noBackupFilesDir, "home"),
                keyStore = AndroidKeyStore(application),
                language = languageOfTag(tag),
                clock = clock?.settable,
            )
        this.home = home
        home.follow(lifecycle, scope) {
            // It may have travelled meanwhile.
            setZone(ZoneId.systemDefault())
            comeNear(this)
        }
        lifecycle.listen(this)
        scope.launch {
            home.observe { hasCircle(this) }.first { it }
            comeNear(home)
        }
        val family = CoreFamily(home, tag, clock?.now ?: ::wallTime) { localAddress(application) }
        scope.launch { preferences.language.drop(1).collect { family.setLanguage(it) } }
        return family
    }

    private suspend fun hasCircle(home: Kinweave): Boolean =
        try {
            home.circle()
            true
        } catch (_: KinweaveException.NoCircle) {
            false
        }

    /** Listens, and looks for the circle's phones. Without a network that comes to nothing, and a later return tries again. */
    private suspend fun comeNear(home: Kinweave) {
        try {
            address = home.listen(Endpoint(EVERYWHERE, 0u))
            multicast.begin()
            home.discover(ServiceDiscovery(NsdServices(application)))
            home.keepInTouch()
        } catch (_: KinweaveException) {
            // The screens say themselves who isn't near.
        }
    }

    private fun wallTime(): ZonedTime = ZonedTime(LocalDateTime.now(), ZoneId.systemDefault().id)

    private companion object {
        const val EVERYWHERE = "0.0.0.0"
    }
}
