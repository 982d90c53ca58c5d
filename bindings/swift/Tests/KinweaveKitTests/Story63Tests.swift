import KinweaveKit
import Testing

/// The family Reyes, paired and met on 9 February 2026; Dani's timeline begins on 12 January.
private struct Reyes {
    let marta: Phone
    let lena: Phone
    let tomas: Phone
    let iris: Phone
    let dani: Phone
    /// Dani's other device.
    let tablet: Phone

    init() async throws {
        let phones = try await Phone.several(6, newYork("2026-02-09", 10))
        (marta, lena, tomas, iris) = (phones[0], phones[1], phones[2], phones[3])
        (dani, tablet) = (phones[4], phones[5])
        _ = try await marta.home.createCircle(circleName: "Reyes", displayName: "Marta")
        try await marta.invite(lena, "Lena")
        try await marta.invite(tomas, "Tomás")
        try await marta.invite(iris, "Iris", .youngMember(.from13To17), guardian: marta.me())
        try await marta.invite(dani, "Dani")
        try await dani.add(device: tablet)
        try await dani.home.add(timeline())
        try await allMeet()
    }

    var phones: [Phone] { others + [dani, tablet] }

    /// All but Dani's.
    var others: [Phone] { [marta, lena, tomas, iris] }

    func clocks(_ date: String, _ hour: Int) {
        for phone in phones { phone.clock.set(time: newYork(date, hour)) }
    }

