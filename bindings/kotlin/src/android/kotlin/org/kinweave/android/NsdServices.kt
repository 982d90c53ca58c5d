package org.kinweave.android

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.nsd.NsdManager
import android.net.nsd.NsdServiceInfo
import org.kinweave.NetworkServices
import org.kinweave.model.Endpoint
import java.net.Inet4Address

/** Android's DNS-SD: `home.discover(ServiceDiscovery(NsdServices(context)))`. */
public class NsdServices(
    context: Context,
) : NetworkServices {
    private val nsd = context.getSystemService(NsdManager::class.java)
    private val connectivity = context.getSystemService(ConnectivityManager::class.java)
    private var registration: Registration? = null
    private var browsing: Browsing? = null

    @Synchronized
    override fun register(
        instance: String,
        type: String,
        port: Int,
        text: Pair<String, String>,
    ) {
        unregister()
        val info =
            NsdServiceInfo().apply {
                serviceName = instance
                serviceType = type
                this.port = port
                setAttribute(text.first, text.second)
            }
        registration = Registration().also { nsd.registerService(info, NsdManager.PROTOCOL_DNS_SD, it) }
    }

    @Synchronized
    override fun unregister() {
        registration?.takeUnless { it.hasFailed }?.let(nsd::unregisterService)
        registration = null
    }

    @Synchronized
    override fun browse(
        type: String,
        listener: NetworkServices.Listener,
    ) {
        stopBrowsing()
        browsing =
            Browsing(nsd, listener).also {
                nsd.discoverServices(type, NsdManager.PROTOCOL_DNS_SD, it)
                connectivity.registerDefaultNetworkCallback(it.networks)
            }
    }

    @Synchronized
    override fun stopBrowsing() {
        browsing?.let {
            it.end()
            connectivity.unregisterNetworkCallback(it.networks)
            if (!it.hasFailed) nsd.stopServiceDiscovery(it)
        }
        browsing = null
    }
}

/** What isn't registered isn't found; the home announces itself again when it is on another network. */
private class Registration : NsdManager.RegistrationListener {
    /** Android has forgotten it, and throws if it is to be taken back. */
    @Volatile
    var hasFailed = false
        private set

    override fun onServiceRegistered(info: NsdServiceInfo) = Unit

    override fun onRegistrationFailed(
        info: NsdServiceInfo,
        errorCode: Int,
    ) {
        hasFailed = true
    }

    override fun onServiceUnregistered(info: NsdServiceInfo) = Unit

    override fun onUnregistrationFailed(
        info: NsdServiceInfo,
        errorCode: Int,
    ) = Unit
}

private class Browsing(
    private val nsd: NsdManager,
    private val listener: NetworkServices.Listener,
) : NsdManager.DiscoveryListener {
    private val waiting = ArrayDeque<NsdServiceInfo>()
    private var isResolving = false

    @Volatile
    private var hasEnded = false

    /** Android has forgotten it, and throws if it is to be stopped. */
    @Volatile
    var hasFailed = false
        private set

    /** Tells of every default network but the one that was there at first. */
    val networks =
        object : ConnectivityManager.NetworkCallback() {
            private var current: Network? = null

            override fun onAvailable(network: Network) {
                val before = current
                current = network
                if (before != null && before != network) tell { onOtherNetwork() }
            }
        }

    @Synchronized
    fun end() {
        hasEnded = true
        waiting.clear()
    }

    /** Without the lock: the home may let whoever tells it wait. */
    private fun tell(what: NetworkServices.Listener.() -> Unit) {
        if (!hasEnded) listener.what()
    }

    override fun onServiceFound(info: NsdServiceInfo) {
        synchronized(this) {
            if (!hasEnded) waiting.addLast(info)
        }
        resolveNext()
    }

    override fun onServiceLost(info: NsdServiceInfo) {
        synchronized(this) { waiting.removeAll { it.serviceName == info.serviceName } }
        tell { onLost(info.serviceName) }
    }

    /** One after the other: before Android 14 a second at the same time is refused. */
    private fun resolveNext() {
        val next =
            synchronized(this) {
                val next = if (isResolving) null else waiting.removeFirstOrNull()
                isResolving = isResolving || next != null
                next
            }
        if (next != null) nsd.resolveService(next, Resolving())
    }

    private inner class Resolving : NsdManager.ResolveListener {
        override fun onServiceResolved(info: NsdServiceInfo) {
            val texts = info.attributes.mapValues { (_, value) -> value?.decodeToString().orEmpty() }
            // An address of IPv6's that is only valid on one link needs that link's name, which is this phone's own affair.
            val host = info.host?.takeIf { it is Inet4Address || !it.isLinkLocalAddress }
            val addresses = listOfNotNull(host?.hostAddress?.let { Endpoint(it, info.port.toUShort()) })
            tell { onFound(info.serviceName, texts, addresses) }
            afterThis()
        }

        override fun onResolveFailed(
            info: NsdServiceInfo,
            errorCode: Int,
        ) = afterThis()

        private fun afterThis() {
            synchronized(this@Browsing) { isResolving = false }
            resolveNext()
        }
    }

    override fun onDiscoveryStarted(serviceType: String) = Unit

    override fun onDiscoveryStopped(serviceType: String) = Unit

    override fun onStartDiscoveryFailed(
        serviceType: String,
        errorCode: Int,
    ) {
        hasFailed = true
    }

    override fun onStopDiscoveryFailed(
        serviceType: String,
        errorCode: Int,
    ) = Unit
}
