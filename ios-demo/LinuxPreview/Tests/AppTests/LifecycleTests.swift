import DemoCore
import Foundation
import KinweaveKit
import Robot
import Testing

/// To the background and back, over and over, while records arrive.
@Suite @MainActor struct LifecycleTests {
    @Test func fiveHundredTimesNothingIsHeldInTheBackgroundAndNothingIsLost() async throws {
        let app = try AppRobot()
        let reyes = try await Reyes()
        try await reyes.letIn(app, "Dani")
        try await app.tap("Us")
        try await app.tap("Encouragement")
        for round in 1...500 {
            await app.phone.enter(foreground: false)?.value
            let held = try held(app.directory)
            #expect(held == [], "round \(round): \(held)")
            try await reyes.encourage(reyes.marta, "Good morning, the \(round)th")
            await app.phone.enter(foreground: true)?.value
            try await reyes.martaMeets(app)
            try await app.see("Good morning, the \(round)th")
        }
        // The latest, as many as a screen asks for.
        #expect(app.texts.filter { $0.hasPrefix("Good morning, ") }.count == 200)
        #expect(try await reyes.notesAtMartas() == 500)
        #expect(try await app.family.encouragements().count == 200)
    }

    @Test func aHomeThatOpensAfterTheAppWasLeftRests() async throws {
        let directory = Folder.new().appendingPathComponent("home")
        let phone = PhoneHome(PhoneHome.Phone(directory: directory, keyStore: Drawer(), services: nil))
        phone.enter(foreground: false)
        await phone.open(language: "en")
        guard case .open(let family) = phone.opening else { throw Missing() }
        #expect(try held(directory) == [])
        await phone.enter(foreground: true)?.value
        #expect(try await family.circle() == nil)
    }

    private struct Missing: Error {}

    /// What this process holds of the home: open files, and locks.
    private func held(_ directory: URL) throws -> [String] {
        let files = FileManager.default
        let own = try files.contentsOfDirectory(atPath: directory.path).map { directory.path + "/" + $0 }
        let open = try files.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
            try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        let inodes = Set(
            try own.compactMap { try files.attributesOfItem(atPath: $0)[.systemFileNumber] as? UInt64 }.map(String.init)
        )
        let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n").filter { line in
            let words = line.split(separator: " ")
            return words.contains { word in
                let parts = word.split(separator: ":")
                return parts.count == 3 && inodes.contains(String(parts[2]))
            }
        }
        return open.filter { $0.hasPrefix(directory.path) } + locks.map(String.init)
    }
}
