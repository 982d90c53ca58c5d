import DemoFamily

/// Only made once the journal's own lock is open.
@MainActor
public final class JournalModel {
    public let latest: Latest<[JournalPage]>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { try await $0.journal() }
    }

    public func write(_ text: String, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.write(text) }
    }

    public func remove(_ page: JournalPage) {
        deeds.start { [family] in try await family.remove(record: page.id) }
    }
}
