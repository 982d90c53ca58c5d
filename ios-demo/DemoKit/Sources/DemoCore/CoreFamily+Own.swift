import DemoFamily
import KinweaveKit

/// Check-ins, days and card, hard moments, the journal.
extension CoreFamily {
    public func checkIns() async throws(FamilyError) -> CheckIns {
        try await asking {
            let names = try await whoIsHere().names
            let latest = try await originals(RecordKind.checkIn).compactMap { record -> CheckedIn? in
                guard case .checkIn(let day) = record.body else { return nil }
                return CheckedIn(
                    id: record.id.text, who: names[record.author] ?? "", on: Day(day.on), mood: day.band.map(Mood.init),
                    wish: day.ask.map(Wish.init) ?? .nothing, note: day.note)
            }
            let inAll = try await home.checkInSummary(date: today).inAll
            return CheckIns(lines: inAll == 0 ? [] : [speech.counted("checkin.in_all", inAll)], latest: latest)
        }
    }

    public func checkIn(_ draft: CheckInDraft) async throws(FamilyError) {
        try await asking {
            let day = CheckIn(
                on: today, checkInKind: .daily, band: Band(draft.mood), ask: Ask(draft.wish), note: draft.note.ifAny)
            let record = try await home.add(.checkIn(day), with: .onlyMe)
            switch draft.sharing {
            case .onlyMe: break
            case .mood: _ = try await home.shareCheckIn(id: record.id, with: .everyone, part: .band)
            case .all:
                _ = try await home.shareCheckIn(id: record.id, with: .circle, part: .whole(withCraving: false))
            }
        }
    }

    public func days() async throws(FamilyError) -> DemoFamily.Days {
        try await asking {
            let me = try await home.circle().me
            let milestones = try await home.milestones().map { view in
                Reached(title: view.title, on: Day(view.reachedOn), isCelebrated: view.state == .celebrated)
            }
            let others = try await home.cards(date: today).filter { $0.member != me }
            return DemoFamily.Days(
                lines: try await home.today(date: today).daysLines,
                milestones: milestones.reversed(),
                mine: try await home.myCard(date: today)?.lines ?? [],
                others: others.map { Card(name: $0.name, lines: $0.lines) },
                isCounting: try await home.days() != nil)
        }
    }

    public func startCounting(from: Day) async throws(FamilyError) {
        try await asking {
            let timeline = RecoveryTimeline(
                firstStartOn: from.civil, countingStyle: .totalFirst, dayLabelConvention: .completedDays)
            try await home.add(.recoveryTimeline(timeline))
        }
    }

    public func publishCard(_ draft: CardDraft) async throws(FamilyError) {
        try await asking {
            let total = try await home.days()?.total
            let words = draft.words.ifAny
            let card =
                switch draft.way {
                case .paused: RecoveryCard(mode: .paused, asOf: today)
                case .words: RecoveryCard(mode: .snapshot, asOf: today, shows: [.wordsOnly], words: words)
                case .snapshot:
                    RecoveryCard(mode: .snapshot, asOf: today, shows: [.total], total: total, words: words)
                case .counting:
                    RecoveryCard(
                        mode: .counting, asOf: today, shows: [.total], total: total, words: words,
                        validUntil: today.adding(days: Self.cardDays))
                }
            _ = try await home.publishCard(card: card, with: .circle)
        }
    }

    public func guidance() async throws(FamilyError) -> [String] {
        try await asking {
            let guidance = try await home.setbackGuidance(today: today)
            let place = ["place": guidance.naloxonePlace ?? ""]
            return guidance.phraseKeys.compactMap {
                phrase(language: speech.language, key: $0, arguments: place)
            }
        }
    }

    public func setbacks() async throws(FamilyError) -> [SetbackNote] {
        try await asking {
            try await originals(RecordKind.setback).compactMap { record in
                guard case .setback(let it) = record.body else { return nil }
                return SetbackNote(
                    id: record.id.text, on: Day(it.startedOn), sort: SetbackSort(it.setbackKind), learned: it.learned)
            }
        }
    }

    public func setback(_ draft: SetbackDraft) async throws(FamilyError) {
        let policy: CountPolicy =
            switch draft.counting {
            case .newStretch: .newRun
            case .markedDay: .markedDay
            case .noteOnly: .noteOnly
            }
        try await asking {
            let setback = Setback(
                startedOn: draft.startedOn.civil, resumedOn: draft.resumedOn?.civil,
                setbackKind: SetbackKind(draft.sort), countPolicy: policy,
                learned: draft.learned.ifAny)
            try await home.add(.setback(setback), with: .onlyMe)
        }
    }

    public func journal() async throws(FamilyError) -> [JournalPage] {
        try await asking {
            try await originals(RecordKind.journal).compactMap { record in
                guard case .journal(let page) = record.body else { return nil }
                return JournalPage(id: record.id.text, on: Day(page.on), text: page.text)
            }
        }
    }

    public func write(_ text: String) async throws(FamilyError) {
        try await asking { _ = try await home.add(.journal(Journal(on: today, text: text))) }
    }

    /// Those of a kind, the newest first; of one's own that were copied to others only the original.
    private func originals(_ kind: String) async throws -> [Record] {
        let me = try await home.circle().me
        return try await newest(kind).filter {
            $0.author != me || $0.audience.tag == .me || $0.audience.tag == .journal
        }
    }

    private static let cardDays: Int32 = 7
}

extension Mood {
    fileprivate init(_ band: Band) {
        self =
            switch band {
            case .good: .good
            case .okay: .okay
            case .hard: .hard
            case .needCompany: .needCompany
            }
    }
}

extension Band {
    fileprivate init(_ mood: Mood) {
        self =
            switch mood {
            case .good: .good
            case .okay: .okay
            case .hard: .hard
            case .needCompany: .needCompany
            }
    }
}

extension Wish {
    fileprivate init(_ ask: Ask) {
        self =
            switch ask {
            case .nothing: .nothing
            case .call: .call
            case .hug: .hug
            case .space: .space
            case .lift: .lift
            case .listener: .listener
            }
    }
}

extension Ask {
    fileprivate init(_ wish: Wish) {
        self =
            switch wish {
            case .nothing: .nothing
            case .call: .call
            case .hug: .hug
            case .space: .space
            case .lift: .lift
            case .listener: .listener
            }
    }
}

extension SetbackSort {
    fileprivate init(_ kind: SetbackKind) {
        self =
            switch kind {
            case .slip: .slip
            case .returnToUse: .returnToUse
            case .closeCall: .closeCall
            case .other: .other
            }
    }
}

extension SetbackKind {
    fileprivate init(_ sort: SetbackSort) {
        self =
            switch sort {
            case .slip: .slip
            case .returnToUse: .returnToUse
            case .closeCall: .closeCall
            case .other: .other
            }
    }
}
