import DemoFamily
import KinweaveKit

/// Asks the library; what it throws is thrown on as the screens know it.
func asking<T: Sendable>(
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> T
) async throws(FamilyError) -> T {
    do {
        return try await work()
    } catch {
        throw FamilyError(error)
    }
}

extension FamilyError {
    /// What the library threw, as the screens know it.
    public init(_ error: any Error) {
        self.init((error as? KinweaveError).map(Self.problem) ?? (error as? FamilyError)?.problem ?? .other)
    }

    private static func problem(_ error: KinweaveError) -> Problem {
        switch error {
        case .invalidInput(_, .empty), .invalidInput(_, .missing): .inputEmpty
        case .invalidInput(_, .tooLong): .inputTooLong
        case .invalidInput: .inputOther
        case .notAllowed(.adultsOnly): .adultsOnly
        case .notAllowed: .notAllowed
        case .gone, .moved, .notFound: .gone
        case .diskFull: .diskFull
        case .storageUnavailable: .phoneLocked
        case .wrongKey: .wrongKey
        case .secondCopy: .secondCopy
        case .corrupt: .damaged
        case .newerDatabase, .incompatible: .appTooOld
        case .busy, .paused: .busy
        case .peerUnreachable: .nobodyNear
        case .notPaired: .notPaired
        case .pairingRejected(.wordsDiffer): .wordsDiffer
        case .pairingRejected(.declined): .declined
        case .pairingRejected: .codeWrong
        case .discoveryUnavailable: .networkClosed
        case .closed, .noCircle, .peerMisbehaved, .callbackFailed, .internal: .other
        }
    }
}
