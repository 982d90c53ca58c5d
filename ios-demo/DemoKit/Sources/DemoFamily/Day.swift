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

/// An hour of a day, as a clock on a wall there shows it.
public struct WallTime: Hashable, Sendable {
    public let day: Day
    public let hour: Int
    public let minute: Int

    public init(day: Day, hour: Int, minute: Int = 0) {
        self.day = day
        self.hour = hour
        self.minute = minute
    }

    /// The same hour where this phone is, for what is shown.
    public var shown: Date {
        day.noon().addingTimeInterval(TimeInterval((hour - 12) * 3_600 + minute * 60))
    }
}
