import Foundation
import KinweaveKit
import Testing

/// What an app's code throws.
private struct Trouble: Error {}

/// A connection whose code is wrong.
private final class BrokenTransport: Transport {
    func write(bytes: Data) throws -> Bool { throw Trouble() }

    func end() throws { throw Trouble() }
}

/// A radio whose code is wrong.
private final class BrokenRadio: Discovery {
    func announce(announcement: Announcement) throws { throw Trouble() }

    func withdraw() throws { throw Trouble() }

    func look(sightings: SightingSink) throws { throw Trouble() }

    func stop() throws { throw Trouble() }
}

/// A log whose code is wrong.
private final class BrokenLog: LogSink {
    func log(level: LogLevel, line: String) throws { throw Trouble() }
}

/// Tells of every call, and then throws.
private final class Screen: Observer {
    let calls: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (calls, continuation) = AsyncStream.makeStream()
    }

    func changed() throws {
        continuation.yield()
        throw Trouble()
    }
}

/// Whether this ends with the error that tells of a mistake in the app's own code.
private func isCallbackFailed(_ work: () async throws -> Void) async -> Bool {
    do {
        try await work()
        return false
    } catch KinweaveError.callbackFailed {
        return true
    } catch {
        return false
    }
}

/// What a home does when the app, or the code that it lends, misbehaves or goes away.
@Suite struct EdgesTests {
    private let start = newYork("2026-02-09", 10)

    @Test func aPhoneInAZoneThatTheCoreDoesNotKnowIsWhereItsOffsetSays() async throws {
        let phone = try await Phone.withCircle()
        try await phone.home.setZone(zone: TimeZone(secondsFromGMT: 14 * 3_600)!)
        try await phone.home.setZone(zone: TimeZone(identifier: "America/New_York")!)
    }

    @Test func theCurrentStateComesFirstThenWhatIsWrittenAndNothingAfterTheEnd() async throws {
        let phone = try await Phone.withCircle()
        let counts = phone.home.observe { home in
            try await home.list(query: ListQuery(kinds: [RecordKind.encouragement])).records.count
        }
        var seen = counts.makeAsyncIterator()
        #expect(try await seen.next() == 0)
        try await phone.home.add(note("We saved you a seat."))
        var latest = 0
        while latest < 1 { latest = try #require(try await seen.next()) }
        #expect(latest == 1)
    }

    @Test func aCancelledSubscriptionHearsNothingMore() async throws {
        let phone = try await Phone.withCircle()
        let (cancelled, other) = (Screen(), Screen())
        let subscription = try await phone.home.onChange(observer: cancelled)
        _ = try await phone.home.onChange(observer: other)
        subscription.cancel()
        subscription.cancel()
        try await phone.home.add(note("And soup."))
        // They are told in order by one thread: once the other was, the first would have been.
        var calls = other.calls.makeAsyncIterator()
        _ = await calls.next()
        let waiting = Task { await cancelled.calls.first { _ in true } }
        waiting.cancel()
        #expect(await waiting.value == nil)
    }

    @Test func aCancelledCallHasHappenedWholeOrNotAtAll() async throws {
        let phone = try await Phone.withCircle()
        for number in 0..<50 {
            let writing = Task { try await phone.home.add(note("Note \(number)")) }
            writing.cancel()
            _ = await writing.result
        }
        try await phone.home.add(note("The last"))
        #expect(try await phone.texts().contains("The last"))
        #expect(try await phone.home.check().isEmpty)
    }

    @Test func aClosedHomeSaysSoHoweverOften() async throws {
        let phone = try await Phone.withCircle()
        try await phone.home.close()
        try await phone.home.close()
        for _ in 0..<2 {
            await #expect(throws: KinweaveError.closed) { try await phone.home.circle() }
        }
        var changes = await phone.home.changes().makeAsyncIterator()
        #expect(await changes.next() == nil)
    }

    @Test func sixteenAtOnce() async throws {
        let phone = try await Phone.withCircle()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask {
                    for turn in 0..<5 { try await phone.home.add(note("\(turn) of \(number)")) }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(try await phone.texts()).count == 80)
        #expect(try await phone.home.check().isEmpty)
    }

    @Test func aKeyStoreThatThrowsIsATypedErrorAndTheHomeOpensWhenItNoLongerDoes() async throws {
        let (folder, keys) = (Folder(), Drawer())
        keys.fails(Trouble())
        #expect(await isCallbackFailed { _ = try await Kinweave.open(directory: folder.url, keyStore: keys) })
        keys.fails(KinweaveError.storageUnavailable)
        await #expect(throws: KinweaveError.storageUnavailable) {
            try await Kinweave.open(directory: folder.url, keyStore: keys)
        }
        #expect(keys.key == nil)
        keys.fails(nil)
        let home = try await Kinweave.open(directory: folder.url, keyStore: keys)
        _ = try await home.createCircle(circleName: "Reyes", displayName: "Marta")
        try await home.pause()
        keys.fails(KinweaveError.storageUnavailable)
        await #expect(throws: KinweaveError.storageUnavailable) { try await home.resume() }
        keys.fails(nil)
        try await home.resume()
        #expect(try await home.circle().name == "Reyes")
        try await home.close()
    }

    @Test func anObserverAndALogThatThrowLoseNothing() async throws {
        let folder = Folder()
        let home = try await Kinweave.open(directory: folder.url, keyStore: Drawer(), log: BrokenLog())
        _ = try await home.createCircle(circleName: "Reyes", displayName: "Marta")
        let screen = Screen()
        _ = try await home.onChange(observer: screen)
        var calls = screen.calls.makeAsyncIterator()
        for turn in 0..<2 {
            try await home.add(note("Note \(turn)"))
            _ = await calls.next()
        }
        #expect(try await home.list(query: ListQuery(kinds: [RecordKind.encouragement])).records.count == 2)
        try await home.close()
    }

    @Test func aDiscoveryThatThrowsIsATypedError() async throws {
        let phone = try await Phone.withCircle()
        #expect(await isCallbackFailed { try await phone.home.discover(discovery: BrokenRadio()) })
        try await phone.home.add(note("The home goes on."))
        #expect(try await phone.texts().count == 1)
    }

    @Test func aPipeThatThrowsIsAConnectionThatIsLost() async throws {
        let (phone, other) = (try await Phone.withCircle(), try await Phone(start))
        try await phone.invite(other, "Dani")
        let end = phone.home.attach(transport: BrokenTransport())
        let device = try await other.device()
        await #expect(throws: KinweaveError.peerUnreachable) {
            try await phone.home.meetOver(end: end, device: device)
        }
        #expect(try await phone.meet(other).equal)
    }
}
