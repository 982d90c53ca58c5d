/// Pauses a home when its app leaves the foreground, and resumes it when it comes back: one after the other, in order.
///
/// A suspended app that holds a lock on a database is ended by iOS; a paused home holds none.
@MainActor
public final class HomeLifecycle {
    /// Where the app is.
    public enum Phase: Sendable {
        /// It is seen.
        case foreground
        /// It isn't seen any more, and may be suspended.
        case background
    }

    private let home: Kinweave
    private let onError: @MainActor (any Error) -> Void
    private let afterResume: @Sendable (Kinweave) async throws -> Void
    private var last = Task<Void, Never> {}

    /// For this home.
    ///
    /// - Parameters:
    ///   - afterResume: Connections end with a pause; this is where to listen and discover again, and to
    ///     say where the phone is now, with `setZone`.
    ///   - onError: Is told of what pausing or resuming threw, such as of a key store that is locked; the next change is
    ///     tried anew.
    public init(
        _ home: Kinweave,
        afterResume: @escaping @Sendable (Kinweave) async throws -> Void = { _ in },
        onError: @escaping @MainActor (any Error) -> Void = { _ in }
    ) {
        self.home = home
        self.onError = onError
        self.afterResume = afterResume
    }

    /// The app is there now. The task that is answered ends when the home is paused or resumed; on iOS wait for it between
    /// `beginBackgroundTask` and `endBackgroundTask`.
    @discardableResult
    public func enter(_ phase: Phase) -> Task<Void, Never> {
        let before = last
        last = Task {
            await before.value
            do {
                switch phase {
                case .foreground:
                    try await home.resume()
                    try await afterResume(home)
                case .background: try await home.pause()
                }
            } catch {
                onError(error)
            }
        }
        return last
    }
}

#if canImport(SwiftUI)
    import SwiftUI

    extension HomeLifecycle {
        /// For SwiftUI: `.onChange(of: scenePhase) { _, phase in lifecycle.enter(scenePhase: phase) }`. A scene that is
        /// only inactive, as under a call's banner, changes nothing.
        @discardableResult
        public func enter(scenePhase: ScenePhase) -> Task<Void, Never>? {
            switch scenePhase {
            case .active: enter(.foreground)
            case .background: enter(.background)
            default: nil
            }
        }
    }
#endif
