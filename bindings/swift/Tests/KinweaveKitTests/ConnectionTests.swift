import Foundation
import KinweaveKit
import Testing

#if canImport(Glibc)
    import Glibc
    private let stream = Int32(SOCK_STREAM.rawValue)
#elseif canImport(Darwin)
    import Darwin
    private let stream = SOCK_STREAM
#endif

/// One end of a pair of sockets.
private final class SocketConnection: ByteConnection, @unchecked Sendable {
    private let descriptor: Int32
    private let (sending, receiving) = (DispatchQueue(label: "sending"), DispatchQueue(label: "receiving"))

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        sysClose(descriptor)
    }

    static func pair() throws -> (SocketConnection, SocketConnection) {
        var descriptors: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, stream, 0, &descriptors) == 0 else { throw POSIXError(.EIO) }
        return (SocketConnection(descriptors[0]), SocketConnection(descriptors[1]))
    }

    func send(_ bytes: Data) async throws {
        try await on(sending) { [self] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { sysSend(descriptor, $0) }
                guard count > 0 else { throw POSIXError(.EPIPE) }
                rest = rest.dropFirst(count)
            }
        }
    }

    func receive() async throws -> Data? {
        try await on(receiving) { [self] in
            var bytes = Data(count: 1_000)
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw POSIXError(.ECONNRESET) }
            return count == 0 ? nil : bytes.prefix(count)
        }
    }

    func close() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func on<T: Sendable>(_ queue: DispatchQueue, _ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}

private func sysClose(_ descriptor: Int32) {
    close(descriptor)
}

private func sysSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
        send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #else
        send(descriptor, bytes.baseAddress, bytes.count, 0)
    #endif
}

/// A connection that is cut after so many bytes were received.
private final class CutConnection: ByteConnection, @unchecked Sendable {
    private let whole: SocketConnection
    private let lock = NSLock()
    private var left: Int

    init(_ whole: SocketConnection, after bytes: Int) {
        (self.whole, left) = (whole, bytes)
    }

    func send(_ bytes: Data) async throws { try await whole.send(bytes) }

    func receive() async throws -> Data? {
        guard let bytes = try await whole.receive() else { return nil }
        let rest = lock.withLock { () -> Int in
            left -= bytes.count
            return left
        }
        guard rest > 0 else {
            whole.close()
            return nil
        }
        return bytes
    }

    func close() { whole.close() }
}

@Suite struct ConnectionTests {
    private func familyOfTwo() async throws -> (Phone, Phone) {
        let phone = try await Phone.withCircle()
        let other = try await Phone(newYork("2026-02-09", 10))
        try await phone.invite(other, "Dani")
        let long = String(repeating: "and much to say ", count: 8)
        for number in 0..<20 { try await phone.home.add(note("\(number) \(long)")) }
        return (phone, other)
    }

    @Test func twoHomesMeetOverAConnectionOfTheApps() async throws {
        let (phone, other) = try await familyOfTwo()
        let (here, there) = try SocketConnection.pair()
        try other.home.attach(there).accept()
        let meeting = try await phone.home.meetOver(end: phone.home.attach(here), device: other.device())
        #expect(meeting.equal)
        let (sent, received) = (try await phone.texts(), try await other.texts())
        #expect(sent == received)
        #expect(received.count == 20)
    }

    @Test func aConnectionThatIsCutLosesNothing() async throws {
        let (phone, other) = try await familyOfTwo()
        for bytes in [1, 300, 700] {
            let (here, there) = try SocketConnection.pair()
            try other.home.attach(CutConnection(there, after: bytes)).accept()
            let end = phone.home.attach(here)
            await #expect(throws: KinweaveError.peerUnreachable, "cut after \(bytes)") {
                try await phone.home.meetOver(end: end, device: other.device())
            }
        }
        #expect(try await phone.meet(other).equal)
        let (sent, received) = (try await phone.texts(), try await other.texts())
        #expect(sent == received)
    }

    @Test func twoPhonesPairOverAConnectionOfTheApps() async throws {
        let phone = try await Phone.withCircle()
        let newcomer = try await Phone(newYork("2026-02-09", 10))
        let inviting = try await phone.home.invite(
            invitation: .newMember(role: .member, guardian: nil), listenOn: anywhere)
        let code = try #require(inviting.code())
        let (here, there) = try SocketConnection.pair()
        try phone.home.attach(here).accept()
        let joining = try await newcomer.home.joinOver(
            end: newcomer.home.attach(there), code: code, displayName: "Dani")
        let words = try await inviting.next(timeoutMs: patienceMs)
        #expect(try await joining.next(timeoutMs: patienceMs) == words)
    }
}
