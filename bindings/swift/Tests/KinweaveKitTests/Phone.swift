import Foundation
import KinweaveKit
import Testing

let anywhere = Endpoint(ip: "127.0.0.1", port: 0)
let patienceMs: UInt64 = 20_000

/// The day that is written like `2026-02-14`.
func day(_ text: String) -> CivilDate {
    CivilDate(text)!
}

/// New York time, where the stories are set: `newYork("2026-02-14", 19)`.
func newYork(_ date: String, _ hour: Int, _ minute: Int = 0) -> ZonedTime {
    ZonedTime(day: day(date), hour: hour, minute: minute, zone: "America/New_York")
}

/// A folder that goes with whoever holds it.
final class Folder: Sendable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("kinweave-\(UUID())")

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}

/// A phone of a story: a home of its own, a clock that is set, a port that is listened on.
actor Phone {
    nonisolated let home: Kinweave
    nonisolated let clock: SettableClock
    private let folder: Folder
    private var listensAt: Endpoint?

    init(_ now: ZonedTime) async throws {
        folder = Folder()
        clock = SettableClock(time: now)
        home = try await Kinweave.open(
            directory: folder.url.appendingPathComponent("home"), keyStore: Drawer(),
            timeZone: TimeZone(identifier: "America/New_York")!, clock: clock)
    }

    /// Marta's, with a circle of its own.
    static func withCircle() async throws -> Phone {
        let phone = try await Phone(newYork("2026-02-09", 10))
        _ = try await phone.home.createCircle(circleName: "Reyes", displayName: "Marta")
        return phone
    }

    static func several(_ count: Int, _ now: ZonedTime) async throws -> [Phone] {
        var phones: [Phone] = []
        for _ in 0..<count { phones.append(try await Phone(now)) }
        return phones
    }

    func me() async throws -> MemberId { try await home.circle().me }

    func device() async throws -> DeviceKey { try await home.circle().device }

    func person(_ name: String) async throws -> MemberId {
        try #require(try await home.circle().people.first { $0.name == name }).member
    }

    func address() async throws -> Endpoint {
        if let listensAt { return listensAt }
        let address = try await home.listen(address: anywhere)
        listensAt = address
        return address
    }

    /// Meets another phone: this one dials.
    @discardableResult
    func meet(_ other: Phone) async throws -> Meeting {
        try await home.meet(device: other.device(), address: other.address())
    }

    /// Lets `newcomer` in, with everything two people do at a kitchen table.
    func invite(_ newcomer: Phone, _ name: String, _ role: Role = .member, guardian: MemberId? = nil) async throws {
        try await pair(newcomer, name, .newMember(role: role, guardian: guardian))
    }

    /// Adds a device of one's own.
    func add(device: Phone) async throws {
        try await pair(device, "me", .ownDevice)
    }

    private func pair(_ newcomer: Phone, _ name: String, _ invitation: Invitation) async throws {
        let inviting = try await home.invite(invitation: invitation, listenOn: anywhere)
        let joining = try await newcomer.home.join(code: try #require(inviting.code()), displayName: name)
        let here = try await inviting.next(timeoutMs: patienceMs)
        let there = try await joining.next(timeoutMs: patienceMs)
        #expect(here == there, "nobody stands between them")
        try await inviting.confirmWords(same: true)
        try await joining.confirmWords(same: true)
        guard case .here = try await joining.next(timeoutMs: patienceMs) else { throw Unexpected.step }
        try await joining.accept()
        for side in [joining, inviting] {
            guard case .done = try await side.next(timeoutMs: patienceMs) else { throw Unexpected.step }
        }
    }

    /// All records of a kind that the owner may see, the oldest first.
    func all(_ kind: String) async throws -> [Record] {
        try await home.list(query: ListQuery(kinds: [kind], oldestFirst: true, limit: 1_000)).records
    }

    /// The only record of a kind.
    func only(_ kind: String) async throws -> Record {
        let all = try await all(kind)
        #expect(all.count == 1, "records of kind \(kind)")
        return try #require(all.first)
    }

    /// The texts of all good words here.
    func texts() async throws -> [String] {
        try await all(RecordKind.encouragement).compactMap { record in
            guard case .encouragement(let note) = record.body else { return nil }
            return note.text
        }
    }
}

enum Unexpected: Error {
    case step
    case body
}

/// Good words.
func note(_ text: String) -> Body {
    .encouragement(Encouragement(text: text, encouragementKind: .encouragement))
}

/// A timeline from 12 January 2026, when Dani's count begins.
func timeline() -> Body {
    .recoveryTimeline(
        RecoveryTimeline(
            firstStartOn: day("2026-01-12"), countingStyle: .totalFirst, dayLabelConvention: .completedDays))
}
