import Foundation
import KinweaveKit
import Observation
import Testing

/// What SwiftUI does: waits for the next change of what was read.
@MainActor
private func nextChange(of read: @escaping @MainActor () -> Void) async {
    await withCheckedContinuation { continuation in
        withObservationTracking(read) { continuation.resume() }
    }
}

@MainActor
@Suite struct StoreTests {
    @Test func aStoreShowsTheLatestUntilItsTaskIsCancelled() async throws {
        let phone = try await Phone.withCircle()
        let store = KinweaveStore(phone.home) { home in
            try await home.list(query: ListQuery(kinds: [RecordKind.encouragement])).records.count
        }
        #expect(store.value == nil)
        let following = Task { await store.follow() }
        while store.value == nil { await nextChange { _ = store.value } }
        #expect(store.value == 0)
        try await phone.home.add(note("We saved you a seat."))
        while store.value != 1 { await nextChange { _ = store.value } }
        following.cancel()
        await following.value
        #expect(store.error == nil)
        try await phone.home.add(note("And soup."))
        #expect(store.value == 1)
    }

    @Test func aStoreTellsWhatWentWrongAndCanGoOn() async throws {
        let phone = try await Phone.withCircle()
        let keys = Drawer()
        let store = KinweaveStore(phone.home) { home in
            if try keys.load() == nil { throw KinweaveError.busy }
            return try await home.circle().name
        }
        await store.follow()
        #expect(store.error as? KinweaveError == .busy)
        try keys.save(key: Data([1]))
        let following = Task { await store.follow() }
        while store.value == nil { await nextChange { _ = store.value } }
        #expect(store.value == "Reyes")
        #expect(store.error == nil)
        following.cancel()
        await following.value
    }
}
