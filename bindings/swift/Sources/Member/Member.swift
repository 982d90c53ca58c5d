import Foundation
import KinweaveKit

/// Keeps a key for as long as this process lives.
private final class Drawer: KeyStore, @unchecked Sendable {
    private let lock = NSLock()
    private var key: Data?

    func load() throws -> Data? { lock.withLock { key } }

    func save(key: Data) throws { lock.withLock { self.key = key } }
}

private struct Misunderstood: Error {
    let words: [String]
}

/// One phone of a circle, told line by line what to do; the twin of `tests/src/bin/member.rs`.
@main
private struct Member {
    private static let patienceMs: UInt64 = 20_000
    private static let anywhere = Endpoint(ip: "127.0.0.1", port: 0)

    private var home: Kinweave?
    private var pairing: Pairing?

    static func main() async {
        var member = Member()
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            do {
                let answer = try await member.obey(words)
                print(answer.isEmpty ? "ok" : "ok \(answer)")
            } catch {
                print("error \(error)")
            }
            fflush(nil)
            if words == ["quit"] { break }
        }
    }

    private mutating func obey(_ words: [String]) async throws -> String {
        switch (words[0], words.count) {
        case ("open", 2):
            home = try await Kinweave.open(
                directory: URL(fileURLWithPath: words[1]), keyStore: Drawer(),
                timeZone: TimeZone(identifier: "America/New_York") ?? .current)
        case ("create", 3): _ = try await home?.createCircle(circleName: words[1], displayName: words[2])
        case ("invite", 1):
            pairing = try await home?.invite(
                invitation: .newMember(role: .member, guardian: nil), listenOn: Self.anywhere)
            return pairing?.code() ?? ""
        case ("join", 3): pairing = try await home?.join(code: words[1], displayName: words[2])
        case ("words", 1):
            guard case .words(let four) = try await step() else { throw Misunderstood(words: words) }
            return four.joined(separator: " ")
        case ("confirm", 1): try await pairing?.confirmWords(same: true)
        case ("accept", 1):
            guard case .here = try await step() else { throw Misunderstood(words: words) }
            try await pairing?.accept()
        case ("done", 1):
            guard case .done = try await step() else { throw Misunderstood(words: words) }
        case ("device", 1): return try await home?.circle().device.text ?? ""
        case ("listen", 1):
            let endpoint = try await home?.listen(address: Self.anywhere)
            return endpoint.map { "\($0.ip):\($0.port)" } ?? ""
        case ("meet", 3):
            let parts = words[2].split(separator: ":")
            let address = Endpoint(ip: String(parts[0]), port: UInt16(parts[1]) ?? 0)
            let meeting = try await home?.meet(device: DeviceKey(words[1]), address: address)
            return "\(meeting?.equal ?? false)"
        case ("write", 2):
            let note = Encouragement(text: words[1], encouragementKind: .encouragement)
            try await home?.add(.encouragement(note), with: .everyone)
        case ("read", 1):
            let page = try await home?.list(query: ListQuery(kinds: ["encouragement"]))
            let texts = page?.records.compactMap { record -> String? in
                guard case .encouragement(let note) = record.body else { return nil }
                return note.text
            }
            return (texts ?? []).sorted().joined(separator: ",")
        case ("quit", 1): try await home?.close()
        default: throw Misunderstood(words: words)
        }
        return ""
    }

    private func step() async throws -> PairingStep? {
        try await pairing?.next(timeoutMs: Self.patienceMs)
    }
}
