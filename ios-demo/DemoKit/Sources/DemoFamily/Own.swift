/// What is one's own: check-ins, days and card, hard moments, the journal.

public enum Mood: String, Sendable, CaseIterable {
    case good, okay, hard, needCompany
}

public enum Wish: String, Sendable, CaseIterable {
    case nothing, call, hug, space, lift, listener
}

/// With whom a check-in is shared, and how much of it.
public enum Sharing: String, Sendable, CaseIterable {
    case onlyMe, mood, all
}

public struct CheckInDraft: Hashable, Sendable {
    public var mood: Mood
    public var wish: Wish
    public var note: String
    public var sharing: Sharing

    public init(mood: Mood, wish: Wish = .nothing, note: String = "", sharing: Sharing = .onlyMe) {
        self.mood = mood
        self.wish = wish
        self.note = note
        self.sharing = sharing
    }
}

public struct CheckIns: Hashable, Sendable {
    public let lines: [String]
    public let latest: [CheckedIn]

    public init(lines: [String], latest: [CheckedIn]) {
        self.lines = lines
        self.latest = latest
    }
}

public struct CheckedIn: Hashable, Identifiable, Sendable {
    public let id: String
    public let who: String
    public let on: Day
    public let mood: Mood?
    public let wish: Wish
    public let note: String?

    public init(id: String, who: String, on: Day, mood: Mood?, wish: Wish, note: String?) {
        self.id = id
        self.who = who
        self.on = on
        self.mood = mood
        self.wish = wish
        self.note = note
    }
}

public struct Days: Hashable, Sendable {
    public let lines: [String]
    public let milestones: [Reached]
    public let mine: [String]
    public let others: [Card]
    public let isCounting: Bool

    public init(lines: [String], milestones: [Reached], mine: [String], others: [Card], isCounting: Bool) {
        self.lines = lines
        self.milestones = milestones
        self.mine = mine
        self.others = others
        self.isCounting = isCounting
    }
}

public struct Reached: Hashable, Sendable {
    public let title: String
    public let on: Day
    public let isCelebrated: Bool

    public init(title: String, on: Day, isCelebrated: Bool) {
        self.title = title
        self.on = on
        self.isCelebrated = isCelebrated
    }
}

public struct Card: Hashable, Sendable {
    public let name: String
    public let lines: [String]

    public init(name: String, lines: [String]) {
        self.name = name
        self.lines = lines
    }
}

public enum CardWay: String, Sendable, CaseIterable {
    case counting, snapshot, words, paused
}

public struct CardDraft: Hashable, Sendable {
    public var way: CardWay
    public var words: String

    public init(way: CardWay, words: String = "") {
        self.way = way
        self.words = words
    }
}

public enum SetbackSort: String, Sendable, CaseIterable {
    case slip, returnToUse, closeCall, other
}

public enum Counting: String, Sendable, CaseIterable {
    case newStretch, markedDay, noteOnly
}

public struct SetbackDraft: Hashable, Sendable {
    public var sort: SetbackSort
    public var startedOn: Day
    /// The first day after it; nil while it goes on.
    public var resumedOn: Day?
    public var counting: Counting
    public var learned: String

    public init(sort: SetbackSort, startedOn: Day, resumedOn: Day?, counting: Counting, learned: String = "") {
        self.sort = sort
        self.startedOn = startedOn
        self.resumedOn = resumedOn
        self.counting = counting
        self.learned = learned
    }
}

public struct SetbackNote: Hashable, Identifiable, Sendable {
    public let id: String
    public let on: Day
    public let sort: SetbackSort
    public let learned: String?

    public init(id: String, on: Day, sort: SetbackSort, learned: String?) {
        self.id = id
        self.on = on
        self.sort = sort
        self.learned = learned
    }
}

public struct JournalPage: Hashable, Identifiable, Sendable {
    public let id: String
    public let on: Day
    public let text: String

    public init(id: String, on: Day, text: String) {
        self.id = id
        self.on = on
        self.text = text
    }
}
