import KinweaveKit
import Testing

/// The family's phones, by whose they are.
private struct Family {
    let marta: Phone
    let lena: Phone
    let tomas: Phone
    let iris: Phone
    let dani: Phone

    /// Steps 0 and 2: Marta's circle, and Dani's coming home.
    init() async throws {
        let phones = try await Phone.several(5, newYork("2026-01-20", 10))
        (marta, lena, tomas, iris, dani) = (phones[0], phones[1], phones[2], phones[3], phones[4])
        _ = try await marta.home.createCircle(circleName: "Reyes", displayName: "Marta")
        try await marta.invite(lena, "Lena")
        try await marta.invite(tomas, "Tomás")
        try await marta.invite(iris, "Iris", .youngMember(.from13To17), guardian: marta.me())
        for phone in [lena, tomas, iris] { try await marta.meet(phone) }
        everyoneReads("2026-02-09", 10)
        try await marta.invite(dani, "Dani")
    }

    var phones: [Phone] { [marta, lena, tomas, iris, dani] }

    func phones(without one: Phone) -> [Phone] {
        phones.filter { $0 !== one }
    }

    func everyoneReads(_ date: String, _ hour: Int, _ minute: Int = 0) {
        for phone in phones { phone.clock.set(time: newYork(date, hour, minute)) }
    }

    func martaMeetsAll() async throws {
        for _ in 0..<2 {
            for phone in [lena, tomas, dani, iris] { try await marta.meet(phone) }
        }
    }
}

/// Story 6.1: thirty days and a dinner, in a circle that starts without a person in recovery.
@Suite struct Story61Tests {
    private let nonnas = FieldValue.text(value: "Nonna's kitchen")
    private let saturdayAtSeven = ZonedTime(
        day: day("2026-02-14"), hour: 19, minute: 0, zone: "America/New_York", offsetMinutes: -300)

    @Test func thirtyDaysAndADinner() async throws {
        let family = try await Family()
        try await onlyDaniTellsOfDani(family)
        let key = try await thirtyDays(family)
        let milestone = try await share(family, key)
        let dinner = try await dinner(family, milestone)
        try await twoPlaces(family, dinner)
        try await answers(family, dinner)
        try await celebrated(family, milestone, dinner)
    }

    @Test func daniAndLenaMeetByRosterProofWithoutTheTenthOfFebruary() async throws {
        let family = try await Family()
        #expect(try await family.lena.home.circle().people.count == 4, "Lena's phone doesn't know Dani")
        try await family.dani.meet(family.lena)
        #expect(try await family.lena.home.circle().people.count == 5)
    }

