import DemoCore
import DemoFamily
import DemoScreens
import Foundation
import KinweaveKit
import SwiftUI
import Testing

@testable import DemoApp

/// Does on the screens what a person does: finds words, and taps them. The core answers in its own time, so it waits for words.
@MainActor final class AppRobot {
    let phone: PhoneHome
    let preferences: Preferences
    let lock: PhoneLock
    let owner = Owner()
    let directory = Folder.new().appendingPathComponent("home")
    private(set) var host: _Host<AnyApp>
    private let kept = "kinweave-\(UUID())"

    /// A phone that is in no circle yet.
    init(_ start: ZonedTime = newYork("2026-02-09", 10)) throws {
        let clock = SettableClock(time: start)
        phone = PhoneHome(
            PhoneHome.Phone(
                directory: directory, keyStore: Drawer(), services: nil, clock: clock, now: { start }))
        let defaults = try #require(UserDefaults(suiteName: kept))
        preferences = Preferences(defaults, locale: Locale(identifier: "en"))
        lock = PhoneLock(owner)
        host = _Host(AnyApp(phone: phone, preferences: preferences, lock: lock), catalog: try Project.catalog())
    }

    /// The process ends, and one comes back: what the system has kept of the scene is all that is left of it.
    func comesBack() throws {
        host.end()
        host = _Host(
            AnyApp(phone: phone, preferences: preferences, lock: lock), catalog: try Project.catalog(),
            sceneStorage: host.sceneStorage)
    }

    /// What the screens know of the core.
    var family: CoreFamily {
        get throws {
            guard case .open(let family) = phone.opening else { throw Missing(words: "an open home", among: []) }
            return family
        }
    }

    func tap(_ words: String) async throws {
        try await until("can tap “\(words)”") { control(words)?.isEnabled == true }
        control(words)?.tap?()
    }

    func type(_ text: String, into label: String) async throws {
        try await until("can write into “\(label)”") { field(label) != nil }
        field(label)?.type?(text)
    }

    /// Waits until these words are there.
    func see(_ words: String) async throws {
        try await until("sees “\(words)”") { texts.contains(words) }
    }

    func seeNot(_ words: String) async throws {
        try await until("no longer sees “\(words)”") { !texts.contains(words) }
    }

    func isEnabled(_ words: String) -> Bool { control(words)?.isEnabled == true }

    func back() async throws {
        try await tap(_back)
    }

    func until(_ what: String, _ isSo: () -> Bool) async throws {
        try await host.until(what, isSo)
    }

    var texts: [String] { host.texts }

    /// Whether the whole window is covered.
    var isCovered: Bool { host.shown.flatMap(\.all).contains { $0.classes.contains("overlay") } }

    var controls: [_Element] { host.shown.flatMap(\.all).filter(\.isControl) }

    private func control(_ words: String) -> _Element? {
        let fitting = controls.filter { $0.tap != nil && ($0.spoken == words || $0.texts.contains(words)) }
        return fitting.first { $0.spoken == words } ?? fitting.first
    }

    private func field(_ label: String) -> _Element? {
        controls.first { $0.type != nil && $0.label == label && $0.isEnabled }
    }
}

extension _Host {
    /// Everything that can be read or is read out.
    var texts: [String] { shown.flatMap(\.texts) + shown.flatMap(\.all).compactMap(\.label) }

    /// Waits until it is so; whatever is shown may have changed it.
    func until(_ what: String, _ isSo: () -> Bool) async throws {
        var isLate = false
        let alarm = Task {
            try await Task.sleep(for: .seconds(20))
            isLate = true
            wake()
        }
        defer { alarm.cancel() }
        while !isSo() {
            if isLate { throw Missing(words: what, among: texts) }
            await change()
        }
    }
}

/// What wasn't there in time.
struct Missing: Error, CustomStringConvertible {
    let words: String
    let among: [String]

    var description: String { "never \(words); there was only \(among)" }
}

/// The app's window.
struct AnyApp: View {
    let phone: PhoneHome
    let preferences: Preferences
    let lock: PhoneLock

    var body: some View {
        RootView(phone: phone).environment(preferences).environment(lock)
    }
}

/// Whoever holds the phone, and whether the phone knows them.
@MainActor final class Owner: OwnerCheck {
    var isSet = true
    var isKnown = true

    func confirm() async -> Bool { isKnown }
}

/// What the tests need of the project's files.
enum Project {
    static let preview = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL
    static let app = preview.appendingPathComponent("../App").standardizedFileURL

    /// The words of this name, in this language.
    static func words(_ name: String, _ language: AppLanguage) -> String {
        (try? catalog())?.text(name, [], Locale(identifier: language.rawValue)) ?? name
    }

    static func catalog() throws -> _Catalog { try _Catalog(app.appendingPathComponent("Localizable.xcstrings")) }
}
