import Foundation
import KinweaveKit
import Testing

@MainActor
private final class Errors {
    var told: [any Error] = []
}

@MainActor
@Suite struct LifecycleTests {
    @Test func aHomeIsPausedAndResumedInOrder() async throws {
        let phone = try await Phone.withCircle()
        let (asked, answered) = AsyncStream.makeStream(of: String.self)
        let lifecycle = HomeLifecycle(phone.home) { home in answered.yield(try await home.circle().name) }
        await lifecycle.enter(.background).value
        await #expect(throws: KinweaveError.paused) { try await phone.home.circle() }
        await lifecycle.enter(.foreground).value
        var names = asked.makeAsyncIterator()
        #expect(await names.next() == "Reyes")
        lifecycle.enter(.background)
        lifecycle.enter(.foreground)
        await lifecycle.enter(.background).value
        await #expect(throws: KinweaveError.paused) { try await phone.home.circle() }
        await lifecycle.enter(.foreground).value
        #expect(try await phone.home.circle().name == "Reyes")
    }

    @Test func aLockedKeyStoreIsToldAndTheNextTimeItWorks() async throws {
        let (folder, keys, errors) = (Folder(), Drawer(), Errors())
        let home = try await Kinweave.open(directory: folder.url, keyStore: keys)
        _ = try await home.createCircle(circleName: "Reyes", displayName: "Marta")
        let lifecycle = HomeLifecycle(home, onError: { errors.told.append($0) })
        lifecycle.enter(.background)
        keys.fails(KinweaveError.storageUnavailable)
        await lifecycle.enter(.foreground).value
        #expect(errors.told.map { $0 as? KinweaveError } == [.storageUnavailable])
        keys.fails(nil)
        await lifecycle.enter(.foreground).value
        #expect(try await home.circle().name == "Reyes")
        #expect(errors.told.count == 1)
        try await home.close()
    }

    @Test func aStreamStandsStillWhileTheHomeIsPaused() async throws {
        let phone = try await Phone.withCircle()
        let lifecycle = HomeLifecycle(phone.home)
        var names = phone.home.observe { try await $0.circle().name }.makeAsyncIterator()
        #expect(try await names.next() == "Reyes")
        await lifecycle.enter(.background).value
        await lifecycle.enter(.foreground).value
        try await phone.home.add(note("Back again."))
        #expect(try await names.next() == "Reyes")
    }
}
