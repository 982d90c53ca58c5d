import DemoFamily

/// What a made-up family answers: Dani's phone on the ninth of February 2026, unless somebody says otherwise.
public struct Answers: Sendable {
    public var circle: Circle? = Answers.reyes
    public var today = Answers.firstScreen
    public var checkIns = CheckIns(
        lines: ["1 check-in in all"],
        latest: [
            CheckedIn(
                id: "check-in", who: "Marta", on: Answers.ninth, mood: .okay, wish: .call,
                note: "A long shift, and Tomás called.")
        ])
    public var promises = [
        Promised(
            id: "promise", title: "Walk after dinner", who: "Dani", isMine: true, asksMe: false,
            days: [PromisedDay(dueOn: Answers.ninth, outcome: "to do", isOpen: true)])
    ]
    public var encouragements = [
        Encouraging(
            id: "note", who: "Lena", isMine: false, to: ["Dani"], text: "Soup is on the stove.", hearts: ["Marta"],
            isMyHeart: false)
    ]
    public var celebrations = [Answers.dinner]
    public var days = Days(
        lines: ["30 days in all"], milestones: [Reached(title: "30 days", on: Answers.ninth, isCelebrated: false)],
        mine: ["one day at a time"], others: [Card(name: "Lena", lines: ["a good week"])], isCounting: true)
    public var guidance = ["One small step is enough for today."]
    public var journal = [JournalPage(id: "page", on: Answers.ninth, text: "I walked past the old corner.")]
    public var people = People(
        circle: Answers.reyes,
        phones: [Phone(id: "phone", who: "Marta", name: nil, isNear: true, line: "up to date, 9 February 2026")])
    public var history = [
        HistoryLine(
            who: "Lena", on: WallTime(day: Answers.ninth, hour: 10), deed: .edited,
            changes: [Change(field: .place, from: ["Luigi's"], to: "Nonna's kitchen")])
    ]
    public var settings = Settings(
        devices: [Device(id: "this", who: "Dani", name: nil, isThis: true)], usedBytes: 180_000, trashBytes: 0,
        version: "0.1.0")
    /// What a pairing goes through.
    public var stages: [Stage] = [
        .words(["river", "lamp", "seven", "oak"]),
        .here(Welcome(circle: "Reyes", people: ["Lena", "Marta"], terms: "What is shared stays shared.")), .done,
    ]

    public init() {}

    private static let ninth = Day(rawValue: "2026-02-09") ?? Day(.distantPast)

    private static let reyes = Circle(
        name: "Reyes",
        people: [
            Person(id: "dani", name: "Dani", isMe: true, isYoung: false),
            Person(id: "iris", name: "Iris", isMe: false, isYoung: true),
            Person(id: "marta", name: "Marta", isMe: false, isYoung: false),
        ])

    private static let firstScreen = Today(
        name: "Dani", date: ninth, daysLines: ["30 days in all"],
        asks: [.milestone(text: "30 days by your count. Share it?", MilestoneRef(title: "30 days", reachedOn: ninth))],
        due: [Due(promise: "promise", title: "Walk after dinner", dueOn: ninth)],
        news: [News(record: "note", who: "Lena", what: .encouraged, text: "Soup is on the stove.")],
        coming: [Coming(on: ninth.adding(days: 5), text: "Family dinner out", celebration: "dinner")])

    private static let dinner = Celebrating(
        id: "dinner", version: "1", title: "Family dinner out", place: "Luigi's",
        at: WallTime(day: ninth.adding(days: 5), hour: 19), stage: .planned,
        replies: [Replied(who: "Marta", reply: .yes)],
        apart: [
            Apart(
                field: .place, name: "place",
                versions: [
                    Version(number: 0, who: "Marta", text: "Luigi's"),
                    Version(number: 1, who: "Lena", text: "Nonna's kitchen"),
                ])
        ])
}
