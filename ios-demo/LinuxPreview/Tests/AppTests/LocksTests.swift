import Robot
import SwiftUI
import Testing

/// What keeps other eyes out: the journal's lock, the app's, and the cover in the app switcher.
@Suite @MainActor struct LocksTests {
    @Test func theJournalOpensForItsOwnerAndClosesWhenOneLeaves() async throws {
        let app = try AppRobot()
        try await app.begins()
        try await app.tap("Me")
        try await app.tap("Journal")
        try await app.see("Your journal has a lock of its own.")
        app.owner.isKnown = false
        try await app.tap("Unlock")
        try await app.see("Your journal has a lock of its own.")
        app.owner.isKnown = true
        try await app.tap("Unlock")
        try await app.type("I went on.", into: "Your words")
        try await app.tap("Save")
        try await app.see("I went on.")
        app.host.environment.scenePhase = .background
        try await app.see("Your journal has a lock of its own.")
        try await app.seeNot("I went on.")
    }

    @Test func aPhoneWithoutALockOpensNoJournal() async throws {
        let app = try AppRobot()
        app.owner.isSet = false
        try await app.begins()
        try await app.tap("Me")
        try await app.tap("Journal")
        try await app.see("This phone has no lock. Set one in its settings, and your journal opens with it.")
        #expect(!app.isEnabled("Unlock"))
    }

    @Test func whoeverWantsThatUnlocksTheAppWheneverTheyComeBack() async throws {
        let app = try AppRobot()
        try await app.begins()
        try await app.tap("People")
        try await app.tap("Settings")
        try await app.tap("Lock this app")
        try await app.see("Locked, as you asked.")
        try await app.tap("Unlock")
        try await app.see("Lock this app")
        app.host.environment.scenePhase = .background
        try await app.see("Locked, as you asked.")
    }

    @Test func inTheAppSwitcherThereIsNothingToRead() async throws {
        let app = try AppRobot()
        try await app.begins()
        #expect(!app.isCovered)
        app.host.environment.scenePhase = .inactive
        #expect(app.isCovered)
        app.host.environment.scenePhase = .active
        #expect(!app.isCovered)
    }
}
