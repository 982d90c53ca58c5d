import Foundation
import KinweaveKit

/// A key store in memory, which can be locked, as a phone's is before it is first unlocked.
final class Drawer: KeyStore, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: Data?
    private var trouble: (any Error)?

    var key: Data? { lock.withLock { kept } }

    func fails(_ problem: (any Error)?) {
        lock.withLock { trouble = problem }
    }

    func load() throws -> Data? {
        try lock.withLock {
            if let trouble { throw trouble }
            return kept
        }
    }

    func save(key: Data) throws {
        try lock.withLock {
            if let trouble { throw trouble }
            kept = key
        }
    }
}
