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
        do {
            switch try await pairing.next(timeoutMs: Self.codeMs) {
            case .words(let words): return .words(words)
            case .here(let who):
                return .here(Welcome(circle: who.circleName, people: who.people.map(\.name), terms: who.terms))
            case .waiting: return .waiting
            case .done: return .done
            }
        } catch {
            throw FamilyError(error)
        }
    }

    func confirmWords(same: Bool) async throws(FamilyError) {
        do {
            try await pairing.confirmWords(same: same)
        } catch {
            throw FamilyError(error)
        }
    }

    func accept() async throws(FamilyError) {
        do {
            try await pairing.accept()
        } catch {
            throw FamilyError(error)
        }
    }

    func decline() async throws(FamilyError) {
        do {
            try await pairing.decline()
        } catch {
            throw FamilyError(error)
        }
    }

    /// As long as a code is good for.
    private static let codeMs: UInt64 = 600_000
}
