package org.kinweave

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.kinweave.model.Endpoint
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

private class Service(
    val instance: String,
    val texts: Map<String, String>,
    val addresses: List<Endpoint>,
)

/** A local network in memory, on which phones register services and see each other's. */
private class Air {
    private val services = mutableMapOf<Any, Service>()
    private val listeners = mutableMapOf<Any, NetworkServices.Listener>()

    @get:Synchronized
    val names: List<String>
        get() = services.values.map { it.instance }

    @Synchronized
    fun put(
        owner: Any,
        service: Service,
    ) {
        take(owner)
        services[owner] = service
        listeners.values.forEach { it.onFound(service.instance, service.texts, service.addresses) }
    }

    @Synchronized
    fun take(owner: Any) {
        val gone = services.remove(owner) ?: return
        listeners.values.forEach { it.onLost(gone.instance) }
    }

    @Synchronized
    fun watch(
        owner: Any,
        listener: NetworkServices.Listener,
    ) {
        listeners[owner] = listener
        services.values.forEach { listener.onFound(it.instance, it.texts, it.addresses) }
    }

    @Synchronized
    fun ignore(owner: Any) {
        listeners.remove(owner)
    }
}

/** One phone's DNS-SD on it. */
private class Radio(
    private val air: Air,
) : NetworkServices {
    override fun register(
        instance: String,
        type: String,
        port: Int,
        text: Pair<String, String>,
    ) {
        assertEquals("_nearsync._tcp", type)
        air.put(this, Service(instance, mapOf(text), listOf(Endpoint("127.0.0.1", port.toUShort()))))
    }

    override fun unregister() = air.take(this)

    override fun browse(
        type: String,
        listener: NetworkServices.Listener,
    ) = air.watch(this, listener)

    override fun stopBrowsing() = air.ignore(this)
}

/** A DNS-SD that tells what is announced, and can be carried to another network. */
private class Carried : NetworkServices {
    val announced = Channel<String>(Channel.UNLIMITED)

    @Volatile
    private var listener: NetworkServices.Listener? = null

    fun moves() = listener!!.onOtherNetwork()

    override fun register(
        instance: String,
        type: String,
        port: Int,
        text: Pair<String, String>,
    ) {
        announced.trySend(instance)
    }

    override fun unregister() = Unit

    override fun browse(
        type: String,
        listener: NetworkServices.Listener,
    ) {
        this.listener = listener
    }

    override fun stopBrowsing() {
        listener = null
    }
}

/** A port that other devices reach; what only this one reaches isn't announced. */
private val everywhere = Endpoint("0.0.0.0", 0u)

/** Phones that find each other through a platform's DNS-SD. */
internal class DiscoveryTest {
    @Test
    fun `phones that are near find each other and keep in touch`() =
        runBlocking {
            val air = Air()
            air.put("a printer", Service("printer", mapOf("pdl" to "text"), listOf(anywhere)))
            Phone.open(start).use { phone ->
                Phone.open(start).use { other ->
                    phone.home.createCircle("Reyes", "Marta")
                    phone.invite(other, "Dani")
                    for (home in listOf(phone.home, other.home)) {
                        home.listen(everywhere)
                        home.discover(ServiceDiscovery(Radio(air)))
                    }
                    val near = phone.home.findNearby(other.device(), PATIENCE_MS)
                    assertEquals(listOf(other.device()), near.map { it.device })
                    phone.home.keepInTouch()
                    phone.home.add(note("Soup is on."))
                    val texts = other.home.observe { other.texts() }.first { it.isNotEmpty() }
                    assertEquals(listOf("Soup is on."), texts)
                }
            }
            assertEquals(listOf("printer"), air.names, "closed homes announce nothing")
        }

    @Test
    fun `on another network it is announced anew`() =
        runBlocking {
            Phone.open(start).use { phone ->
                phone.home.createCircle("Reyes", "Marta")
                val carried = Carried()
                phone.home.listen(everywhere)
                phone.home.discover(ServiceDiscovery(carried))
                val first = carried.announced.receive()
                carried.moves()
                assertNotEquals(first, carried.announced.receive(), "nobody can follow a phone from place to place")
                assertTrue(carried.announced.tryReceive().isFailure)
            }
        }
}
