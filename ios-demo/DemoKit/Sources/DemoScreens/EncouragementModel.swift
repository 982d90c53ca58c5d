import DemoFamily

@MainActor
public final class EncouragementModel {
    public struct Content: Equatable, Sendable {
        public let others: [Person]
        public let notes: [Encouraging]
        public let today: Day
    }

    public let latest: Latest<Content>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { family in
            Content(
                others: try await family.circle()?.others ?? [], notes: try await family.encouragements(),
                today: await family.date())
        }
    }

    public func send(_ draft: EncouragementDraft, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.encourage(draft) }
    }

    public func turnHeart(_ note: Encouraging) {
        deeds.start { [family] in try await family.setHeart(encouragement: note.id, on: !note.isMyHeart) }
    }
}
