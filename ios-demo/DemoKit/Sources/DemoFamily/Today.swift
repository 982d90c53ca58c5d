public struct Today: Hashable, Sendable {
    public let name: String
    public let date: Day
    public let daysLines: [String]
    public let checkInLines: [String]
    public let asks: [Asking]
    public let due: [Due]
    public let news: [News]
    public let coming: [Coming]

    public init(
        name: String, date: Day, daysLines: [String] = [], checkInLines: [String] = [], asks: [Asking] = [],
        due: [Due] = [], news: [News] = [], coming: [Coming] = []
    ) {
        self.name = name
        self.date = date
        self.daysLines = daysLines
        self.checkInLines = checkInLines
        self.asks = asks
        self.due = due
        self.news = news
        self.coming = coming
    }
}

/// What the core asks the owner of this phone, in its words.
public enum Asking: Hashable, Sendable {
    case milestone(text: String, MilestoneRef)
    case card(text: String)
    case witness(text: String, promise: String)
    case admission(name: String, admission: String)
    case clock(text: String)
}

/// A milestone that isn't kept yet has no record; this is what it is known by.
public struct MilestoneRef: Hashable, Sendable {
    public let title: String
    public let reachedOn: Day

    public init(title: String, reachedOn: Day) {
        self.title = title
        self.reachedOn = reachedOn
    }
}

public struct Due: Hashable, Sendable {
    public let promise: String
    public let title: String
    public let dueOn: Day

    public init(promise: String, title: String, dueOn: Day) {
        self.promise = promise
        self.title = title
        self.dueOn = dueOn
    }
}

public struct News: Hashable, Sendable {
    public let record: String
    public let who: String
    public let what: What
    public let text: String?

    public init(record: String, who: String, what: What, text: String?) {
        self.record = record
        self.who = who
        self.what = what
        self.text = text
    }
}

/// What somebody did. Each has its words in the string catalog.
public enum What: Sendable, CaseIterable {
    case checkedIn, promised, toldOfPromise, planned, answered, celebrated, encouraged
    case milestone, card, heart, kit, other
}

public struct Coming: Hashable, Sendable {
    public let on: Day?
    public let text: String
    public let celebration: String?

    public init(on: Day?, text: String, celebration: String?) {
        self.on = on
        self.text = text
        self.celebration = celebration
    }
}
