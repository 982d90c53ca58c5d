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
}
