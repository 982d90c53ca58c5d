import DemoFakes
import DemoFamily
import Robot
import SwiftUI
import Testing

@testable import DemoApp

/// What Xcode's canvas would show.
@Suite @MainActor struct PreviewsTests {
    @Test func everyPreviewShowsItsScreen() async throws {
        try await shows(Today_Previews.previews, "Hello, Dani")
        try await shows(CheckIn_Previews.previews, "How is today?")
        try await shows(CheckIns_Previews.previews, "A long shift, and Tomás called.")
        try await shows(Promises_Previews.previews, "Walk after dinner")
        try await shows(Encouragement_Previews.previews, "Lena to Dani")
        try await shows(Celebrations_Previews.previews, "Nonna's kitchen")
        try await shows(Days_Previews.previews, "30 days in all")
        try await shows(Setback_Previews.previews, "One small step is enough for today.")
        try await shows(Journal_Previews.previews, "I walked past the old corner.")
        try await shows(People_Previews.previews, "Iris (young member)")
        try await shows(History_Previews.previews, "Place: Luigi's → Nonna's kitchen")
        try await shows(Settings_Previews.previews, "Dani (this phone)")
    }

    @Test func whereThereIsASecondCopyItsOwnerSaysWhichTheyUse() async throws {
        var answers = Answers()
        answers.people = People(circle: answers.people.circle, phones: [], hasSecondCopy: true)
        let family = FakeFamily(answers)
        let host = _Host(PeopleView(family: family), catalog: try Project.catalog())
        try await host.until("sees that there is one") {
            host.texts.contains { $0.hasPrefix("There is a second copy of this phone") }
        }
        host.shown.flatMap(\.all).first { $0.isControl && $0.spoken == "This is the phone I use" }?.tap?()
        while await family.deeds.isEmpty { await Task.yield() }
        #expect(await family.deeds == ["goOnHere"])
        host.end()
    }

    private func shows(_ preview: some View, _ words: String) async throws {
        let host = _Host(preview, catalog: try Project.catalog())
        try await host.until("sees “\(words)”") { host.texts.contains(words) }
        host.end()
    }
}
