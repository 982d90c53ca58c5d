import DemoFamily

@MainActor
public final class CelebrationsModel {
    public struct Content: Equatable, Sendable {
        public let celebrations: [Celebrating]
        public let today: Day
    }

    public let latest: Latest<Content>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { family in
            Content(celebrations: try await family.celebrations(), today: await family.date())
        }
    }

    public func propose(_ draft: CelebrationDraft, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.celebrate(draft) }
    }

    public func plan(
        _ celebration: Celebrating, place: String, at: WallTime?, after: @escaping @MainActor () -> Void
    ) {
        deeds.start(after: after) { [family] in try await family.plan(celebration, place: place, at: at) }
    }

    public func answer(_ celebration: Celebrating, _ reply: Reply) {
        deeds.start { [family] in try await family.answer(celebration: celebration.id, reply: reply) }
    }

    public func tellCelebrated(_ celebration: Celebrating) {
        deeds.start { [family] in try await family.tellCelebrated(celebration: celebration.id) }
    }

    public func settle(_ celebration: Celebrating, _ apart: Apart, _ choice: Choice) {
        deeds.start { [family] in
            try await family.settle(record: celebration.id, field: apart.name, choice: choice)
        }
    }
}
