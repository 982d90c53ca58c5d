import DemoFamily
import DemoScreens
import Foundation
import KinweaveKit
import Robot
import SwiftUI
import Testing

/// Every screen of a family's app in every variant, drawn to `.build/screens`: real homes, nothing made up for a picture.
@Suite @MainActor struct ScreensTests {
    private static let folder = Project.preview.appendingPathComponent(".build/screens")

    @Test func everyScreenInLightAndDarkEnglishAndSpanishSmallAndLarge() async throws {
        let app = try AppRobot()
        try await seed(app)
        app.owner.isSet = true
        let drawing = try _Drawing(
            style: Project.preview.appendingPathComponent("phone.css"),
            colors: Project.app.appendingPathComponent("Assets.xcassets"))
        try? FileManager.default.removeItem(at: Self.folder)
        for variant in Variant.all {
            try await become(variant, app)
            let folder = Self.folder.appendingPathComponent(variant.name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for screen in Screen.all {
                for step in screen.way { try await app.tap(variant.words(step)) }
                try await app.seeNot(variant.words("loading"))
                let unnamed = app.controls.filter { $0.spoken.isEmpty }
                #expect(unnamed.isEmpty, "\(screen.name): a control that VoiceOver can't name")
                #expect(!app.texts.contains { $0.contains("⟨") }, "\(screen.name): \(app.texts)")
                try drawing.page(app.host).write(
                    to: folder.appendingPathComponent("\(screen.name).html"), atomically: true, encoding: .utf8)
                for _ in screen.way.dropFirst() { try await app.back() }
            }
        }
    }

    /// The language is changed where a person would, so that the core's sentences change too.
    private func become(_ variant: Variant, _ app: AppRobot) async throws {
        let before = Variant(language: app.preferences.language)
        if before.language != variant.language {
            for step in ["people", "settings"] { try await app.tap(before.words(step)) }
            try await app.tap(variant.words(variant.language == .english ? "english" : "spanish"))
            try await app.back()
        }
        app.host.environment.colorScheme = variant.scheme
        app.host.environment.dynamicTypeSize = variant.size
    }

    private func seed(_ app: AppRobot) async throws {
        let reyes = try await Reyes()
        try await reyes.letIn(app, "Dani")
        try await reyes.planApart()
        try await reyes.checkIn(reyes.marta, .okay, "A long shift, and Tomás called.")
        try await reyes.encourage(reyes.lena, "Proud of how you told us. Soup is on the stove.")
        try await reyes.martaMeetsLena()
        try await reyes.martaMeets(app)
        let family = try app.family
        try await family.startCounting(from: day("2026-01-10"))
        let (weekly, daily) = (day("2026-02-01"), day("2026-02-08"))
        try await family.promise(PromiseDraft(title: "Call Mum on Sunday", rhythm: .weekly, startsOn: weekly))
        try await family.promise(PromiseDraft(title: "Walk after dinner", rhythm: .daily, startsOn: daily))
        try await family.checkIn(CheckInDraft(mood: .hard, note: "Slept badly."))
        try await family.publishCard(CardDraft(way: .snapshot, words: "one day at a time"))
        try await family.write("Today I walked past the old corner, and went on.")
    }

    private func day(_ text: String) -> Day { Day(rawValue: text)! }
}

/// A screen, and what is tapped from any tab to come there.
private struct Screen {
    let name: String
    let way: [String]

    static let all = [
        Screen(name: "today", way: ["today"]),
        Screen(name: "check-in", way: ["today", "check_in"]),
        Screen(name: "together", way: ["together"]),
        Screen(name: "promises", way: ["together", "promises"]),
        Screen(name: "new-promise", way: ["together", "promises", "new_promise"]),
        Screen(name: "encouragement", way: ["together", "encouragement"]),
        Screen(name: "celebrations", way: ["together", "celebrations"]),
        Screen(name: "history", way: ["together", "celebrations", "history"]),
        Screen(name: "mine", way: ["mine"]),
        Screen(name: "check-ins", way: ["mine", "check_ins"]),
        Screen(name: "days-and-card", way: ["mine", "days_and_card"]),
        Screen(name: "setback", way: ["mine", "setback"]),
        Screen(name: "journal", way: ["mine", "journal"]),
        Screen(name: "people", way: ["people"]),
        Screen(name: "invite", way: ["people", "invite"]),
        Screen(name: "settings", way: ["people", "settings"]),
    ]
}

private struct Variant {
    var language = AppLanguage.english
    var scheme = ColorScheme.light
    var size = DynamicTypeSize.large

    static let all = AppLanguage.allCases.flatMap { language in
        ColorScheme.allCases.flatMap { scheme in
            [DynamicTypeSize.large, .accessibility3].map { Variant(language: language, scheme: scheme, size: $0) }
        }
    }

    var name: String { "\(language.rawValue)-\(scheme)-\(size == .large ? 1 : 2)" }

    /// The words of this name, in this language.
    func words(_ name: String) -> String {
        Project.words(name, language)
    }
}
