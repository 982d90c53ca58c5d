import Foundation
import KinweaveKit
import Testing

/// A local network in memory, on which phones register services and see each other's.
private final class Air: @unchecked Sendable {
    private struct Service {
        let owner: ObjectIdentifier
        let event: NetworkServiceEvent
        let instance: String
    }

    private let lock = NSLock()
    private var services: [Service] = []
    private var listeners: [ObjectIdentifier: @Sendable (NetworkServiceEvent) -> Void] = [:]

    var names: [String] { lock.withLock { services.map(\.instance) } }

    func put(_ instance: String, _ event: NetworkServiceEvent, by owner: AnyObject) {
        take(by: owner)
        let told = lock.withLock {
            services.append(Service(owner: ObjectIdentifier(owner), event: event, instance: instance))
            return Array(listeners.values)
        }
        for listener in told { listener(event) }
    }

    func take(by owner: AnyObject) {
        let (gone, told) = lock.withLock {
            let gone = services.filter { $0.owner == ObjectIdentifier(owner) }
            services.removeAll { $0.owner == ObjectIdentifier(owner) }
            return (gone, Array(listeners.values))
        }
        for service in gone { for listener in told { listener(.lost(instance: service.instance)) } }
    }

    func watch(_ listener: (@Sendable (NetworkServiceEvent) -> Void)?, by owner: AnyObject) {
        let there = lock.withLock {
            listeners[ObjectIdentifier(owner)] = listener
            return services.map(\.event)
        }
        if let listener { there.forEach(listener) }
    }
}

/// One phone's DNS-SD on it.
private final class Radio: NetworkServices {
    private let air: Air

    init(_ air: Air) {
        self.air = air
    }

    func register(instance: String, type: String, port: UInt16, key: String, value: String) throws {
        #expect(type == "_nearsync._tcp")
        let here = Endpoint(ip: "127.0.0.1", port: port)
        air.put(instance, .found(instance: instance, texts: [key: value], addresses: [here]), by: self)
    }

    func unregister() throws { air.take(by: self) }

    func browse(type: String, listener: @escaping @Sendable (NetworkServiceEvent) -> Void) throws {
        air.watch(listener, by: self)
    }

    func stopBrowsing() throws { air.watch(nil, by: self) }
}

/// A port that other devices reach; what only this one reaches isn't announced.
private let everywhere = Endpoint(ip: "0.0.0.0", port: 0)

@Suite struct DiscoveryTests {
    @Test func phonesThatAreNearFindEachOtherAndKeepInTouch() async throws {
        let (phone, other) = (try await Phone.withCircle(), try await Phone(newYork("2026-02-09", 10)))
        try await phone.invite(other, "Dani")
        let air = Air()
        let stranger = NSObject()
        air.put("printer", .found(instance: "printer", texts: ["pdl": "text"], addresses: [anywhere]), by: stranger)
        for one in [phone, other] {
            _ = try await one.home.listen(address: everywhere)
            try await one.home.discover(discovery: ServiceDiscovery(Radio(air)))
        }
        let near = try await phone.home.findNearby(device: other.device(), patienceMs: patienceMs)
        let device = try await other.device()
        #expect(near.map(\.device) == [device])
        try await phone.home.keepInTouch()
        try await phone.home.add(note("Soup is on."))
        for try await texts in other.home.observe({ _ in try await other.texts() }) where !texts.isEmpty {
            #expect(texts == ["Soup is on."])
            break
        }
        try await phone.home.close()
        try await other.home.close()
        #expect(air.names == ["printer"], "closed homes announce nothing")
    }

    @Test func anotherNetworkIsAnnouncedAnew() async throws {
        let phone = try await Phone.withCircle()
        let radio = Listening()
        _ = try await phone.home.listen(address: everywhere)
        try await phone.home.discover(discovery: ServiceDiscovery(radio))
        var announced = radio.announced.makeAsyncIterator()
        let first = await announced.next()
        radio.moves()
        let second = await announced.next()
        #expect(first != nil && second != nil && first != second, "nobody can follow a phone from place to place")
    }
}

/// A DNS-SD that tells what is announced, and can be carried to another network.
private final class Listening: NetworkServices, @unchecked Sendable {
    let announced: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let lock = NSLock()
    private var listener: (@Sendable (NetworkServiceEvent) -> Void)?

    init() {
        (announced, continuation) = AsyncStream.makeStream()
    }

    func moves() {
        lock.withLock { listener }?(.otherNetwork)
    }

    func register(instance: String, type: String, port: UInt16, key: String, value: String) throws {
        continuation.yield(instance)
    }

    func unregister() throws {}

    func browse(type: String, listener: @escaping @Sendable (NetworkServiceEvent) -> Void) throws {
        lock.withLock { self.listener = listener }
    }

    func stopBrowsing() throws {
        lock.withLock { listener = nil }
    }
}
