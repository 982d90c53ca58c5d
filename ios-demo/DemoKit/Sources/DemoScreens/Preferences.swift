import Foundation
import Observation

/// What is about this phone alone, and tells nothing of anybody.
@MainActor
@Observable
public final class Preferences {
    /// Whether the app asks for the phone's lock whenever one comes back.
    public var isAppLocked: Bool {
        didSet { kept.set(isAppLocked, forKey: Self.lock) }
    }

    /// The language of everything that the app says.
    public var language: AppLanguage {
        didSet { kept.set(language.rawValue, forKey: Self.spoken) }
    }

    @ObservationIgnored private let kept: UserDefaults

    public init(_ kept: UserDefaults = .standard, locale: Locale = .current) {
        self.kept = kept
        isAppLocked = kept.bool(forKey: Self.lock)
        let ofPhone = locale.language.languageCode.flatMap { AppLanguage(rawValue: $0.identifier) }
        language = kept.string(forKey: Self.spoken).flatMap(AppLanguage.init) ?? ofPhone ?? .english
    }

    private static let lock = "app_lock"
    private static let spoken = "language"
}

/// By its tag of BCP 47.
public enum AppLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}