    func allMeet() async throws {
        for _ in 0..<2 {
            try await dani.meet(tablet)
            for phone in [dani, lena, tomas, iris] { #expect(try await phone.meet(marta).equal) }
            for phone in [lena, tomas, iris] { #expect(try await phone.meet(dani).equal) }
        }
    }

    /// Dani publishes this card to the circle, and meets Marta.
    func publish(_ card: RecoveryCard) async throws {
        _ = try await dani.home.publishCard(card: card, with: .circle)
        try await dani.meet(marta)
    }

    /// What Dani's card says on Marta's phone.
    func daniOnMartas(_ date: String) async throws -> CardView {
        let member = try await marta.person("Dani")
        return try #require(try await marta.home.cardOf(member: member, date: day(date)))
    }
}

private func paused(_ date: String) -> RecoveryCard {
    RecoveryCard(mode: .paused, asOf: day(date))
}

private func card(
    _ mode: CardMode, _ date: String, total: UInt32, until: String? = nil, words: String? = nil
) -> RecoveryCard {
    RecoveryCard(
        mode: mode, asOf: day(date), shows: [.total], total: total, words: words, validUntil: until.map(day))
}

private func setback(_ started: String, _ resumed: String) -> Body {
    .setback(
        Setback(
            startedOn: day(started), resumedOn: day(resumed), setbackKind: .slip, countPolicy: .newRun,
            learned: "Call before, not after.", safeNow: true))
}

/// Story 6.3: a setback that stays private until Dani is ready.
@Suite struct Story63Tests {
    @Test func aSetbackStaysPrivateUntilDaniIsReady() async throws {
        let reyes = try await Reyes()
        let march = try await spring(reyes)
        try await guidance(reyes)
        try await setbacks(reyes)
        try await pausedAgain(reyes, march)
        let (originals, copies) = try await disclosed(reyes)
        try await copyUpdated(reyes, originals[1], copies[1])
        try await onMyFeet(reyes)
        for phone in reyes.phones {
            #expect(try await phone.home.check() == [])
            try await expectNamesOfKinds(phone)
        }
    }

    /// Steps 0 and 1. Answers what Marta's phone showed in March.
    private func spring(_ reyes: Reyes) async throws -> CardView {
        reyes.clocks("2026-03-10", 18)
        try await reyes.publish(paused("2026-03-10"))
        let march = try await reyes.daniOnMartas("2026-03-10")
        #expect(march.lines == ["Dani isn't sharing a count right now"])
        reyes.clocks("2026-03-12", 18)
        #expect(try await reyes.daniOnMartas("2026-03-12") == march)
        try await reyes.publish(card(.snapshot, "2026-03-12", total: 59))
        #expect(try await reyes.daniOnMartas("2026-03-12").lines == ["59 days in all", "as of 12 March 2026"])
        reyes.clocks("2026-04-30", 18)
        #expect(try await reyes.dani.home.days()?.total == 108)
        try await reyes.publish(card(.counting, "2026-04-30", total: 108, until: "2026-05-07"))
        reyes.clocks("2026-05-01", 9)
        #expect(try await reyes.daniOnMartas("2026-05-01").lines == ["109 days in all"])
        return march
    }

    /// Step 2: what is said first, before and after a kit is known.
    private func guidance(_ reyes: Reyes) async throws {
        reyes.clocks("2026-05-02", 22)
        let before = try await reyes.dani.home.setbackGuidance(today: day("2026-05-02"))
        #expect(before.phraseKeys.prefix(2) == ["setback.tolerance", "setback.naloxone_unknown"])
        #expect(before.naloxonePlace == nil)
        let kit = NaloxoneKit(
            place: "hall cupboard, top shelf", form: .nasal, packExpiresOn: day("2027-03-31"),
            trained: [try await reyes.tomas.me()])
        try await reyes.tomas.home.add(.naloxoneKit(kit))
        try await reyes.tomas.meet(reyes.marta)
        try await reyes.marta.meet(reyes.dani)
        let after = try await reyes.dani.home.setbackGuidance(today: day("2026-05-02"))
        #expect(after.naloxonePlace == "hall cupboard, top shelf")
    }

    /// Step 2: 2 and 3 May, logged apart, are these two days once.
    private func setbacks(_ reyes: Reyes) async throws {
        let counting = try await reyes.marta.only(RecordKind.recoveryCard).body
        reyes.clocks("2026-05-03", 21)
        try await reyes.tablet.home.add(setback("2026-05-02", "2026-05-03"))
        reyes.clocks("2026-05-04", 9)
        try await reyes.dani.home.add(setback("2026-05-02", "2026-05-04"))
        try await reyes.dani.meet(reyes.tablet)
        for phone in [reyes.dani, reyes.tablet] {
            let days = try #require(try await phone.home.days())
            #expect([days.total, days.current] == [110, 0])
            let today = try await phone.home.today(date: day("2026-05-04"))
            #expect(today.daysLines.contains("today counts"))
            let said = today.daysLines + today.checkInLines
            #expect(!said.contains { $0.hasPrefix("0 ") || $0.lowercased().contains("reset") })
        }
        #expect(try await reyes.dani.only(RecordKind.recoveryCard).body == counting, "logging never edits the card")
    }

    private func prompts(_ phone: Phone) async throws -> [Prompt] {
        try await phone.home.today(date: day("2026-05-04")).prompts
    }

    /// What Dani is asked about the card.
    private func askedAboutCard(_ reyes: Reyes) async throws -> [String] {
        try await prompts(reyes.dani).compactMap { prompt in
            guard case .card(_, _, let text) = prompt else { return nil }
            return text
        }
    }

    /// Step 3: the app asks Dani about the card, and nobody else.
    private func pausedAgain(_ reyes: Reyes, _ march: CardView) async throws {
        let question = "Your card still counts until 7 May 2026. Pause it, update it, or leave it as it is?"
        #expect(try await askedAboutCard(reyes) == [question])
        #expect(try await prompts(reyes.marta).isEmpty)
        reyes.clocks("2026-05-04", 10)
        try await reyes.publish(paused("2026-05-04"))
        #expect(try await askedAboutCard(reyes).isEmpty, "it is answered")
        let may = try await reyes.daniOnMartas("2026-05-04")
        #expect(may == march)
        // Equal strings may differ in their bytes.
        #expect(may.lines.map { Array($0.utf8) } == march.lines.map { Array($0.utf8) }, "in every byte as in March")
        _ = try await reyes.marta.only(RecordKind.recoveryCard)
        for phone in reyes.others {
            #expect(try await phone.all(RecordKind.setback).isEmpty)
            #expect(try await rowsElsewhere(phone, "setback") == 0)
        }
    }

    /// How often this phone's entries name the text, in any audience but those of its own member alone.
    private func rowsElsewhere(_ phone: Phone, _ text: String) async throws -> Int {
        let shared = try await phone.home.dump().filter { ![.me, .journal].contains($0.audience.tag) }
        return shared.flatMap(\.rows).count { $0.contains(text) }
    }

    private func learned(_ record: Record) throws -> String? {
        guard case .setback(let setback) = record.body else { throw Unexpected.body }
        return setback.learned
    }

    /// Step 4, 12 May: both setbacks, told to Lena. Answers what was told, and its copies.
    private func disclosed(_ reyes: Reyes) async throws -> (originals: [Record], copies: [Record]) {
        let (dani, lena, marta) = (reyes.dani, reyes.lena, reyes.marta)
        reyes.clocks("2026-05-12", 19)
        let with = ShareWith.chosen([try await dani.person("Lena")])
        let originals = try await dani.all(RecordKind.setback)
        try #require(originals.count == 2)
        var copies: [Record] = []
        for original in originals { copies.append(try await dani.home.share(id: original.id, with: with)) }
        let again = try await dani.home.share(id: originals[0].id, with: with)
        #expect(again.id == copies[0].id, "shared again it is the same copy")
        try await dani.meet(lena)
        try await dani.meet(marta)
        try await lena.meet(marta)
        #expect(try await lena.all(RecordKind.setback).count == 2)
        for copy in copies {
            let read = try await lena.home.get(id: copy.id)
            #expect(try learned(read) == "Call before, not after.")
            #expect(!read.editable, "Dani's words stay Dani's")
        }
        #expect(try await rowsElsewhere(lena, "setback") > 0)
        #expect(try await marta.all(RecordKind.setback).isEmpty)
        #expect(try await rowsElsewhere(marta, "setback") == 0)
        let held = Set(try await marta.home.dump().map(\.audience.id))
        #expect(held.isDisjoint(with: copies.map(\.audience.id)), "not even the set's id")
        try await dani.meet(reyes.tablet)
        reyes.clocks("2026-06-01", 8)
        // A copy and its source count once, on both devices.
        for phone in [dani, reyes.tablet] {
            #expect(try await phone.all(RecordKind.setback).count == 4)
            let days = try #require(try await phone.home.days())
            #expect([days.total, days.current, days.longest, days.elapsed] == [138, 28, 110, 140])
        }
        return (originals, copies)
    }

    /// Step 4: editing a source offers to bring Lena's copy up to date; nothing goes by itself.
    private func copyUpdated(_ reyes: Reyes, _ original: Record, _ copy: Record) async throws {
        let (dani, lena) = (reyes.dani.home, reyes.lena.home)
        let source = try await dani.get(id: original.id)
        guard case .setback(let setback) = source.body else { throw Unexpected.body }
        let told = Setback(
            startedOn: setback.startedOn, resumedOn: setback.resumedOn, setbackKind: setback.setbackKind,
            countPolicy: setback.countPolicy, before: setback.before, helped: setback.helped,
            learned: "Call, and wait for the answer.", safeNow: setback.safeNow)
        _ = try await dani.edit(id: source.id, version: source.version, body: .setback(told))
        let views = try await dani.copies(id: source.id)
        #expect(views.map(\.isOutdated) == [true])
        #expect(views.map(\.since) == [day("2026-05-12")])
        try await reyes.dani.meet(reyes.lena)
        #expect(try learned(await lena.get(id: copy.id)) == "Call before, not after.")
        let updated = try await dani.updateCopy(copy: try #require(views.first).id)
        #expect(try await dani.copies(id: source.id).first?.isOutdated == false)
        try await reyes.dani.meet(reyes.lena)
        #expect(try learned(await lena.get(id: updated.id)) == "Call, and wait for the answer.")
    }

    /// Step 4, 1 and 3 June.
    private func onMyFeet(_ reyes: Reyes) async throws {
        try await reyes.publish(card(.snapshot, "2026-06-01", total: 138, words: "back on my feet"))
        let back = try await reyes.daniOnMartas("2026-06-01")
        #expect(back.lines == ["138 days in all", "back on my feet", "as of 1 June 2026"])
        guard case .shared(let shared) = back.reading else { throw Unexpected.body }
        #expect(shared.total == 138)
        #expect(try await reyes.iris.all(RecordKind.recoveryCard).isEmpty, "a card for the circle is for its adults")
        reyes.clocks("2026-06-03", 7)
        let first = try await reyes.dani.home.today(date: day("2026-06-03")).prompts.first
        guard case .milestone(let milestone) = first else { throw Unexpected.step }
        #expect(milestone.prompt == "30 days in this stretch. Share it?")
        #expect(milestone.state == .prompted)
        try await reyes.allMeet()
        for phone in reyes.others {
            #expect(try await phone.all(RecordKind.milestone).isEmpty)
            #expect(try await phone.home.today(date: day("2026-06-03")).prompts == [])
        }
    }
}
