import DemoFamily

/// Whether there is a circle on this phone, and how one begins.
@MainActor
public final class StartModel {
    public let latest: Latest<Circle?>
    public let deeds = Deeds()
    private let family: any Family

    public init(_ family: any Family) {
        self.family = family
        latest = Latest(family) { try await $0.circle() }
    }

    public func create(circle: String, myName: String) {
        deeds.start { [family] in try await family.createCircle(name: circle, myName: myName) }
    }
}
