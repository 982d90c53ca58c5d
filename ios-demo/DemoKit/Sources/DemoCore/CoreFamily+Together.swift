import DemoFamily
import KinweaveKit

/// Promises, kind words, celebrations.
extension CoreFamily {
    public func promises() async throws(FamilyError) -> [Promised] {
        try await asking {
            let (me, names) = try await whoIsHere()
            return try await home.promises(date: today).compactMap { promise in
                guard case .commitment(let commitment) = promise.commitment.body else { return nil }
                return Promised(
                    id: promise.commitment.id.text,
                    title: commitment.title,
                    who: names[promise.owner] ?? "",
                    isMine: promise.owner == me,
                    asksMe: promise.asksMe,
                    days: promise.slots.map { slot in
                        PromisedDay(
                            dueOn: Day(slot.dueOn), outcome: speech.outcome(slot.outcome),
                            isOpen: slot.outcome == .open)
                    })
            }
        }
    }

    public func promise(_ draft: PromiseDraft) async throws(FamilyError) {
        let frequency: Frequency? =
            switch draft.rhythm {
            case .once: nil
            case .daily: .daily
            case .weekly: .weekly
            }
        try await asking {
            let recurrence = frequency.map { Recurrence(frequency: $0, interval: 1, byDay: [], end: .never) }
            let commitment = Commitment(
                title: draft.title, to: members(draft.to), recurrence: recurrence, startsOn: draft.startsOn.civil)
            try await home.add(.commitment(commitment))
        }
    }

    public func tell(promise: String, dueOn: Day, word: PromiseWord) async throws(FamilyError) {
        let event: PromiseEvent =
            switch word {
            case .kept: .kept
            case .missedWithNotice: .missedWithNotice
            case .missed: .missed
            }
        try await asking {
            let told = CommitmentEvent(dueOn: dueOn.civil, event: event, on: today)
            _ = try await home.promiseEvent(commitment: RecordId(promise), event: told)
        }
    }

    public func bearWitness(promise: String) async throws(FamilyError) {
        try await asking {
            let told = CommitmentEvent(event: .witnessAccepted, on: today)
            _ = try await home.promiseEvent(commitment: RecordId(promise), event: told)
        }
    }

    public func encouragements() async throws(FamilyError) -> [Encouraging] {
        try await asking {
            let (me, names) = try await whoIsHere()
            let hearts = Dictionary(grouping: try await newest(RecordKind.reaction)) { $0.about }
            return try await newest(RecordKind.encouragement).compactMap { record in
                guard case .encouragement(let note) = record.body else { return nil }
                let here = hearts[record.id] ?? []
                return Encouraging(
                    id: record.id.text,
                    who: names[record.author] ?? "",
                    isMine: record.author == me,
                    to: note.to.compactMap { names[$0] }.sorted(),
                    text: note.text,
                    hearts: here.map { names[$0.author] ?? "" }.sorted(),
                    isMyHeart: here.contains { $0.author == me })
            }
        }
    }

    public func encourage(_ draft: EncouragementDraft) async throws(FamilyError) {
        try await asking {
            let note = Encouragement(
                to: members(draft.to), text: draft.text, encouragementKind: .encouragement,
                openOn: draft.openOn?.civil)
            try await home.add(.encouragement(note))
        }
    }

    public func setHeart(encouragement: String, on: Bool) async throws(FamilyError) {
        try await asking {
            if on {
                _ = try await home.react(id: RecordId(encouragement), emoji: .heart)
            } else {
                try await home.unreact(id: RecordId(encouragement))
            }
        }
    }

    public func celebrations() async throws(FamilyError) -> [Celebrating] {
        try await asking {
            let (me, names) = try await whoIsHere()
            return try await home.celebrations().compactMap { view in
                guard case .celebration(let body) = view.celebration.body else { return nil }
                return Celebrating(
                    id: view.celebration.id.text,
                    version: view.celebration.version.text,
                    title: speech.ideaOf(body.idea),
                    place: body.place,
                    at: body.at.map(WallTime.init),
                    stage: CelebrationStage(view.state),
                    replies: view.answers.map { Replied(who: names[$0.member] ?? "", reply: Reply($0.answer)) }
                        .sorted { $0.who < $1.who },
                    mine: view.answers.first { $0.member == me }.map { Reply($0.answer) },
                    apart: apart(view.celebration, names))
            }
        }
    }

    public func celebrate(_ draft: CelebrationDraft) async throws(FamilyError) {
        try await asking {
            let celebration = Celebration(
                idea: draft.title, place: draft.place.ifAny, at: draft.at.map(zoned), alcoholFree: true)
            try await home.add(.celebration(celebration))
        }
    }

    public func plan(_ celebration: Celebrating, place: String, at: WallTime?) async throws(FamilyError) {
        try await asking {
            let id = RecordId(celebration.id)
            guard case .celebration(var body) = try await home.get(id: id).body else { return }
            body.place = place.ifAny
            body.at = at.map(zoned)
            _ = try await home.edit(id: id, version: VersionToken(celebration.version), body: .celebration(body))
        }
    }

    public func answer(celebration: String, reply: Reply) async throws(FamilyError) {
        let answer: RsvpAnswer =
            switch reply {
            case .yes: .yes
            case .maybe: .maybe
            case .no: .no
            }
        try await asking {
            _ = try await home.answer(celebration: RecordId(celebration), answer: answer, note: nil)
        }
    }

    public func tellCelebrated(celebration: String) async throws(FamilyError) {
        try await asking {
            let record = try await home.get(id: RecordId(celebration))
            let held = CelebrationEvent(celebration: record.reference, event: .held, happenedOn: today)
            try await home.add(.celebrationEvent(held), about: record.id)
        }
    }

    public func settle(record: String, field: String, choice: Choice) async throws(FamilyError) {
        try await asking {
            let value: FieldValue
            switch choice {
            case .combine(let words): value = .text(value: words)
            case .pick(let number):
                let conflict = try await home.get(id: RecordId(record)).conflicts.first { $0.field == field }
                // Settled by somebody else meanwhile: there is nothing left to pick from.
                guard let conflict, conflict.candidates.indices.contains(number) else { return }
                value = conflict.candidates[number].value
            }
            _ = try await home.resolve(id: RecordId(record), field: field, value: value)
        }
    }

    private func apart(_ record: Record, _ names: [MemberId: String]) -> [Apart] {
        record.conflicts.map { conflict in
            let versions = conflict.candidates.enumerated().map { number, candidate in
                Version(number: number, who: names[candidate.member] ?? "", text: speech.shown(candidate.value))
            }
            return Apart(field: Field(conflict.field), name: conflict.field, versions: versions)
        }
    }

    /// By this phone's own rules, which may be newer than the core's.
    private func zoned(_ time: WallTime) -> ZonedTime {
        let there = ZonedTime(day: time.day.civil, hour: time.hour, minute: time.minute, zone: zoneName)
        return ZonedTime(there.instant, in: zone)
    }

    private func members(_ ids: Set<String>) -> Set<MemberId> { Set(ids.map(MemberId.init)) }
}

extension Reply {
    fileprivate init(_ answer: RsvpAnswer) {
        self =
            switch answer {
            case .yes: .yes
            case .maybe: .maybe
            case .no: .no
            }
    }
}

extension CelebrationStage {
    fileprivate init(_ state: CelebrationState) {
        self =
            switch state {
            case .idea: .idea
            case .planned: .planned
            case .moved: .moved
            case .cancelled: .cancelled
            case .held: .held
            }
    }
}
