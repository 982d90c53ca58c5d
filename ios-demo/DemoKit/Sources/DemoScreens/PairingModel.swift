import DemoFamily
import Observation

/// One pairing at a time, from either side.
@MainActor
@Observable
public final class PairingModel {
    /// Where two phones are on their way to each other.
    public enum State: Equatable {
        case notBegun
        case waiting
        case code(String)
        case words([String])
        case here(Welcome)
        case done
        case failed(Problem)
    }

    public private(set) var state = State.notBegun

    @ObservationIgnored private let family: any Family
    @ObservationIgnored private var pairing: (any Pairing)?

    public init(_ family: any Family) {
        self.family = family
    }

    public func invite(_ who: Newcomer) {
        begin { [family] in try await family.invite(who) }
    }

    public func join(code: String, myName: String) {
        begin { [family] in try await family.join(code: code, myName: myName) }
    }

    public func confirm(same: Bool) {
        goOn { try await $0.confirmWords(same: same) }
    }

    public func accept() {
        goOn { try await $0.accept() }
    }

    public func decline() {
        step { [self] in
            try await pairing?.decline()
            state = .notBegun
        }
    }

    private func begin(_ make: @escaping @MainActor () async throws -> any Pairing) {
        step { [self] in
            let begun = try await make()
            pairing = begun
            if let code = begun.code { state = .code(code) }
            try await follow(begun)
        }
    }

    private func goOn(_ work: @escaping @MainActor (any Pairing) async throws -> Void) {
        step { [self] in
            guard let pairing else { return }
            try await work(pairing)
            try await follow(pairing)
        }
    }

    private func follow(_ pairing: any Pairing) async throws {
        switch try await pairing.next() {
        case .words(let words): state = .words(words)
        case .here(let welcome): state = .here(welcome)
        case .waiting: try await follow(pairing)
        case .done: state = .done
        }
    }

    private func step(_ work: @escaping @MainActor () async throws -> Void) {
        state = .waiting
        Task {
            do {
                try await work()
            } catch {
                state = .failed(Problem(error))
            }
        }
    }
}
