import DemoFamily

@MainActor
public final class HistoryModel {
    public let latest: Latest<[HistoryLine]>

    public init(_ family: any Family, record: String) {
        latest = Latest(family) { try await $0.history(record: record) }
    }
}
