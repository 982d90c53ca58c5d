/// What is done together: promises, kind words, celebrations, and how a record came to be what it is.

public struct Promised: Hashable, Identifiable, Sendable {
    public let id: String
    public let title: String
    public let who: String
    public let isMine: Bool
    public let asksMe: Bool
    public let days: [PromisedDay]

    public init(id: String, title: String, who: String, isMine: Bool, asksMe: Bool, days: [PromisedDay]) {
        self.id = id
        self.title = title
        self.who = who
        self.isMine = isMine
        self.asksMe = asksMe
        self.days = days
    }
}

public struct PromisedDay: Hashable, Sendable {
    public let dueOn: Day
    public let outcome: String
    public let isOpen: Bool

    public init(dueOn: Day, outcome: String, isOpen: Bool) {
        self.dueOn = dueOn
        self.outcome = outcome
        self.isOpen = isOpen
    }
}

/// What its owner says of a promise.
public enum PromiseWord: Sendable {
    case kept, missedWithNotice, missed
}

public enum Rhythm: String, Sendable, CaseIterable {
    case once, daily, weekly
}

public struct PromiseDraft: Hashable, Sendable {
    public var title: String
    public var rhythm: Rhythm
    public var startsOn: Day
    public var to: Set<String>

    public init(title: String, rhythm: Rhythm, startsOn: Day, to: Set<String> = []) {
        self.title = title
        self.rhythm = rhythm
        self.startsOn = startsOn
        self.to = to
    }
}

public struct Encouraging: Hashable, Identifiable, Sendable {
    public let id: String
    public let who: String
    public let isMine: Bool
    public let to: [String]
    public let text: String
    public let hearts: [String]
    public let isMyHeart: Bool

    public init(
        id: String, who: String, isMine: Bool, to: [String], text: String, hearts: [String], isMyHeart: Bool
    ) {
        self.id = id
        self.who = who
        self.isMine = isMine
        self.to = to
        self.text = text
        self.hearts = hearts
        self.isMyHeart = isMyHeart
    }
}

public struct EncouragementDraft: Hashable, Sendable {
    public var text: String
    public var to: Set<String>
    public var openOn: Day?

    public init(text: String, to: Set<String> = [], openOn: Day? = nil) {
        self.text = text
        self.to = to
        self.openOn = openOn
    }
}

public enum Reply: Sendable, CaseIterable {
    case yes, maybe, no
}

public enum CelebrationStage: Sendable, CaseIterable {
    case idea, planned, moved, cancelled, held
}

public struct Celebrating: Hashable, Identifiable, Sendable {
    public let id: String
    /// What of it was seen.
    public let version: String
    public let title: String
    public let place: String?
    public let at: WallTime?
    public let stage: CelebrationStage
    public let replies: [Replied]
    public let mine: Reply?
    public let apart: [Apart]

    public init(
        id: String, version: String, title: String, place: String?, at: WallTime?, stage: CelebrationStage,
        replies: [Replied] = [],
        mine: Reply? = nil, apart: [Apart] = []
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.place = place
        self.at = at
        self.stage = stage
        self.replies = replies
        self.mine = mine
        self.apart = apart
    }
}

public struct Replied: Hashable, Sendable {
    public let who: String
    public let reply: Reply

    public init(who: String, reply: Reply) {
        self.who = who
        self.reply = reply
    }
}

/// A field that people changed apart.
public struct Apart: Hashable, Sendable {
    public let field: Field
    public let name: String
    public let versions: [Version]

    public init(field: Field, name: String, versions: [Version]) {
        self.field = field
        self.name = name
        self.versions = versions
    }
}

public struct Version: Hashable, Sendable {
    /// Its place among the versions of its field.
    public let number: Int
    public let who: String
    public let text: String

    public init(number: Int, who: String, text: String) {
        self.number = number
        self.who = who
        self.text = text
    }
}

public enum Choice: Hashable, Sendable {
    /// The version of this number.
    case pick(Int)
    case combine(String)
}

/// Fields whose names people read. Each has its words in the string catalog.
public enum Field: Sendable, CaseIterable {
    case place, at, idea, text, title, note, mood, name, other
}

public struct CelebrationDraft: Hashable, Sendable {
    public var title: String
    public var place: String
    public var at: WallTime?

    public init(title: String, place: String = "", at: WallTime? = nil) {
        self.title = title
        self.place = place
        self.at = at
    }
}

public struct HistoryLine: Hashable, Sendable {
    public let who: String
    public let on: WallTime?
    public let deed: Deed
    public let changes: [Change]

    public init(who: String, on: WallTime?, deed: Deed, changes: [Change]) {
        self.who = who
        self.on = on
        self.deed = deed
        self.changes = changes
    }
}

public enum Deed: Sendable, CaseIterable {
    case made, rewrote, edited, settled
}

public struct Change: Hashable, Sendable {
    public let field: Field
    public let from: [String]
    public let to: String

    public init(field: Field, from: [String], to: String) {
        self.field = field
        self.from = from
        self.to = to
    }
}
