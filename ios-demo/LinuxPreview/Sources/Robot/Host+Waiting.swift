import SwiftUI

extension _Host {
    /// Everything that can be read or is read out.
    public var texts: [String] { shown.flatMap(\.texts) + shown.flatMap(\.all).compactMap(\.label) }

    /// Waits until it is so; whatever is shown may have changed it.
    public func until(_ what: String, _ isSo: () -> Bool) async throws {
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
public struct Missing: Error, CustomStringConvertible {
    let words: String
    let among: [String]

    public var description: String { "never \(words); there was only \(among)" }
}
