import Foundation
import KinweaveKit

/// Keeps a key for as long as this process lives.
private final class Drawer: KeyStore, @unchecked Sendable {
    private let lock = NSLock()
    private var key: Data?

    func load() throws -> Data? { lock.withLock { key } }

    func save(key: Data) throws { lock.withLock { self.key = key } }
}

/// What three calls cost in Swift, in microseconds; the twin of `tests/src/bin/calls.rs`, which does the same in Rust.
@main
@MainActor
private struct Calls {
    private static let checkIns: Int32 = 1_000
    private static let days: Int32 = 1_100

    static func main() async throws {
        let files = FileManager.default.temporaryDirectory.appendingPathComponent("kinweave-\(UUID())")
        let keys = Drawer()
        var home = try await open(files, keys)
        _ = try await home.createCircle(circleName: "Reyes", displayName: "Marta")
        for number in 0..<checkIns { try await home.add(checkIn(number)) }
        let thousand = ListQuery(kinds: [RecordKind.checkIn], limit: 1_000)
        try await say("list_1000", 101) { _ = try await home.list(query: thousand) }
        var number = checkIns
        try await say("add", 301) {
            number += 1
            try await home.add(checkIn(number))
        }
        try await home.close()
        let fifty = ListQuery(kinds: [RecordKind.checkIn], limit: 50)
        let firstList: @MainActor () async throws -> Void = {
            home = try await open(files, keys)
            _ = try await home.list(query: fifty)
        }
        try await say("open_list_50", 31, firstList, after: { try await home.close() })
        try FileManager.default.removeItem(at: files)
    }

    private static func open(_ files: URL, _ keys: Drawer) async throws -> Kinweave {
        let day = CivilDate(year: 2026, month: 2, day: 10) ?? CivilDate(daysSince1970: 0)
        let clock = SettableClock(time: ZonedTime(day: day, hour: 10, minute: 0, zone: "America/New_York"))
        let zone = TimeZone(identifier: "America/New_York") ?? .current
        return try await Kinweave.open(directory: files, keyStore: keys, timeZone: zone, clock: clock)
    }

    /// One every day, the newest in 2026.
    private static func checkIn(_ number: Int32) -> Body {
        let first = CivilDate(year: 2023, month: 1, day: 1) ?? CivilDate(daysSince1970: 0)
        let note = "Day \(number). A long shift, and Tomás called."
        return .checkIn(CheckIn(on: first.adding(days: number % days), checkInKind: .daily, band: .okay, note: note))
    }

    /// Times a call so many times, a third of it before for warmth, and says the median. What comes after a call isn't timed.
    private static func say(
        _ name: String, _ times: Int, _ call: @MainActor () async throws -> Void,
        after: @MainActor () async throws -> Void = {}
    ) async throws {
        for _ in 0..<(times / 3) {
            try await call()
            try await after()
        }
        var taken: [Duration] = []
        for _ in 0..<times {
            taken.append(try await ContinuousClock().measure { try await call() })
            try await after()
        }
        let median = taken.sorted()[times / 2].components
        let microseconds = Double(median.seconds) * 1e6 + Double(median.attoseconds) / 1e12
        print(name, String(format: "%.1f", microseconds))
    }
}
