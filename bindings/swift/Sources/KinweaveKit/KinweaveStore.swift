import Observation

/// What a home answers, for SwiftUI to show: the current state, and then each newer one.
///
///     @State var store = KinweaveStore(home) { try await $0.list(query: ListQuery()).records }
///
///     List(store.value ?? []) { record in … }.task { await store.follow() }
@MainActor
@Observable
public final class KinweaveStore<Value: Sendable> {
    /// The latest; nil before the first.
    public private(set) var value: Value?

    /// What ended ``follow()`` the last time; nil while all is well.
    public private(set) var error: (any Error)?

    @ObservationIgnored private let home: Kinweave
    @ObservationIgnored private let read: @Sendable (Kinweave) async throws -> Value

    /// A store of what `read` answers. Nothing is read before ``follow()``.
    public init(_ home: Kinweave, read: @escaping @Sendable (Kinweave) async throws -> Value) {
        self.home = home
        self.read = read
    }

    /// Keeps ``value`` the latest until its task is cancelled, as a view's is when it goes, or until `read` throws, which
    /// ``error`` then tells. It stands still while the home is paused. May be called again.
    public func follow() async {
        error = nil
        do {
            for try await latest in home.observe(read) { value = latest }
        } catch {
            self.error = error
        }
    }
}
