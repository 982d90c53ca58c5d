import DemoFamily
import KinweaveKit

/// Two phones on their way to each other.
struct CorePairing: DemoFamily.Pairing {
    private let pairing: KinweaveKit.Pairing

    init(_ pairing: KinweaveKit.Pairing) {
        self.pairing = pairing
    }

    var code: String? { pairing.code() }

    func next() async throws(FamilyError) -> Stage {
        try await asking {
            switch try await pairing.next(timeoutMs: Self.codeMs) {
            case .words(let words): .words(words)
            case .here(let who):
                .here(Welcome(circle: who.circleName, people: who.people.map(\.name), terms: who.terms))
            case .waiting: .waiting
            case .done: .done
            }
        }
    }

    func confirmWords(same: Bool) async throws(FamilyError) {
        try await asking { try await pairing.confirmWords(same: same) }
    }

    func accept() async throws(FamilyError) {
        try await asking { try await pairing.accept() }
    }

    func decline() async throws(FamilyError) {
        try await asking { try await pairing.decline() }
    }

    /// As long as a code is good for.
    private static let codeMs: UInt64 = 600_000
}
