import Foundation

extension Kinweave {
    /// Opens the home in this directory, or makes one there. One process may have a home at a time.
    ///
    /// The home's key is drawn when it is made, and kept by `keyStore` alone: whoever loses it loses the home.
    ///
    /// - Parameters:
    ///   - directory: The app's own, in no backup; it is made so that only its owner can enter.
    ///   - keyStore: Where the key is kept, such as ``KeychainKeyStore``.
    ///   - timeZone: The zone in which the owner of this phone counts days; see ``setZone(zone:)`` for when it changes.
    ///   - language: The language of the words that the home answers with; nil is English.
    ///   - log: Where lines for developers go; none has a name, a key or a word that somebody wrote.
    ///   - clock: Another clock than the device's, for tests and previews.
    /// - Throws: `KinweaveError.busy` while another process has the home, `KinweaveError.wrongKey` also if the key store has
    ///   none for a home that is there, and the errors of storage.
    public static func open(
        directory: URL,
        keyStore: any KeyStore,
        timeZone: TimeZone = .current,
        language: Language? = nil,
        log: (any LogSink)? = nil,
        clock: SettableClock? = nil
    ) async throws -> Kinweave {
        let options = OpenOptions(
            directory: directory.path, zone: timeZone, language: language, log: log, clock: clock)
        return try await openHome(options: options, keys: keyStore)
    }

    /// Makes a record, shared as its kind usually is unless `with` says otherwise.
    @discardableResult
    public func add(_ body: Body, with: ShareWith = .`default`, about: RecordId? = nil) async throws -> Record {
        try await add(record: NewRecord(body: body, with: with, about: about))
    }
}
