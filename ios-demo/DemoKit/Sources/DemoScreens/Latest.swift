import DemoFamily
import Observation

/// What a screen shows: nothing yet, what it is about, or why there is nothing.
public enum ScreenState<Content: Equatable & Sendable>: Equatable, Sendable {
    case loading
    case shown(Content)
    case failed(Problem)
}

/// What the family answers now, and again whenever something is new, for as long as somebody looks. While the app is in the
/// background the home rests, and what was shown stays.
@MainActor
@Observable
public final class Latest<Content: Equatable & Sendable> {
    public private(set) var state = ScreenState<Content>.loading

    @ObservationIgnored private let family: any Family
    @ObservationIgnored private let read: @Sendable (any Family) async throws -> Content

    public init(_ family: any Family, read: @escaping @Sendable (any Family) async throws -> Content) {
        self.family = family
        self.read = read
    }

    /// Keeps ``state`` the latest until its task is cancelled, as a view's is when it goes.
    public func follow() async {
        for await _ in await family.changes() {
            do {
                show(.shown(try await read(family)))
            } catch {
                let problem = Problem(error)
                if problem != .busy { show(.failed(problem)) }
            }
        }
    }

    /// Whoever looks is told only of what differs.
    private func show(_ latest: ScreenState<Content>) {
        if latest != state { state = latest }
    }
}
