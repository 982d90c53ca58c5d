import DemoFamily

@MainActor
public final class PromisesModel {
    public struct Content: Equatable, Sendable {
        public let others: [Person]
        public let promises: [Promised]
        public let today: Day
    }

    public let latest: Latest<Content>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { family in
            Content(
                others: try await family.circle()?.others ?? [], promises: try await family.promises(),
                today: await family.date())
        }
    }

    public func tell(_ promise: Promised, dueOn: Day, word: PromiseWord) {
        deeds.start { [family] in try await family.tell(promise: promise.id, dueOn: dueOn, word: word) }
    }

    public func bearWitness(_ promise: Promised) {
        deeds.start { [family] in try await family.bearWitness(promise: promise.id) }
    }

    public func make(_ draft: PromiseDraft, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.promise(draft) }
    }
}

extension Promised {
    /// What was lately, and what comes next.
    public func days(around today: Day) -> [PromisedDay] {
        days.filter { $0.dueOn <= today }.suffix(3) + days.filter { $0.dueOn > today }.prefix(1)
    }
}
