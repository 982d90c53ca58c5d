package org.kinweave.demo.platform

import android.content.Context
import android.net.wifi.WifiManager

/** Many phones hear no multicast while nobody holds this. It costs battery, so nobody does in the background. */
class Multicast(
    context: Context,
) {
    private val lock =
        context
            .getSystemService(WifiManager::class.java)
            ?.createMulticastLock("kinweave")
            ?.apply { setReferenceCounted(false) }

    fun begin() {
        lock?.acquire()
    }

    fun end() {
        lock?.release()
    }
}
