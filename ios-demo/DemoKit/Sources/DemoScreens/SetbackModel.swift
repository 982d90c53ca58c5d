import DemoFamily

@MainActor
public final class SetbackModel {
    public struct Content: Equatable, Sendable {
        public let guidance: [String]
        public let notes: [SetbackNote]
        public let today: Day
    }

    public let latest: Latest<Content>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { family in
            Content(
                guidance: try await family.guidance(), notes: try await family.setbacks(), today: await family.date())
        }
    }

    public func save(_ draft: SetbackDraft, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.setback(draft) }
    }

    public func remove(_ note: SetbackNote) {
        deeds.start { [family] in try await family.remove(record: note.id) }
    }
}
