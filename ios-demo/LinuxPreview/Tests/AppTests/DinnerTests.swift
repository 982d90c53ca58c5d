import Robot
import Testing

/// Story 6.1's dinner on the screens: two places said apart, both shown with their names, one picked, and everyone has it.
@Suite @MainActor struct DinnerTests {
    @Test func daniSeesBothPlacesAndWhoWroteThemPicksOneAndMartaHasIt() async throws {
        let app = try AppRobot()
        let reyes = try await Reyes()
        try await reyes.letIn(app, "Dani")
        try await reyes.planApart()
        try await reyes.martaMeets(app)
        try await app.see("Lena plans a celebration")
        try await app.tap("Us")
        try await app.tap("Celebrations")
        try await app.see("Family dinner out")
        try await app.see("Two versions: Place. Pick one, or find words for both.")
        for words in ["Marta", "Luigi's", "Lena", "Nonna's kitchen"] { try await app.see(words) }
        try await app.tap("Nonna's kitchen")
        try await app.seeNot("Luigi's")
        try await app.tap("Yes")
        try await app.see("Yes: Dani")
        try await reyes.martaMeets(app)
        #expect(try await reyes.placeAtMartas() == "Nonna's kitchen")
        try await app.tap("History")
        try await app.see("Lena wrote it")
        try await app.see("Dani settled it")
    }
}
