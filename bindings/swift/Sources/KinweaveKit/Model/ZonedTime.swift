import Foundation

/// A date and hour on the wall somewhere, and where that is.
///
/// A phone whose time zones are older may not know the zone, and gives it back unchanged all the same.
public struct ZonedTime: Hashable, Sendable {
    /// The day there.
    public let day: CivilDate
    /// Minutes since midnight there.
    public let minuteOfDay: Int
    /// The zone's IANA name, such as `America/New_York`.
    public let zone: String
    /// The offset that was valid there then, in minutes east of UTC; nil lets the zone say, of an hour that comes twice the
    /// first.
    public let offsetMinutes: Int32?

    /// This hour of this day in this zone.
    public init(day: CivilDate, hour: Int, minute: Int, zone: String, offsetMinutes: Int32? = nil) {
        self.day = day
        minuteOfDay = hour * 60 + minute
        self.zone = zone
        self.offsetMinutes = offsetMinutes
    }

    /// This instant, to the minute, as a clock in this zone shows it.
    public init(_ instant: Date, in zone: TimeZone) {
        let offset = zone.secondsFromGMT(for: instant)
        let local = Int(instant.timeIntervalSince1970.rounded(.down)) + offset
        self.init(
            ZonedTimeParts(localSeconds: Int64(local), offsetMinutes: Int32(offset / 60), zone: zone.identifier))
    }

    init(_ parts: ZonedTimeParts) {
        let minutes = Int(parts.localSeconds.quotientAndRemainder(dividingBy: 60).quotient)
        let day = Int((Double(minutes) / Self.dayMinutes).rounded(.down))
        self.day = CivilDate(daysSince1970: Int32(clamping: day))
        minuteOfDay = minutes - day * Int(Self.dayMinutes)
        zone = parts.zone
        offsetMinutes = parts.offsetMinutes
    }

    var parts: ZonedTimeParts {
        let seconds = (Int64(day.daysSince1970) * Int64(Self.dayMinutes) + Int64(minuteOfDay)) * 60
        return ZonedTimeParts(localSeconds: seconds, offsetMinutes: offsetMinutes, zone: zone)
    }

    /// The hour there, 0–23.
    public var hour: Int { minuteOfDay / 60 }

    /// The minute of that hour.
    public var minute: Int { minuteOfDay % 60 }

    /// The instant; where this phone doesn't know the zone, by the offset.
    public var instant: Date {
        let local = TimeInterval(parts.localSeconds)
        if let offsetMinutes {
            return Date(timeIntervalSince1970: local - TimeInterval(offsetMinutes) * 60)
        }
        let known = TimeZone(identifier: zone)
        let midnight = day.start(in: known ?? TimeZone(secondsFromGMT: 0) ?? .current)
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = known ?? calendar.timeZone
        return calendar.date(bySettingHour: hour, minute: minute, second: 0, of: midnight) ?? midnight
    }

    private static let dayMinutes = 1_440.0
}
