/// A circle of members.
public struct CircleId: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// A member of a circle. Who leaves and joins again is another member.
public struct MemberId: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// A device, named by its public key.
public struct DeviceKey: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// A set of members with whom records are shared.
public struct AudienceId: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// An admission that waits for somebody's approval.
public struct EntryHash: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// What this device calls a record. It is never sent, and gone with the record.
public struct RecordId: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// Something in this device's trash.
public struct TrashId: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// How records name each other.
public struct RecordRef: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// The version of a record that a screen showed. An edit is made from it, and so never takes back what others changed
/// meanwhile.
public struct VersionToken: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Opaque; it may be kept and compared.
    public let text: String

    /// The one with this text, as a home gave it.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}
