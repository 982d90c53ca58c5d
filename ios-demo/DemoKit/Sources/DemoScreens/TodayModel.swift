import DemoFamily

@MainActor
public final class TodayModel {
    public let latest: Latest<Today>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { try await $0.today() }
    }

    public func keep(_ milestone: MilestoneRef, sharing: Bool) {
        deeds.start { [family] in try await family.keep(milestone, sharing: sharing) }
    }

    public func bearWitness(promise: String) {
        deeds.start { [family] in try await family.bearWitness(promise: promise) }
    }

    public func approve(admission: String) {
        deeds.start { [family] in try await family.approve(admission: admission) }
    }

    public func keep(_ due: Due) {
        deeds.start { [family] in try await family.tell(promise: due.promise, dueOn: due.dueOn, word: .kept) }
    }

    public func markSeen() {
        deeds.start { [family] in try await family.markSeen() }
    }
}
