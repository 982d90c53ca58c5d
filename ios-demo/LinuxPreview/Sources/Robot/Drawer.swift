import Foundation
import KinweaveKit

/// New York time, where the stories are set.
public func newYork(_ day: String, _ hour: Int) -> ZonedTime {
    ZonedTime(day: CivilDate(day)!, hour: hour, minute: 0, zone: "America/New_York")
}

/// A key store in memory.
public final class Drawer: KeyStore, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: Data?

    public init() {}

    public func load() throws -> Data? { lock.withLock { kept } }

    public func save(key: Data) throws { lock.withLock { kept = key } }
}

public enum Folder {
    public static func new() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("kinweave-\(UUID())")
    }
}
