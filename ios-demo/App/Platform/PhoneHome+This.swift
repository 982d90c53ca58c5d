import DemoCore
import Foundation
import KinweaveKit

extension PhoneHome.Phone {
    /// The phone in somebody's hand: its key in the Keychain, its home in no backup, the others found by Bonjour.
    static var this: Self {
        #if canImport(Darwin)
            Self(directory: homeDirectory, keyStore: KeychainKeyStore(), services: BonjourServices())
        #else
            // Linux has neither, and runs the app in tests alone, which bring their own phones.
            fatalError("no phone")
        #endif
    }

    #if canImport(Darwin)
        private static var homeDirectory: URL {
            var records = URL.applicationSupportDirectory.appending(path: "records", directoryHint: .isDirectory)
            var values = URLResourceValues()
            values.isExcludedFromBackup = true
            // Where that fails the core can't make its directory either, and says so.
            try? FileManager.default.createDirectory(at: records, withIntermediateDirectories: true)
            try? records.setResourceValues(values)
            return records.appending(path: "home", directoryHint: .isDirectory)
        }
    #endif
}
