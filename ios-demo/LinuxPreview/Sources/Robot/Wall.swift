import Foundation
import KinweaveKit

/// A clock that is set, on the wall and in the core.
final class Wall: @unchecked Sendable {
    let settable: SettableClock
    private let lock = NSLock()
    private var shown: ZonedTime

    init(_ start: ZonedTime) {
        shown = start
        settable = SettableClock(time: start)
    }

    var now: ZonedTime {
        get { lock.withLock { shown } }
        set {
            lock.withLock { shown = newValue }
            settable.set(time: newValue)
        }
    }
}
