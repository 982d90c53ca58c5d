/// A platform's DNS-SD, such as ``BonjourServices``. Every call may throw; the home then tries again later.
public protocol NetworkServices: Sendable {
    /// Registers a service of `type` with one text, `key=value`, in the place of what was registered before.
    func register(instance: String, type: String, port: UInt16, key: String, value: String) throws

    /// Takes it back. Idempotent.
    func unregister() throws

    /// Looks for services of `type` until ``stopBrowsing()``, and tells `listener` from any thread.
    func browse(type: String, listener: @escaping @Sendable (NetworkServiceEvent) -> Void) throws

    /// Ends looking. Idempotent; the listener isn't called after it.
    func stopBrowsing() throws
}

/// What a platform's DNS-SD tells.
public enum NetworkServiceEvent: Hashable, Sendable {
    /// A service came, or is now elsewhere. `texts` are its `key=value` pairs.
    case found(instance: String, texts: [String: String], addresses: [Endpoint])
    /// A service went.
    case lost(instance: String)
    /// This device is on another network now.
    case otherNetwork
}

/// ``Discovery`` made of a platform's DNS-SD: `home.discover(discovery: ServiceDiscovery(services))`.
public final class ServiceDiscovery: Discovery {
    /// The service under which phones are found. An iOS app names it in `NSBonjourServices`.
    public static let serviceType = "_nearsync._tcp"

    /// The key of the one text that a service carries.
    public static let textKey = "t"

    private let services: any NetworkServices

    /// Finds and is found by these.
    public init(_ services: any NetworkServices) {
        self.services = services
    }

    public func announce(announcement: Announcement) throws {
        try services.register(
            instance: announcement.instance, type: Self.serviceType, port: announcement.port, key: Self.textKey,
            value: announcement.text)
    }

    public func withdraw() throws {
        try services.unregister()
    }

    public func look(sightings: SightingSink) throws {
        try services.browse(type: Self.serviceType) { event in
            switch event {
            case .found(let instance, let texts, let addresses):
                // A service without it is nobody's of ours.
                guard let text = texts[Self.textKey] else { return }
                sightings.tell(sighting: .found(instance: instance, text: text, addresses: addresses))
            case .lost(let instance): sightings.tell(sighting: .lost(instance: instance))
            case .otherNetwork: sightings.tell(sighting: .otherNetwork)
            }
        }
    }

    public func stop() throws {
        defer { try? services.unregister() }
        try services.stopBrowsing()
    }
}
