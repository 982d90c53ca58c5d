import Foundation
import KinweaveKit
import Observation
import Testing

/// The code of README.md, which runs here.
private enum Guide {
    // guide: open
    static func openHome(in directory: URL, keyStore: any KeyStore) async throws -> Kinweave {
        try await Kinweave.open(
            directory: directory.appendingPathComponent("home"),
            keyStore: keyStore,
            timeZone: TimeZone(identifier: "America/New_York")!)
    }

    // guide: first record
    static func checkIn(_ home: Kinweave) async throws {
        _ = try await home.createCircle(circleName: "Reyes", displayName: "Marta")
        let day = CheckIn(
            on: CivilDate(year: 2026, month: 2, day: 9)!,
            checkInKind: .daily,
            band: .okay,
            note: "A long shift, and Tomás called.")
        try await home.add(.checkIn(day), with: .onlyMe)
    }

    // guide: edit
    static func correct(_ home: Kinweave, _ seen: Record) async throws {
        guard case .checkIn(var day) = seen.body else { return }
        day.band = .good
        try await home.edit(id: seen.id, version: seen.version, body: .checkIn(day))
    }

    // guide: observe
    static func firstNote(_ home: Kinweave) async throws -> String? {
        let checkIns = home.observe { try await $0.list(query: ListQuery(kinds: [RecordKind.checkIn])).records }
        for try await records in checkIns {
            guard case .checkIn(let day) = records.first?.body else { continue }
            return day.note
        }
        return nil
    }

    // guide: store
    @MainActor
    static func makeStore(_ home: Kinweave) -> KinweaveStore<[Record]> {
        KinweaveStore(home) { try await $0.list(query: ListQuery()).records }
    }

    // guide: pair
    static func pair(_ marta: Kinweave, _ dani: Kinweave) async throws {
        let here = Endpoint(ip: "127.0.0.1", port: 0)
        let inviting = try await marta.invite(invitation: .newMember(role: .member, guardian: nil), listenOn: here)
        let joining = try await dani.join(code: inviting.code()!, displayName: "Dani")

        // Both screens show the same four words, and both people say so.
        guard case .words = try await inviting.next(timeoutMs: 20_000),
            case .words = try await joining.next(timeoutMs: 20_000)
        else { return }
        try await inviting.confirmWords(same: true)
        try await joining.confirmWords(same: true)

        // Only now is Dani told who is here, and says yes.
        guard case .here = try await joining.next(timeoutMs: 20_000) else { return }
        try await joining.accept()
        guard case .done = try await joining.next(timeoutMs: 20_000) else { return }
        _ = try await inviting.next(timeoutMs: 20_000)
    }

    // guide: sync
    static func meet(_ marta: Kinweave, _ dani: Kinweave) async throws -> Bool {
        let address = try await marta.listen(address: Endpoint(ip: "127.0.0.1", port: 0))
        return try await dani.meet(device: marta.circle().device, address: address).equal
    }

    // guide: background
    @MainActor
    static func makeLifecycle(_ home: Kinweave) -> HomeLifecycle {
        HomeLifecycle(home) { home in
            try await home.setZone(zone: .current)
            _ = try await home.listen(address: Endpoint(ip: "0.0.0.0", port: 0))
        }
    }

    // guide: errors
    static func advice(_ error: KinweaveError) -> String {
        switch error {
        case .diskFull: "Nothing was lost. Make some space, and try again."
        case .storageUnavailable: "The phone is still locked. Try again in a moment."
        default: error.localizedDescription
        }
    }

    // guide: what is set aside
    static func advice(_ reason: SetAsideReason) -> String {
        switch reason {
        case .needsNewerApp: "Update this app to read it. Nothing is lost."
        case .incomplete: "It appears once more of your phones have met."
        case .unknownPhone: "It appears once this phone knows whose it is."
        case .recordFull: "Go on in a new entry."
        case .secondCopy: "Look at what is shown, and write again what is missing."
        case .againstRules: "It isn't shown, and nothing else has changed."
        }
    }

    // guide: test
    static func aMonthLater(in directory: URL, keyStore: any KeyStore) async throws -> CivilDate {
        let noon = ZonedTime(
            day: CivilDate("2026-02-09")!, hour: 12, minute: 0, zone: "America/New_York")
        let clock = SettableClock(time: noon)
        let home = try await Kinweave.open(directory: directory, keyStore: keyStore, clock: clock)
        _ = try await home.createCircle(circleName: "Reyes", displayName: "Marta")
        let later = noon.day.adding(days: 30)
        clock.set(time: ZonedTime(day: later, hour: 12, minute: 0, zone: "America/New_York"))
        let today = try await home.today(date: later)
        try await home.close()
        return today.date
    }

    // guide: end
}

@Suite struct GuideTests {
    @Test func whatThePageShowsWorks() async throws {
        let files = Folder()
        let marta = try await Guide.openHome(in: files.url.appendingPathComponent("marta"), keyStore: Drawer())
        let dani = try await Guide.openHome(in: files.url.appendingPathComponent("dani"), keyStore: Drawer())
        try await Guide.checkIn(marta)
        let record = try #require(try await marta.list(query: ListQuery(kinds: [RecordKind.checkIn])).records.first)
        try await Guide.correct(marta, record)
        guard case .checkIn(let day) = try await marta.get(id: record.id).body else { throw Unexpected.body }
        #expect(day.band == .good)
        #expect(try await Guide.firstNote(marta) == "A long shift, and Tomás called.")
        let store = await Guide.makeStore(marta)
        #expect(await store.value == nil)
        try await Guide.pair(marta, dani)
        #expect(try await Guide.meet(marta, dani))
        #expect(try await dani.setAside().isEmpty)
        await Guide.makeLifecycle(marta).enter(.background).value
        await #expect(throws: KinweaveError.paused) { try await marta.circle() }
        #expect(Guide.advice(.diskFull).contains("space"))
        #expect(!Guide.advice(.busy).isEmpty)
        #expect(Guide.advice(SetAsideReason.needsNewerApp).contains("Nothing is lost"))
        let later = try await Guide.aMonthLater(in: files.url.appendingPathComponent("later"), keyStore: Drawer())
        #expect(later.description == "2026-03-11")
        try await marta.close()
        try await dani.close()
    }

    @Test func thePageShowsTheseVeryWords() throws {
        let here = URL(fileURLWithPath: #filePath)
        let page = here.appendingPathComponent("../../../README.md").standardizedFileURL
        let source = try String(contentsOf: here, encoding: .utf8)
        var parts = source.components(separatedBy: "\n    // guide: ").dropFirst().map { part in
            part.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        }
        parts.removeLast()
        let ran = parts.map { lines in
            lines.map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }.joined(separator: "\n")
                .replacingOccurrences(of: "static func", with: "func")
                .trimmingCharacters(in: .newlines)
        }
        let shown = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
            .map { ($0.components(separatedBy: "```").first ?? "").trimmingCharacters(in: .newlines) }
        #expect(shown == ran)
    }
}
