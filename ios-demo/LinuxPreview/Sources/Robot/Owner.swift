import DemoScreens

/// Whoever holds the phone, and whether the phone knows them.
@MainActor public final class Owner: OwnerCheck {
    public var isSet = true
    public var isKnown = true

    public func confirm() async -> Bool { isKnown }
}
