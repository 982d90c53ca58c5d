import Foundation

extension Record: Identifiable {
    /// When it was made, says its author: to the minute, and only for a list's natural order.
    public var madeAt: Date { Date(timeIntervalSince1970: TimeInterval(wall) * 60) }
}

extension HistoryStep {
    /// When it was done, says its author; only making a record has a time.
    public var doneAt: Date? { at.map { Date(timeIntervalSince1970: TimeInterval($0) * 60) } }
}

extension TrashItem: Identifiable {
    /// When it was removed.
    public var removedAt: Date { Date(timeIntervalSince1970: TimeInterval(removedAtMs) / 1_000) }

    /// Until when it can be brought back.
    public var until: Date { Date(timeIntervalSince1970: TimeInterval(untilMs) / 1_000) }
}

extension PeerStatus {
    /// When both phones last held the same; nil if they never met.
    public var comparedAt: Date? { comparedAtMs.map { Date(timeIntervalSince1970: TimeInterval($0) / 1_000) } }
}

extension AudienceStatus {
    /// When both phones last held the same of this audience; nil if they never did.
    public var comparedAt: Date? { comparedAtMs.map { Date(timeIntervalSince1970: TimeInterval($0) / 1_000) } }
}

extension Meeting {
    /// How long it took.
    public var duration: Duration { .milliseconds(Int64(durationMs)) }
}
