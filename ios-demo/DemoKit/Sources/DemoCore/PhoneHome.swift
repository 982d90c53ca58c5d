import DemoFamily
import Foundation
import KinweaveKit
import Observation

/// The home of this phone: opened with a key from the phone's key store, resting while the app isn't seen, near its circle while
/// it is.
@MainActor
@Observable
public final class PhoneHome {
    /// Where it is on its way to being open.
    public enum Opening {
        case begun
        case open(CoreFamily)
        case failed(Problem)
    }

    /// What a phone has and a test sets.
    public struct Phone: Sendable {
        let directory: URL
        let keyStore: any KeyStore
        let services: (any NetworkServices)?
        let clock: SettableClock?
        let now: @Sendable () -> ZonedTime

        /// - Parameters:
        ///   - services: How phones find each other; nil where there is no way.
        ///   - clock: Another than the phone's, and what it shows, for tests.
        public init(
            directory: URL, keyStore: any KeyStore, services: (any NetworkServices)?, clock: SettableClock? = nil,
            now: @escaping @Sendable () -> ZonedTime = { ZonedTime(Date(), in: .current) }
        ) {
            self.directory = directory
            self.keyStore = keyStore
            self.services = services
            self.clock = clock
            self.now = now
        }
    }

    /// Screens begin when it is ``Opening/open(_:)``.
    public private(set) var opening = Opening.begun

    /// Where this phone listens; nil while it doesn't.
    public private(set) var address: Endpoint?

    @ObservationIgnored private let phone: Phone
    @ObservationIgnored private var lifecycle: HomeLifecycle?
    @ObservationIgnored private var isSeen = true

    public init(_ phone: Phone) {
        self.phone = phone
    }

    /// Opens it, or tries again.
    public func open(language: String) async {
        if case .open = opening { return }
        opening = .begun
        do {
            let home = try await Kinweave.open(
                directory: phone.directory, keyStore: phone.keyStore, language: languageOfTag(tag: language),
                clock: phone.clock)
            let lifecycle = HomeLifecycle(home) { [weak self] home in
                // It may have travelled meanwhile.
                try await home.setZone(zone: .current)
                await self?.comeNear(home)
            }
            self.lifecycle = lifecycle
            // It takes a while to open, and the app may have been left meanwhile.
            if !isSeen { await lifecycle.enter(.background).value }
            Task { [weak self] in await self?.comeNearOnceThereIsACircle(home) }
            opening = .open(CoreFamily(home, language: language, now: phone.now, here: localAddress))
        } catch {
            opening = .failed(FamilyError(error).problem)
        }
    }

    /// The app is seen now, or isn't any more. What is answered ends when the home rests or is awake.
    @discardableResult
    public func enter(foreground: Bool) -> Task<Void, Never>? {
        isSeen = foreground
        if !foreground { address = nil }
        return lifecycle?.enter(foreground ? .foreground : .background)
    }

    private func comeNearOnceThereIsACircle(_ home: Kinweave) async {
        for await _ in await home.changes() {
            guard (try? await home.circle()) != nil else { continue }
            return await comeNear(home)
        }
    }

    /// Listens, and looks for the circle's phones. Without a network that comes to nothing, and a later return tries again.
    private func comeNear(_ home: Kinweave) async {
        do {
            // Before there is a circle there is nobody to listen for.
            _ = try await home.circle()
            address = try await home.listen(address: Endpoint(ip: "0.0.0.0", port: 0))
            if let services = phone.services { try await home.discover(discovery: ServiceDiscovery(services)) }
            try await home.keepInTouch()
        } catch {
            // The screens say themselves who isn't near.
        }
    }
}
