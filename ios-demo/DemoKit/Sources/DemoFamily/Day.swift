import Foundation

/// A day of the calendar, anywhere. Written like `2026-02-14`, so that a form can be kept by SwiftUI.
public struct Day: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: String

    /// The day that is written like this; nil if there is none.
    public init?(rawValue: String) {
        guard rawValue.count == 10, let instant = Self.parse(rawValue), Self.write(instant) == rawValue else {
            return nil
        }
        self.rawValue = rawValue
    }

    /// The day that it is at this instant where this phone is.
    public init(_ instant: Date, in zone: TimeZone = .current) {
        rawValue = Self.write(instant.addingTimeInterval(TimeInterval(zone.secondsFromGMT(for: instant))))
    }

    /// Noon of that day where this phone is, for a picker and for what is shown.
    public func noon(in zone: TimeZone = .current) -> Date {
        let utc = (Self.parse(rawValue) ?? .distantPast).addingTimeInterval(12 * 3_600)
        return utc.addingTimeInterval(-TimeInterval(zone.secondsFromGMT(for: utc)))
    }

    public func adding(days: Int) -> Day {
        let utc = TimeZone(secondsFromGMT: 0) ?? .current
        return Day(noon(in: utc).addingTimeInterval(TimeInterval(days) * 86_400), in: utc)
    }

    public static func < (left: Day, right: Day) -> Bool { left.rawValue < right.rawValue }

    private static func parse(_ text: String) -> Date? {
        try? Date(text, strategy: .iso8601.year().month().day())
    }

    private static func write(_ utc: Date) -> String {
        utc.formatted(.iso8601.year().month().day())
    }
}

/// An hour of a day, as a clock on a wall there shows it. Written like `2026-02-14T19:00`.
public struct WallTime: RawRepresentable, Hashable, Sendable {
    public let day: Day
    public let hour: Int
    public let minute: Int

    public init(day: Day, hour: Int, minute: Int = 0) {
        self.day = day
        self.hour = hour
        self.minute = minute
    }

    /// The hour that is written like this; nil if there is none.
    public init?(rawValue: String) {
        let parts = rawValue.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let day = Day(rawValue: parts[0]) else { return nil }
        let numbers = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard numbers.count == 2, 0..<24 ~= numbers[0], 0..<60 ~= numbers[1] else { return nil }
        self.init(day: day, hour: numbers[0], minute: numbers[1])
    }

    public var rawValue: String { String(format: "\(day.rawValue)T%02d:%02d", hour, minute) }

    /// What a clock shows at this instant where this phone is.
    public init(_ instant: Date, in zone: TimeZone = .current) {
        let local = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        let minutes = ((local % 86_400 + 86_400) % 86_400) / 60
        self.init(day: Day(instant, in: zone), hour: minutes / 60, minute: minutes % 60)
    }

    /// The same hour where this phone is, for a picker and for what is shown.
    public func instant(in zone: TimeZone = .current) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let noon = day.noon(in: zone)
        return calendar.date(bySettingHour: hour, minute: minute, second: 0, of: noon) ?? noon
    }
}
