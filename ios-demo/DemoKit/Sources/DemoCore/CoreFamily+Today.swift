import DemoFamily
import KinweaveKit

/// The first screen, from one call to the core.
extension CoreFamily {
    public func today() async throws(FamilyError) -> DemoFamily.Today {
        try await asking {
            let today = try await home.today(date: today)
            let (me, names) = try await whoIsHere()
            return DemoFamily.Today(
                name: names[me] ?? "",
                date: Day(today.date),
                daysLines: today.daysLines,
                checkInLines: today.checkInLines,
                asks: today.prompts.map { asked($0, names) },
                due: today.promisesDue.flatMap(due),
                news: today.news.records.map { news($0, names) },
                coming: today.coming.map(coming))
        }
    }

    public func markSeen() async throws(FamilyError) {
        try await asking { try await home.markSeen() }
    }

    public func keep(_ milestone: MilestoneRef, sharing: Bool) async throws(FamilyError) {
        try await asking {
            let reached = try await home.milestones().first {
                $0.title == milestone.title && Day($0.reachedOn) == milestone.reachedOn
            }
            var kept = reached?.record
            if kept == nil, let key = reached?.key { kept = try await home.keepMilestone(key: key).id }
            if sharing, let kept { _ = try await home.share(id: kept, with: .everyone) }
        }
    }

    public func approve(admission: String) async throws(FamilyError) {
        try await asking { try await home.approve(admit: EntryHash(admission)) }
    }

    private func asked(_ prompt: Prompt, _ names: [MemberId: String]) -> Asking {
        switch prompt {
        case .milestone(let view):
            .milestone(
                text: view.prompt ?? view.title, MilestoneRef(title: view.title, reachedOn: Day(view.reachedOn)))
        case .card(_, _, let text): .card(text: text)
        case .clock(_, let text): .clock(text: text)
        case .witness(let promise, let text): .witness(text: text, promise: promise.text)
        case .admission(let admission):
            .admission(name: names[admission.member] ?? "", admission: admission.admit.text)
        }
    }

    private func due(_ promise: PromiseView) -> [Due] {
        guard case .commitment(let commitment) = promise.commitment.body else { return [] }
        return promise.slots.filter { $0.outcome == .open }.map { slot in
            Due(promise: promise.commitment.id.text, title: commitment.title, dueOn: Day(slot.dueOn))
        }
    }

    private func news(_ record: Record, _ names: [MemberId: String]) -> DemoFamily.News {
        let (what, text): (What, String?) =
            switch record.body {
            case .checkIn(let it): (.checkedIn, it.note)
            case .commitment(let it): (.promised, it.title)
            case .commitmentEvent(let it): (.toldOfPromise, it.note)
            case .celebration(let it): (.planned, speech.ideaOf(it.idea))
            case .rsvp(let it): (.answered, speech.say("rsvp.\(it.answer)"))
            case .celebrationEvent(let it): (.celebrated, it.note)
            case .encouragement(let it): (.encouraged, it.text)
            case .milestone(let it): (.milestone, it.words)
            case .recoveryCard(let it): (.card, it.words)
            case .reaction: (.heart, nil)
            case .naloxoneKit(let it): (.kit, it.place)
            default: (.other, nil)
            }
        return DemoFamily.News(record: record.id.text, who: names[record.author] ?? "", what: what, text: text)
    }

    private func coming(_ it: KinweaveKit.Coming) -> DemoFamily.Coming {
        switch it {
        case .celebration(let on, let view):
            guard case .celebration(let body) = view.celebration.body else {
                return DemoFamily.Coming(on: on.map(Day.init), text: "", celebration: nil)
            }
            return DemoFamily.Coming(
                on: on.map(Day.init), text: speech.ideaOf(body.idea), celebration: view.celebration.id.text)
        case .milestones(let on, let titles):
            return DemoFamily.Coming(on: Day(on), text: titles.joined(separator: " · "), celebration: nil)
        case .pack(let on, _, _, let text):
            return DemoFamily.Coming(on: Day(on), text: text, celebration: nil)
        }
    }
}
