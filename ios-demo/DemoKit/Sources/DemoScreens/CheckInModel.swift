import DemoFamily

@MainActor
public final class CheckInModel {
    public let latest: Latest<CheckIns>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { try await $0.checkIns() }
    }

    public func save(_ draft: CheckInDraft, after: @escaping @MainActor () -> Void) {
        deeds.start(after: after) { [family] in try await family.checkIn(draft) }
    }
}
