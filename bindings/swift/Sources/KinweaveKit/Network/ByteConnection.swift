import Foundation

/// A connection to another phone that the app makes and the home uses; see ``Kinweave/attach(_:)``.
public protocol ByteConnection: Sendable {
    /// Sends these bytes after those of the call before. Returns when there is room for more.
    func send(_ bytes: Data) async throws

    /// The next bytes, at least one; nil once the other phone has ended.
    func receive() async throws -> Data?

    /// Ends it, and with it a call of ``receive()`` that waits. What was sent before is still delivered. Idempotent.
    func close()
}

/// What the home writes goes into a stream, from which a task sends.
private final class StreamTransport: Transport {
    private let outgoing: AsyncStream<Data>.Continuation

    init(_ outgoing: AsyncStream<Data>.Continuation) {
        self.outgoing = outgoing
    }

    /// Asks for no more before this is sent, so that the stream holds one piece at most.
    func write(bytes: Data) throws -> Bool {
        outgoing.yield(bytes)
        return false
    }

    func end() throws {
        outgoing.finish()
    }
}

extension Kinweave {
    /// Takes a connection of the app's. Say next what it is for: `accept()` of what this answers if the other phone called,
    /// else ``meetOver(end:device:)``, ``connectOver(end:device:)`` or ``joinOver(end:code:displayName:)``.
    ///
    /// The home closes it. It slows down while the other phone takes bytes slowly, and the other phone while the home does.
    public func attach(_ connection: some ByteConnection) -> TransportEnd {
        let (stream, outgoing) = AsyncStream.makeStream(of: Data.self)
        let end = attach(transport: StreamTransport(outgoing))
        Task {
            do {
                for await bytes in stream {
                    try await connection.send(bytes)
                    end.writable()
                }
            } catch {
                // Who receives sees it too, and tells the home.
            }
            connection.close()
        }
        // `received` waits while the home has enough to do, which no thread of Swift's own pool may.
        let queue = DispatchQueue(label: "org.kinweave.received")
        Task {
            do {
                while let bytes = try await connection.receive() {
                    await withCheckedContinuation { continuation in
                        queue.async {
                            end.received(bytes: bytes)
                            continuation.resume()
                        }
                    }
                }
            } catch {
                // A connection that broke is one that ended.
            }
            end.closed()
            outgoing.finish()
        }
        return end
    }
}
