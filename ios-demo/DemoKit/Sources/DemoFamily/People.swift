public struct Circle: Hashable, Sendable {
    public let name: String
    public let people: [Person]

    public init(name: String, people: [Person]) {
        self.name = name
        self.people = people
    }

    public var others: [Person] { people.filter { !$0.isMe } }
}

public struct Person: Hashable, Identifiable, Sendable {
    public let id: String
    public let name: String
    public let isMe: Bool
    public let isYoung: Bool

    public init(id: String, name: String, isMe: Bool, isYoung: Bool) {
        self.id = id
        self.name = name
        self.isMe = isMe
        self.isYoung = isYoung
    }
}

public struct People: Hashable, Sendable {
    public let circle: Circle
    public let phones: [Phone]
    /// Whether another phone writes as this one: its owner says which of the two they use.
    public let hasSecondCopy: Bool

    public init(circle: Circle, phones: [Phone], hasSecondCopy: Bool = false) {
        self.circle = circle
        self.phones = phones
        self.hasSecondCopy = hasSecondCopy
    }
}

/// Another phone, and what is truly known of it, in the core's words.
public struct Phone: Hashable, Identifiable, Sendable {
    public let id: String
    public let who: String
    public let name: String?
    public let isNear: Bool
    public let line: String

    public init(id: String, who: String, name: String?, isNear: Bool, line: String) {
        self.id = id
        self.who = who
        self.name = name
        self.isNear = isNear
        self.line = line
    }
}

public enum Newcomer: Sendable {
    case member, youngMember, myOwnPhone
}

/// Where a pairing is.
public enum Stage: Hashable, Sendable {
    /// Both phones show these words, if nobody stands between them.
    case words([String])
    case here(Welcome)
    case waiting
    case done
}

/// What whoever joins is told before they say yes.
public struct Welcome: Hashable, Sendable {
    public let circle: String
    public let people: [String]
    public let terms: String

    public init(circle: String, people: [String], terms: String) {
        self.circle = circle
        self.people = people
        self.terms = terms
    }
}

public struct Settings: Hashable, Sendable {
    public let devices: [Device]
    public let usedBytes: Int64
    public let trashBytes: Int64
    public let version: String

    public init(devices: [Device], usedBytes: Int64, trashBytes: Int64, version: String) {
        self.devices = devices
        self.usedBytes = usedBytes
        self.trashBytes = trashBytes
        self.version = version
    }
}

public struct Device: Hashable, Identifiable, Sendable {
    public let id: String
    public let who: String
    public let name: String?
    public let isThis: Bool

    public init(id: String, who: String, name: String?, isThis: Bool) {
        self.id = id
        self.who = who
        self.name = name
        self.isThis = isThis
    }
}
