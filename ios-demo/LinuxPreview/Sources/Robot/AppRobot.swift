import DemoCore
import DemoFamily
import DemoScreens
import Foundation
import KinweaveKit
import SwiftUI

@testable import DemoApp

/// Does on the screens what a person does: finds words, and taps them. The core answers in its own time, so it waits for words.
@MainActor public final class AppRobot {
    public let phone: PhoneHome
    public let preferences: Preferences
    public let lock: PhoneLock
    public let owner = Owner()
    public let directory = Folder.new().appendingPathComponent("home")
    public private(set) var host: _Host<AnyApp>
    private let clock: Wall
    private let kept = "kinweave-\(UUID())"

    /// A phone that is in no circle yet.
    public init(_ start: ZonedTime = newYork("2026-02-09", 10)) throws {
        let wall = Wall(start)
        clock = wall
        phone = PhoneHome(
            PhoneHome.Phone(
                directory: directory, keyStore: Drawer(), services: nil, clock: wall.settable, now: { wall.now }))
        preferences = Preferences(UserDefaults(suiteName: kept) ?? .standard, locale: Locale(identifier: "en"))
        lock = PhoneLock(owner)
        host = _Host(AnyApp(phone: phone, preferences: preferences, lock: lock), catalog: try Project.catalog())
    }

    /// Marta begins a circle on this phone.
    public func begins() async throws {
        try await tap("Begin a circle")
        try await type("Elm Street", into: "Name of the circle")
        try await type("Marta", into: "Your name")
        try await tap("Begin")
        try await see("Hello, Marta")
    }

    /// The process ends, and one comes back: what the system has kept of the scene is all that is left of it.
    public func comesBack() throws {
        host.end()
        host = _Host(
            AnyApp(phone: phone, preferences: preferences, lock: lock), catalog: try Project.catalog(),
            sceneStorage: host.sceneStorage)
    }

    /// Puts the phone away, and takes it out again when its clock shows this. It listens anew then.
    public func comesBack(at now: ZonedTime) async throws {
        await phone.enter(foreground: false)?.value
        clock.now = now
        await phone.enter(foreground: true)?.value
    }

    /// Ends the app and its home.
    public func quit() async {
        host.end()
        await phone.enter(foreground: false)?.value
    }

    /// What the screens know of the core.
    public var family: CoreFamily {
        get throws {
            guard case .open(let family) = phone.opening else { throw Missing(words: "an open home", among: []) }
            return family
        }
    }

    public func tap(_ words: String) async throws {
        try await until("can tap “\(words)”") { control(words)?.isEnabled == true }
        control(words)?.tap?()
    }

    public func type(_ text: String, into label: String) async throws {
        try await until("can write into “\(label)”") { field(label) != nil }
        field(label)?.type?(text)
    }

    /// Waits until these words are there.
    public func see(_ words: String) async throws {
        try await until("sees “\(words)”") { texts.contains(words) }
    }

    public func seeNot(_ words: String) async throws {
        try await until("no longer sees “\(words)”") { !texts.contains(words) }
    }

    /// The code of an invitation: the one word on the screen that is as long.
    public func code() async throws -> String {
        let isCode = { (text: String) in text.count > 40 && !text.contains(" ") }
        try await until("shows a code") { texts.contains(where: isCode) }
        return texts.first(where: isCode) ?? ""
    }

    /// The words that both phones show.
    public func fourWords() async throws -> [String] {
        try await see("Do both phones show these words?")
        return Array(
            texts.drop { $0 != "Do both phones show these words?" }.dropFirst().prefix { $0 != "Yes, the same" })
    }

    public func isEnabled(_ words: String) -> Bool { control(words)?.isEnabled == true }

    public func back() async throws {
        try await tap(_back)
    }

    public func until(_ what: String, _ isSo: () -> Bool) async throws {
        try await host.until(what, isSo)
    }

    public var texts: [String] { host.texts }

    /// Whether the whole window is covered.
    public var isCovered: Bool { host.shown.flatMap(\.all).contains { $0.classes.contains("overlay") } }

    public var controls: [_Element] { host.shown.flatMap(\.all).filter(\.isControl) }

    private func control(_ words: String) -> _Element? {
        let fitting = controls.filter { $0.tap != nil && ($0.spoken == words || $0.texts.contains(words)) }
        return fitting.first { $0.spoken == words } ?? fitting.first
    }

    private func field(_ label: String) -> _Element? {
        controls.first { $0.type != nil && $0.label == label && $0.isEnabled }
    }
}

/// The app's window.
public struct AnyApp: View {
    let phone: PhoneHome
    let preferences: Preferences
    let lock: PhoneLock

    public var body: some View {
        RootView(phone: phone).environment(preferences).environment(lock)
    }
}
