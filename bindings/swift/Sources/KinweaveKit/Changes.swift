import Foundation

/// Passes on that something is new.
private final class Bell: Observer {
    private let ring: @Sendable () -> Void

    init(_ ring: @escaping @Sendable () -> Void) {
        self.ring = ring
    }

    func changed() throws {
        ring()
    }
}

extension Kinweave {
    /// Yields at once, and then whenever something is new: once for all that came while the loop was busy. Nothing is missed
    /// between the first and the next.
    ///
    /// It ends when the task that iterates is cancelled; without an element if the home is closed.
    public func changes() async -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        guard let subscription = try? await onChange(observer: Bell { continuation.yield() }) else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { _ in subscription.cancel() }
        continuation.yield()
        return stream
    }

    /// What `read` answers now, and again whenever something is new: `home.observe { try await $0.list(query: query) }`.
    ///
    /// While the home is paused it stands still; it goes on with ``resume()``. Other errors of `read` end the stream, and are
    /// thrown to whoever iterates.
    public func observe<T: Sendable>(
        _ read: @escaping @Sendable (Kinweave) async throws -> T
    ) -> AsyncThrowingStream<T, any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: T.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task {
            do {
                for await _ in await changes() {
                    do {
                        continuation.yield(try await read(self))
                    } catch KinweaveError.paused {
                        continue
                    }
                }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
