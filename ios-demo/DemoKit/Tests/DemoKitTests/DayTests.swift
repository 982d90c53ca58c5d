import DemoFamily
import Foundation
import Testing

@Suite struct DayTests {
    @Test func onlyADayThatThereIsIsADay() {
        for text in ["", "2026-02-30", "2026-2-9", "tomorrow", "2026-02-09T10:00"] {
            #expect(Day(rawValue: text) == nil, "\(text)")
        }
        #expect(Day(rawValue: "2028-02-29")?.rawValue == "2028-02-29")
    }

    @Test(arguments: ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago", "Asia/Kathmandu"])
    func noonIsOnThatDayEverywhere(zone: String) throws {
        let zone = try #require(TimeZone(identifier: zone))
        // In New York the clock goes forward on the eighth of March.
        for text in ["2026-02-09", "2026-03-08", "2026-11-01", "1999-12-31"] {
            let day = try #require(Day(rawValue: text))
            #expect(Day(day.noon(in: zone), in: zone) == day)
        }
    }

    @Test func daysAreAddedAcrossMonthsAndYears() throws {
        let day = try #require(Day(rawValue: "2025-12-31"))
        #expect(day.adding(days: 60).rawValue == "2026-03-01")
        #expect(day.adding(days: -31).rawValue == "2025-11-30")
        #expect(day < day.adding(days: 1))
    }

    @Test func anHourIsReadAndWrittenAsItIs() throws {
        for text in ["", "2026-02-14", "2026-02-14T", "2026-02-14T24:00", "2026-02-14T19", "2026-02-30T19:00"] {
            #expect(WallTime(rawValue: text) == nil, "\(text)")
        }
        for text in ["2026-02-14T19:05", "2026-03-08T01:59", "1969-12-31T23:59"] {
            let time = try #require(WallTime(rawValue: text))
            #expect(time.rawValue == text)
            let zone = try #require(TimeZone(identifier: "America/New_York"))
            #expect(WallTime(time.instant(in: zone), in: zone) == time)
        }
    }
}
