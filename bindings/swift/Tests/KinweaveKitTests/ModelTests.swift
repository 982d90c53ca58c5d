import Foundation
import KinweaveKit
import Testing

@Suite struct ModelTests {
    @Test func aDateAndATimeGoThereAndBack() {
        #expect(day("2026-02-14").description == "2026-02-14")
        #expect(day("1969-12-31").daysSince1970 == -1)
        #expect(CivilDate("2026-02-30") == nil)
        let dinner = newYork("2026-02-14", 19)
        #expect(dinner.instant == Date(timeIntervalSince1970: 1_771_113_600))
        let again = ZonedTime(dinner.instant, in: TimeZone(identifier: "America/New_York")!)
        #expect(again.day == dinner.day && again.hour == 19 && again.offsetMinutes == -300)
        let elsewhere = ZonedTime(day: day("2026-02-14"), hour: 19, minute: 0, zone: "Mars/Olympus", offsetMinutes: 60)
        #expect(elsewhere.instant == Date(timeIntervalSince1970: 1_771_092_000))
    }

    @Test func anErrorSaysWhatHappened() {
        let error = KinweaveError.peerMisbehaved(rule: "vector grows")
        #expect(error.localizedDescription.contains("vector grows"))
    }

    @Test func choicesCanBeShownAsAList() {
        #expect(Weekday.allCases.count == 7)
        #expect(Band.allCases.first != nil)
    }
}
