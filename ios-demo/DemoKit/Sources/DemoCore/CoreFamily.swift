import DemoFamily
import Foundation
import KinweaveKit

/// The real family. This target, beside the app's `Platform`, is all that knows the library: it asks, and answers in the app's
/// own words. Each room of the app has its questions in a file of its own.
public actor CoreFamily: Family {
    let home: Kinweave
    var speech: Speech
    private let now: @Sendable () -> ZonedTime
    private let here: @Sendable () -> String

    /// - Parameters:
    ///   - language: A tag of BCP 47.
    ///   - now: The time on this phone's wall.
    ///   - here: Where another phone can reach this one, to be put in a code.
    public init(
        _ home: Kinweave, language: String, now: @escaping @Sendable () -> ZonedTime,
        here: @escaping @Sendable () -> String
    ) {
        self.home = home
        self.now = now
        self.here = here
        speech = Speech(tag: language)
    }

    public func changes() async -> AsyncStream<Void> {
        await home.changes()
    }

    public func date() async -> Day { Day(today) }

    public func circle() async throws(FamilyError) -> Circle? {
        try await asking {
            do {
                return Circle(try await home.circle())
            } catch KinweaveError.noCircle {
                return nil
            }
        }
    }

    public func createCircle(name: String, myName: String) async throws(FamilyError) {
        try await asking { _ = try await home.createCircle(circleName: name, displayName: myName) }
    }

    public func history(record: String) async throws(FamilyError) -> [HistoryLine] {
        try await asking {
            let names = try await whoIsHere().names
            return try await home.history(id: RecordId(record)).map { step in
                let on = step.at.map { minutes in
                    WallTime(ZonedTime(Date(timeIntervalSince1970: TimeInterval(minutes) * 60), in: zone))
                }
                let changes = step.changes.compactMap(speech.change)
                return HistoryLine(
                    who: names[step.member] ?? "", on: on, deed: DemoFamily.Deed(step.deed), changes: changes)
            }
        }
    }

    public func remove(record: String) async throws(FamilyError) {
        try await asking { try await home.erase(id: RecordId(record)) }
    }

    public func speak(_ language: String) async throws(FamilyError) {
        try await asking {
            speech = Speech(tag: language)
            try await home.setLanguage(language: speech.language)
        }
    }

    var today: CivilDate { now().day }

    var zone: TimeZone { TimeZone(identifier: now().zone) ?? .current }

    var zoneName: String { now().zone }

    /// Another phone gets it in a code.
    var listeningPlace: Endpoint { Endpoint(ip: here(), port: 0) }

    /// The owner of this phone, and everyone's name by member.
    func whoIsHere() async throws -> (me: MemberId, names: [MemberId: String]) {
        let circle = try await home.circle()
        return (circle.me, Dictionary(uniqueKeysWithValues: circle.people.map { ($0.member, $0.name) }))
    }

    /// The newest first.
    func newest(_ kind: String) async throws -> [Record] {
        try await home.list(query: ListQuery(kinds: [kind], limit: Self.listLength)).records
    }

    private static let listLength: UInt32 = 200
}

extension Circle {
    init(_ view: CircleView) {
        self.init(
            name: view.name,
            people: view.people.map { person in
                let isYoung = if case .youngMember = person.role { true } else { false }
                return Person(id: person.member.text, name: person.name, isMe: person.isMe, isYoung: isYoung)
            })
    }
}

extension Day {
    init(_ date: CivilDate) {
        self.init(date.start(in: .gmt), in: .gmt)
    }

    var civil: CivilDate { CivilDate(noon(in: .gmt), in: .gmt) }
}

extension WallTime {
    init(_ time: ZonedTime) {
        self.init(day: Day(time.day), hour: time.hour, minute: time.minute)
    }
}

extension DemoFamily.Deed {
    init(_ deed: KinweaveKit.Deed) {
        self =
            switch deed {
            case .made: .made
            case .rewrote: .rewrote
            case .edited: .edited
            case .settled: .settled
            }
    }
}

extension String {
    /// Nil of what is blank.
    var ifAny: String? { allSatisfy(\.isWhitespace) ? nil : self }
}
