import Observation

/// Asks for the phone's own lock before the journal opens, and before the app does where somebody wants that.
@MainActor
@Observable
public final class PhoneLock {
    public private(set) var isAppOpen = false
    public private(set) var isJournalOpen = false

    @ObservationIgnored private let owner: any OwnerCheck

    public init(_ owner: any OwnerCheck) {
        self.owner = owner
    }

    /// Whether the phone has one at all.
    public var isSet: Bool { owner.isSet }

    public func openApp() async {
        if await owner.confirm() { isAppOpen = true }
    }

    public func openJournal() async {
        if await owner.confirm() { isJournalOpen = true }
    }

    /// Whoever leaves the app opens both again.
    public func close() {
        isAppOpen = false
        isJournalOpen = false
    }
}

/// The phone's own way to know its owner: a face, a finger, a code.
@MainActor
public protocol OwnerCheck {
    var isSet: Bool { get }

    func confirm() async -> Bool
}
