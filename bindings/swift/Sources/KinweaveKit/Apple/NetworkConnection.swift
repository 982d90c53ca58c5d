#if canImport(Network)
    import Foundation
    import Network

    /// A connection of Network framework's for ``Kinweave/attach(_:)``, such as an `NWListener` gives.
    public final class NetworkConnection: ByteConnection, @unchecked Sendable {
        private static let maximumBytes = 65_536

        private let connection: NWConnection

        /// Starts this connection, which is the home's from now on.
        public init(_ connection: NWConnection) {
            self.connection = connection
            connection.start(queue: DispatchQueue(label: "org.kinweave.connection"))
        }

        /// Connects by TCP to another phone's port.
        public convenience init?(to endpoint: Endpoint) {
            guard let port = NWEndpoint.Port(rawValue: endpoint.port) else { return nil }
            self.init(NWConnection(host: NWEndpoint.Host(endpoint.ip), port: port, using: .tcp))
        }

        public func send(_ bytes: Data) async throws {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                connection.send(
                    content: bytes,
                    completion: .contentProcessed { error in
                        if let error { continuation.resume(throwing: error) } else { continuation.resume() }
                    })
            }
        }

        public func receive() async throws -> Data? {
            try await withCheckedThrowingContinuation { continuation in
                connection.receive(minimumIncompleteLength: 1, maximumLength: Self.maximumBytes) { bytes, _, _, error in
                    if let bytes, !bytes.isEmpty {
                        continuation.resume(returning: bytes)
                    } else if let error {
                        continuation.resume(throwing: error)
                    } else {
                        continuation.resume(returning: nil)
                    }
                }
            }
        }

        public func close() {
            connection.cancel()
        }
    }
#endif
