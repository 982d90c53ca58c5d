import DemoFamily
import Observation

@MainActor
@Observable
public final class PeopleModel {
    public let latest: Latest<People>
    public let deeds = Deeds()

    /// How many phones answered when somebody last asked; nil before.
    public private(set) var met: Int?

    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { try await $0.people() }
    }

    public func goOnHere() {
        deeds.start { [self] in try await family.goOnHere() }
    }

    public func meetNow() {
        deeds.start { [self] in met = try await family.meetNow() }
    }
}
