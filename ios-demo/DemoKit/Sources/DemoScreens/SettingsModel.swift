import DemoFamily

@MainActor
public final class SettingsModel {
    public let latest: Latest<Settings>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { try await $0.settings() }
    }

    /// The core's sentences are in this language from now on.
    public func speak(_ language: String) {
        deeds.start { [family] in try await family.speak(language) }
    }
}