    /// Step 1.
    private func onlyDaniTellsOfDani(_ family: Family) async throws {
        for subject in ["Dani", "nobody by that name"] {
            await #expect(throws: KinweaveError.notAllowed(rule: .subjectMustBeAuthor)) {
                try await family.marta.home.add(
                    record: NewRecord(body: timeline(), with: .default, subject: subject))
            }
        }
    }

    /// Step 2. Answers the key of the milestone that Dani is asked about.
    private func thirtyDays(_ family: Family) async throws -> MilestoneKey {
        let home = family.dani.home
        try await home.add(timeline())
        let passed = try await home.milestones()
        #expect(passed.map(\.title) == ["1 day", "7 days", "14 days"])
        #expect(passed.allSatisfy { $0.state == .reached && $0.prompt == nil })
        family.everyoneReads("2026-02-10", 10)
        for phone in [family.lena, family.tomas, family.iris] { try await family.marta.meet(phone) }
        #expect(try await family.iris.home.circle().people.count == 5)
        family.everyoneReads("2026-02-11", 7)
        let asked = try await home.milestones().filter { $0.prompt != nil }
        #expect(asked.map(\.prompt) == ["30 days by your count. Share it?"])
        #expect(try await home.days()?.current == 30)
        for phone in family.phones(without: family.dani) {
            #expect(try await phone.all(RecordKind.milestone).isEmpty)
            #expect(try await phone.all(RecordKind.recoveryTimeline).isEmpty)
        }
        return try #require(asked.first?.key)
    }

    /// Step 3: the milestone, which goes to everyone as a copy.
    private func share(_ family: Family, _ key: MilestoneKey) async throws -> Record {
        family.everyoneReads("2026-02-11", 18, 10)
        let home = family.dani.home
        let kept = try await home.keepMilestone(key: key)
        let shared = try await home.share(id: kept.id, with: .everyone)
        #expect(shared.id != kept.id)
        #expect(try await home.get(id: kept.id).kind == "milestone", "the private one stays")
        return shared
    }

    /// Step 3: the dinner.
    private func dinner(_ family: Family, _ milestone: Record) async throws -> Record {
        let idea = Celebration(milestone: milestone.reference, idea: "family_dinner_outing", alcoholFree: true)
        let dinner = try await family.dani.home.add(.celebration(idea))
        for phone in [family.marta, family.lena] { try await family.dani.meet(phone) }
        for phone in [family.tomas, family.iris] { try await family.marta.meet(phone) }
        return dinner
    }

    private func celebration(_ record: Record) throws -> Celebration {
        guard case .celebration(let celebration) = record.body else { throw Unexpected.body }
        return celebration
    }

    private func plan(_ phone: Phone, _ place: String) async throws {
        let seen = try await phone.only(RecordKind.celebration)
        let idea = try celebration(seen)
        let planned = Celebration(
            milestone: idea.milestone, idea: idea.idea, place: place, at: saturdayAtSeven,
            participants: idea.participants, alcoholFree: idea.alcoholFree, costNote: idea.costNote)
        _ = try await phone.home.edit(id: seen.id, version: seen.version, body: .celebration(planned))
    }

    /// Step 4.
    private func twoPlaces(_ family: Family, _ dinner: Record) async throws {
        try await plan(family.marta, "Luigi's")
        try await plan(family.lena, "Nonna's kitchen")
        for phone in [family.lena, family.tomas] { try await family.marta.meet(phone) }
        for phone in [family.marta, family.lena, family.tomas] {
            let conflicts = try await phone.only(RecordKind.celebration).conflicts
            #expect(conflicts.map(\.field) == ["place"], "equal values are no conflict")
            let candidates = try #require(conflicts.first).candidates
            let marta = Candidate(value: .text(value: "Luigi's"), member: try await phone.person("Marta"))
            let lena = Candidate(value: nonnas, member: try await phone.person("Lena"))
            #expect(candidates.count == 2)
            #expect(Set(candidates) == [marta, lena])
        }
        _ = try await family.tomas.home.resolve(id: dinner.id, field: "place", value: nonnas)
        try await family.tomas.meet(family.marta)
        for phone in [family.lena, family.dani, family.iris] { try await family.marta.meet(phone) }
        for phone in family.phones {
            let seen = try await phone.only(RecordKind.celebration)
            #expect(seen.conflicts.isEmpty)
            #expect(try celebration(seen).place == "Nonna's kitchen")
            #expect(try celebration(seen).at == saturdayAtSeven)
        }
    }

    /// Step 5.
    private func answers(_ family: Family, _ dinner: Record) async throws {
        family.everyoneReads("2026-02-12", 12)
        for phone in family.phones {
            _ = try await phone.home.answer(celebration: dinner.id, answer: .yes, note: nil)
        }
        for answer in [RsvpAnswer.maybe, .yes] {
            _ = try await family.lena.home.answer(celebration: dinner.id, answer: answer, note: nil)
        }
        let note = Encouragement(
            to: [try await family.iris.person("Dani")], text: "I saved you the corner seat.",
            encouragementKind: .encouragement, openOn: day("2026-02-14"))
        try await family.iris.home.add(.encouragement(note))
        try await family.martaMeetsAll()
        family.everyoneReads("2026-02-13", 12)
        for phone in family.phones(without: family.iris) {
            #expect(try await phone.all(RecordKind.encouragement).isEmpty, "closed until the day")
            let answers = try #require(try await phone.home.celebrations().first).answers
            #expect(answers.map(\.answer) == Array(repeating: .yes, count: 5))
            #expect(try await phone.all(RecordKind.rsvp).count == 5, "one record per member")
        }
        _ = try await family.iris.only(RecordKind.encouragement)
        family.everyoneReads("2026-02-14", 8)
        for phone in family.phones {
            #expect(try await phone.texts() == ["I saved you the corner seat."])
        }
    }

    /// Step 6.
    private func celebrated(_ family: Family, _ milestone: Record, _ dinner: Record) async throws {
        family.everyoneReads("2026-02-15", 12)
        for (phone, event) in [(family.tomas, CelebrationStep.held), (family.lena, .cancelled)] {
            let step = CelebrationEvent(
                celebration: dinner.reference, event: event, happenedOn: day("2026-02-14"))
            try await phone.home.add(.celebrationEvent(step), about: milestone.id)
        }
        try await family.martaMeetsAll()
        for phone in family.phones {
            #expect(try await phone.home.celebrations().first?.state == .held)
            #expect(try await phone.home.isCelebrated(milestone: milestone.id))
            try await expectNamesOfKinds(phone)
        }
        try await family.dani.home.erase(id: dinner.id)
        try await family.martaMeetsAll()
        for phone in family.phones {
            #expect(try await phone.all(RecordKind.celebration).isEmpty)
            #expect(try await phone.all(RecordKind.rsvp).isEmpty)
            #expect(try await phone.home.isCelebrated(milestone: milestone.id), "what was celebrated stays so")
            #expect(try await phone.home.check() == [])
        }
        let milestones = try await family.dani.home.milestones()
        #expect(milestones.contains { $0.title == "30 days" && $0.state == .celebrated })
    }
}

/// What the core calls the kind of this body. Without a `default`: a kind that is missing here doesn't compile.
func nameOfKind(_ body: Body) -> String {
    switch body {
    case .circleInfo: "circle_info"
    case .memberProfile: "member_profile"
    case .deviceName: "device_name"
    case .recoveryTimeline: "recovery_timeline"
    case .share: "share"
    case .milestone: "milestone"
    case .celebration: "celebration"
    case .celebrationEvent: "celebration_event"
    case .rsvp: "rsvp"
    case .encouragement: "encouragement"
    case .reaction: "reaction"
    case .checkIn: "check_in"
    case .setback: "setback"
    case .recoveryCard: "recovery_card"
    case .commitment: "commitment"
    case .commitmentEvent: "commitment_event"
    case .journal: "journal"
    case .naloxoneKit: "naloxone_kit"
    case .unknown(let kind, _): kind
    }
}

/// Every record that this phone's owner may see says which kind its body is.
func expectNamesOfKinds(_ phone: Phone) async throws {
    let records = try await phone.home.list(query: ListQuery(limit: 1_000)).records
    #expect(!records.isEmpty)
    for record in records { #expect(nameOfKind(record.body) == record.kind) }
}
