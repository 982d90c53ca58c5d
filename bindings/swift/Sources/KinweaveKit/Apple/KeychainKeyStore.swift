#if canImport(Security)
    import Foundation
    import Security

    /// Keeps a home's key in the keychain of this device: in no backup, on no other device, and readable once the device was
    /// unlocked after it started.
    public final class KeychainKeyStore: KeyStore {
        private let item: String

        /// Under this name; one for each home of the app's.
        public init(item: String = "org.kinweave.home") {
            self.item = item
        }

        public func load() throws -> Data? {
            var query = self.query
            query[kSecReturnData] = true
            query[kSecMatchLimit] = kSecMatchLimitOne
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess: return found as? Data
            case errSecItemNotFound: return nil
            case let status: throw Self.error(status)
            }
        }

        public func save(key: Data) throws {
            // A key that is there is never replaced: it may be that of a home.
            var item = query
            item[kSecValueData] = key
            item[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
            let status = SecItemAdd(item as CFDictionary, nil)
            guard status == errSecSuccess else { throw Self.error(status) }
        }

        private var query: [CFString: Any] {
            [
                kSecClass: kSecClassGenericPassword, kSecAttrService: item, kSecAttrAccount: "key",
                kSecUseDataProtectionKeychain: true,
            ]
        }

        private static func error(_ status: OSStatus) -> any Error {
            switch status {
            // The device is locked, and was not yet unlocked since it started; later it is.
            case errSecInteractionNotAllowed, errSecNotAvailable: KinweaveError.storageUnavailable
            default: NSError(domain: NSOSStatusErrorDomain, code: Int(status))
            }
        }
    }
#endif
