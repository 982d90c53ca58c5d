import Robot
import Testing

/// From an empty phone to a first day that was checked in, on the screens.
@Suite @MainActor struct BeginningTests {
    @Test func aCircleIsBegunInThreeStepsAndADayIsCheckedInWithTwoTaps() async throws {
        let app = try AppRobot()
        try await app.begins()
        try await app.tap("Check in")
        try await app.see("How is today?")
        #expect(!app.isEnabled("Save"), "without a word for the day there is nothing to save")
        try await app.tap("Okay")
        try await app.tap("Save")
        try await app.see("1 check-in in all")
    }

    @Test func aFormThatWasPutAwayIsAsItWasWhenOneComesBack() async throws {
        let app = try AppRobot()
        try await app.begins()
        try await app.tap("Check in")
        try await app.tap("Hard")
        try await app.type("Slept badly.", into: "A note, if you like")
        try app.comesBack()
        try await app.see("How is today?")
        try await app.see("Slept badly.")
        try await app.tap("Save")
        try await app.see("1 check-in in all")
        try await app.tap("Me")
        try await app.tap("Check-ins")
        try await app.see("Hard")
        try await app.see("Slept badly.")
    }
}
