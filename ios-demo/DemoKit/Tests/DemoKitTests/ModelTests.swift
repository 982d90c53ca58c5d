import DemoFakes
import DemoFamily
import DemoScreens
import Testing

/// What the models do with a family's answers, whatever they are.
@Suite(.timeLimit(.minutes(1))) @MainActor struct ModelTests {
    @Test func whatDidNotWorkIsToldAndEndsWithTheNextDeed() async throws {
        let family = FakeFamily()
        let model = TodayModel(family)
        await family.fails(.diskFull)
        model.markSeen()
        try await untilIdle(model.deeds)
        #expect(model.deeds.problem == .diskFull)
        await family.fails(nil)
        model.markSeen()
        try await untilIdle(model.deeds)
        #expect(model.deeds.problem == nil)
        #expect(await family.deeds == ["markSeen"])
    }

    @Test func aSecondTapMeanwhileDoesNothing() async throws {
        let family = FakeFamily()
        let model = StartModel(family)
        model.create(circle: "Elm Street", myName: "Marta")
        model.create(circle: "Elm Street", myName: "Marta")
        try await untilIdle(model.deeds)
        #expect(await family.deeds == ["createCircle Elm Street Marta"])
    }

    @Test func aScreenShowsTheLatestAndStandsStillWhileTheHomeRests() async throws {
        let family = FakeFamily()
        let latest = TodayModel(family).latest
        #expect(latest.state == .loading)
        let following = Task { await latest.follow() }
        let shown = ScreenState.shown(Answers().today)
        try await until { latest.state == shown }
        await family.fails(.busy)
        await family.ring()
        try await until { await family.reads >= 2 }
        await family.fails(.damaged)
        await family.ring()
        try await until { latest.state != shown }
        #expect(latest.state == .failed(.damaged), "a home that rests is no reason to take the screen away")
        following.cancel()
    }

    @Test func aHeartIsTurned() async throws {
        let family = FakeFamily()
        let model = EncouragementModel(family)
        model.turnHeart(try #require(Answers().encouragements.first))
        try await untilIdle(model.deeds)
        #expect(await family.deeds == ["setHeart note true"])
    }

    @Test func ofAPromiseTheLastThreeDaysAndTheNextAreShown() throws {
        let today = try #require(Day(rawValue: "2026-02-09"))
        let days = (-5...5).map { PromisedDay(dueOn: today.adding(days: $0), outcome: "", isOpen: false) }
        let promise = Promised(id: "1", title: "", who: "", isMine: true, asksMe: false, days: days)
        #expect(promise.days(around: today).map(\.dueOn) == (-2...1).map { today.adding(days: $0) })
    }

    private func untilIdle(_ deeds: Deeds) async throws {
        try await until { !deeds.isWorking }
    }

    private func until(_ isSo: () async -> Bool) async throws {
        while !(await isSo()) {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
