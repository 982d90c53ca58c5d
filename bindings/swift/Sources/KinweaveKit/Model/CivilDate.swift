import Foundation

/// A day of the Gregorian calendar, anywhere: no hour, no zone. Foundation's `Date` is an instant.
public struct CivilDate: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let daysSince1970: Int32

    /// The day so many days after 1970-01-01.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// The day with this year, month (1–12) and day of the month; nil if there is none.
    public init?(year: Int, month: Int, day: Int) {
        let parts = DateComponents(year: year, month: month, day: day)
        guard parts.isValidDate(in: Self.calendar), let date = Self.calendar.date(from: parts) else { return nil }
        self.init(days: date)
    }

    /// The day that is written like `2026-02-14`; nil if it isn't one.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }

    /// The day that it is at this instant in this zone.
    public init(_ instant: Date, in zone: TimeZone) {
        var there = Self.calendar
        there.timeZone = zone
        let parts = there.dateComponents([.year, .month, .day], from: instant)
        self.init(days: Self.calendar.date(from: parts) ?? instant)
    }

    private init(days instant: Date) {
        daysSince1970 = Int32(clamping: Int((instant.timeIntervalSince1970 / Self.daySeconds).rounded(.down)))
    }

    /// Its year, month and day.
    public var components: DateComponents {
        Self.calendar.dateComponents([.year, .month, .day], from: utcMidnight)
    }

    /// The instant at which it begins in this zone.
    public func start(in zone: TimeZone) -> Date {
        var there = Self.calendar
        there.timeZone = zone
        return there.date(from: components) ?? utcMidnight
    }

    /// The day so many days later, or earlier.
    public func adding(days: Int32) -> CivilDate {
        CivilDate(daysSince1970: daysSince1970 + days)
    }

    /// Like `2026-02-14`.
    public var description: String {
        let parts = components
        return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    private var utcMidnight: Date { Date(timeIntervalSince1970: TimeInterval(daysSince1970) * Self.daySeconds) }

    private static let daySeconds: TimeInterval = 86_400

    /// Gregorian before 1582 too, as the core counts.
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        return calendar
    }()
}
