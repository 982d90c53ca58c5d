import DemoFamily
import Foundation
import KinweaveKit

/// What the core says, in the language of this phone's owner.
struct Speech {
    /// The language, as a tag of BCP 47.
    let tag: String

    var language: Language { languageOfTag(tag: tag) ?? .en }

    func say(_ key: String, _ arguments: [String: String] = [:]) -> String {
        phrase(language: language, key: key, arguments: arguments) ?? ""
    }

    func counted(_ key: String, _ count: UInt64) -> String {
        say(key, ["count": String(count)])
    }

    /// A preset has a name in every language; what somebody typed is what it is.
    func ideaOf(_ idea: String) -> String {
        phrase(language: language, key: "idea.\(idea)", arguments: [:]) ?? idea
    }

    /// What became of a day of a promise.
    func outcome(_ outcome: SlotOutcome) -> String {
        let name =
            switch outcome {
            case .upcoming: "upcoming"
            case .open: "open"
            case .kept: "kept"
            case .unconfirmed: "unconfirmed"
            case .moved: "moved"
            case .missedWithNotice: "missed_with_notice"
            case .missed: "missed"
            case .seenDifferently: "seen_differently"
            case .settled: "settled"
            case .notRecorded: "not_recorded"
            }
        return say("promise.outcome.\(name)")
    }

    func text(_ date: CivilDate) -> String {
        date.start(in: .current).formatted(.dateTime.day().month(.wide).year().locale(Locale(identifier: tag)))
    }

    func shown(_ value: FieldValue) -> String {
        switch value {
        case .nothing: ""
        case .flag(let on): say(on ? "rsvp.yes" : "rsvp.no")
        case .whole(let number): String(number)
        case .fraction(let number): String(number)
        case .text(let words): words
        case .day(let date): text(date)
        case .time(let time): "\(text(time.day)) \(text(hourOf: time))"
        case .several(let values): values.map(shown).joined(separator: ", ")
        case .fields(let values):
            values.sorted { $0.key < $1.key }.map { shown($0.value) }.joined(separator: ", ")
        }
    }

    /// What somebody changed; nil of what people have no name for.
    func change(_ change: FieldChange) -> Change? {
        let field = Field(change.field)
        if field == .other { return nil }
        let words = { (value: FieldValue) in field == .idea ? ideaOf(shown(value)) : shown(value) }
        return Change(field: field, from: change.from.map(words), to: words(change.to))
    }

    private func text(hourOf time: ZonedTime) -> String {
        time.instant.formatted(
            Date.FormatStyle(
                locale: Locale(identifier: tag), timeZone: TimeZone(identifier: time.zone) ?? .current
            ).hour().minute())
    }
}

extension Field {
    /// A field of a record, as people know it.
    init(_ name: String) {
        self =
            switch name {
            case "place": .place
            case "at", "on", "due_on", "open_on": .at
            case "idea": .idea
            case "text": .text
            case "title": .title
            case "note", "learned", "words": .note
            case "band": .mood
            case "display_name", "name": .name
            default: .other
            }
    }
}
