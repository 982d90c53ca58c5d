package org.kinweave

import org.kinweave.model.Announcement
import org.kinweave.model.Discovery
import org.kinweave.model.Endpoint
import org.kinweave.model.Sighting
import org.kinweave.model.SightingSink

/** A platform's DNS-SD, such as Android's `NsdManager`. Every call may throw; the home then tries again later. */
public interface NetworkServices {
    /** Registers a service of [type] with one text, `key=value`, in the place of what was registered before. */
    public fun register(
        instance: String,
        type: String,
        port: Int,
        text: Pair<String, String>,
    )

    /** Takes it back. Idempotent. */
    public fun unregister()

    /** Looks for services of [type] until [stopBrowsing], and tells [listener] from any thread. */
    public fun browse(
        type: String,
        listener: Listener,
    )

    /** Ends looking. Idempotent; [Listener] isn't called after it. */
    public fun stopBrowsing()

    /** Is told of services. */
    public interface Listener {
        /** A service came, or is now elsewhere. [texts] are its `key=value` pairs. */
        public fun onFound(
            instance: String,
            texts: Map<String, String>,
            addresses: List<Endpoint>,
        )

        /** A service went. */
        public fun onLost(instance: String)

        /** This device is on another network now. */
        public fun onOtherNetwork()
    }
}

/** [Discovery] made of a platform's DNS-SD: `home.discover(ServiceDiscovery(services))`. */
public class ServiceDiscovery(
    private val services: NetworkServices,
) : Discovery {
    override fun announce(announcement: Announcement) {
        val text = TEXT_KEY to announcement.text
        services.register(announcement.instance, SERVICE_TYPE, announcement.port.toInt(), text)
    }

    override fun withdraw(): Unit = services.unregister()

    override fun look(sightings: SightingSink) {
        val listener =
            object : NetworkServices.Listener {
                override fun onFound(
                    instance: String,
                    texts: Map<String, String>,
                    addresses: List<Endpoint>,
                ) {
                    // A service without it is nobody's of ours.
                    val text = texts[TEXT_KEY] ?: return
                    sightings.tell(Sighting.Found(instance, text, addresses))
                }

                override fun onLost(instance: String) = sightings.tell(Sighting.Lost(instance))

                override fun onOtherNetwork() = sightings.tell(Sighting.OtherNetwork)
            }
        services.browse(SERVICE_TYPE, listener)
    }

    override fun stop() {
        try {
            services.stopBrowsing()
        } finally {
            services.unregister()
        }
    }

    public companion object {
        /** The service under which phones are found. */
        public const val SERVICE_TYPE: String = "_nearsync._tcp"

        /** The key of the one text that a service carries. */
        public const val TEXT_KEY: String = "t"
    }
}
