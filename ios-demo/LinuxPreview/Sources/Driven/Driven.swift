import Foundation
import KinweaveKit
import Robot

private struct Misunderstood: Error {
    let line: String
}

/// The app on a phone of its own, told line by line what to do on its screens; the twin of the Android app's `DrivenPhone`.
@main
@MainActor
private enum Driven {
    static func main() async throws {
        let app = try AppRobot(newYork("2026-02-09", 10))
        // The app goes on while nobody says anything.
        while let line = await Task.detached(operation: { readLine() }).value {
            do {
                let answer = try await obey(line, app)
                print(answer.isEmpty ? "ok" : "ok \(answer)")
            } catch {
                print("error \(error)")
            }
            fflush(nil)
            if line == "quit" { break }
        }
    }

    private static func obey(_ line: String, _ app: AppRobot) async throws -> String {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        switch (parts.first ?? "", parts.dropFirst().first ?? "") {
        case ("tap", let words): try await app.tap(words)
        case ("see", let words): try await app.see(words)
        case ("unsee", let words): try await app.seeNot(words)
        case ("code", ""): return try await app.code()
        case ("words", ""): return try await app.fourWords().joined(separator: " ")
        case ("back", ""): try await app.back()
        case ("type", let both):
            guard let gap = both.range(of: " := ") else { throw Misunderstood(line: line) }
            try await app.type(String(both[gap.upperBound...]), into: String(both[..<gap.lowerBound]))
        case ("clock", let time):
            guard let hour = Int(time.suffix(2)) else { throw Misunderstood(line: line) }
            try await app.comesBack(at: newYork(String(time.prefix(10)), hour))
        case ("port", ""):
            try await app.until("listens") { app.phone.address != nil }
            return "\(app.phone.address?.port ?? 0)"
        case ("quit", ""): await app.quit()
        default: throw Misunderstood(line: line)
        }
        return ""
    }
}
