import DemoFamily
import Observation

/// What a person does on a screen: one thing at a time, and what didn't work is told.
@MainActor
@Observable
public final class Deeds {
    /// Why the last deed came to nothing.
    public private(set) var problem: Problem?

    /// Whether a deed is under way; a second tap meanwhile does nothing.
    public private(set) var isWorking = false

    public init() {}

    /// Does `work`, and then `after` if it came about.
    public func start(
        after: @escaping @MainActor () -> Void = {},
        _ work: @escaping @MainActor () async throws -> Void
    ) {
        guard !isWorking else { return }
        isWorking = true
        problem = nil
        Task {
            defer { isWorking = false }
            do {
                try await work()
                after()
            } catch {
                problem = Problem(error)
            }
        }
    }
}
