import DemoFamily

@MainActor
public final class DaysModel {
    public struct Content: Equatable, Sendable {
        public let days: Days
        public let today: Day
    }

    public let latest: Latest<Content>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { Content(days: try await $0.days(), today: await $0.date()) }
    }

    public func startCounting(from day: Day) {
        deeds.start { [family] in try await family.startCounting(from: day) }
    }

    public func publish(_ draft: CardDraft, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.publishCard(draft) }
    }
}
