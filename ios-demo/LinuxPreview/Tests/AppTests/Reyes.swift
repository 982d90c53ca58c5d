import DemoCore
import DemoFamily
import Foundation
import KinweaveKit
import Robot
import Testing

let here = Endpoint(ip: "127.0.0.1", port: 0)
private let patienceMs: UInt64 = 20_000

/// The phones of Marta and Lena, with homes of their own, for an app that is Dani's. Real files, real sockets.
@MainActor final class Reyes {
    let marta: Kinweave
    let lena: Kinweave
    private let addressOfLena: Endpoint

    init(_ start: ZonedTime = newYork("2026-02-09", 10)) async throws {
        marta = try await Self.phone(start)
        lena = try await Self.phone(start)
        _ = try await marta.createCircle(circleName: "Reyes", displayName: "Marta")
        let inviting = try await marta.invite(invitation: .newMember(role: .member, guardian: nil), listenOn: here)
        let joining = try await lena.join(code: try #require(inviting.code()), displayName: "Lena")
        for side in [inviting, joining] { _ = try await side.next(timeoutMs: patienceMs) }
        for side in [inviting, joining] { try await side.confirmWords(same: true) }
        _ = try await joining.next(timeoutMs: patienceMs)
        try await joining.accept()
        for side in [joining, inviting] { _ = try await side.next(timeoutMs: patienceMs) }
        addressOfLena = try await lena.listen(address: here)
    }

    private static func phone(_ start: ZonedTime) async throws -> Kinweave {
        try await Kinweave.open(
            directory: Folder.new().appendingPathComponent("home"), keyStore: Drawer(),
            timeZone: TimeZone(identifier: "America/New_York")!, clock: SettableClock(time: start))
    }

    /// Marta lets the app in, on its own screens, with everything two people do at a kitchen table.
    func letIn(_ app: AppRobot, _ name: String) async throws {
        try await app.tap("Join a circle")
        let inviting = try await marta.invite(invitation: .newMember(role: .member, guardian: nil), listenOn: here)
        try await app.type(name, into: "Your name")
        try await app.type(try #require(inviting.code()), into: "The code")
        try await app.tap("Join")
        guard case .words(let words) = try await inviting.next(timeoutMs: patienceMs) else { throw Unexpected.step }
        for word in words { try await app.see(word) }
        try await inviting.confirmWords(same: true)
        try await app.tap("Yes, the same")
        try await app.see("Here are: Lena, Marta")
        try await app.tap("Join them")
        try await app.see("Hello, \(name)")
        _ = try await inviting.next(timeoutMs: patienceMs)
        try await app.until("\(name)'s phone listens") { app.phone.address != nil }
    }

    /// Marta calls the app's phone, which listens once it is in a circle.
    func martaMeets(_ app: AppRobot) async throws {
        let (me, lenas) = (try await marta.circle().me, try await lena.circle().me)
        let device = try #require(try await marta.devices().first { $0.member != me && $0.member != lenas })
        let port = try #require(app.phone.address).port
        _ = try await marta.meet(device: device.device, address: Endpoint(ip: "127.0.0.1", port: port))
    }

    func martaMeetsLena() async throws {
        _ = try await marta.meet(device: lena.circle().device, address: addressOfLena)
    }

    /// Lena has an idea, and then both say another place, neither knowing of the other.
    func planApart() async throws {
        try await martaMeetsLena()
        try await lena.add(.celebration(Celebration(idea: "family_dinner_outing", alcoholFree: true)), with: .everyone)
        try await martaMeetsLena()
        for (home, place) in [(marta, "Luigi's"), (lena, "Nonna's kitchen")] {
            let (seen, celebration) = try await self.celebration(home)
            let planned = Celebration(
                idea: celebration.idea, place: place, at: newYork("2026-02-14", 19), alcoholFree: true)
            _ = try await home.edit(id: seen.id, version: seen.version, body: .celebration(planned))
        }
        try await martaMeetsLena()
    }

    /// Where Marta's phone believes the dinner is.
    func placeAtMartas() async throws -> String? {
        let (seen, celebration) = try await celebration(marta)
        return seen.conflicts.isEmpty ? celebration.place : nil
    }

    func checkIn(_ who: Kinweave, _ band: Band, _ note: String) async throws {
        let day = CheckIn(on: CivilDate("2026-02-09")!, checkInKind: .daily, band: band, note: note)
        let record = try await who.add(.checkIn(day), with: .onlyMe)
        _ = try await who.shareCheckIn(id: record.id, with: .circle, part: .whole(withCraving: false))
    }

    func encourage(_ who: Kinweave, _ text: String) async throws {
        let note = Encouragement(text: text, encouragementKind: .encouragement)
        try await who.add(.encouragement(note), with: .everyone)
    }

    func notesAtMartas() async throws -> Int {
        try await marta.list(query: ListQuery(kinds: [RecordKind.encouragement], limit: 1_000)).records.count
    }

    private func celebration(_ home: Kinweave) async throws -> (Record, Celebration) {
        let page = try await home.list(query: ListQuery(kinds: [RecordKind.celebration]))
        guard let record = page.records.first, case .celebration(let body) = record.body else { throw Unexpected.body }
        return (record, body)
    }
}

enum Unexpected: Error {
    case step
    case body
}
