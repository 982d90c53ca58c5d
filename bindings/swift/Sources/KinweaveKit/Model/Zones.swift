import Foundation

extension TimeZone {
    /// With the offset there now: the core may be older than this phone, and not know the name.
    var parts: ZoneParts { ZoneParts(name: identifier, offsetMinutes: Int32(secondsFromGMT() / 60)) }

    init(_ parts: ZoneParts) {
        self = TimeZone(identifier: parts.name) ?? TimeZone(secondsFromGMT: Int(parts.offsetMinutes ?? 0) * 60) ?? .gmt
    }
}
