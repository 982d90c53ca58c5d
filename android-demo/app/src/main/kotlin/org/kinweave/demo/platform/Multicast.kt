package org.kinweave.demo.platform

import android.content.Context
import android.net.wifi.WifiManager
import org.kinweave.AppLifecycle

/** Many phones hear no multicast while nobody holds this. It costs battery, so nobody does in the background. */
class Multicast(
    context: Context,
) : AppLifecycle.Listener {
    private val lock =
        context
            .getSystemService(WifiManager::class.java)
            ?.createMulticastLock("kinweave")
            ?.apply { setReferenceCounted(false) }

    fun begin() {
        lock?.acquire()
    }

    override fun onForeground() = Unit

    override fun onBackground() {
        lock?.release()
    }
}
