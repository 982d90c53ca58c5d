import DemoFakes
import DemoFamily
import DemoScreens
import Testing

/// The steps of two phones that come to know each other, in their order.
@Suite(.timeLimit(.minutes(1))) @MainActor struct PairingTests {
    private let words = ["river", "lamp", "seven", "oak"]

    @Test func whoeverJoinsSeesTheWordsThenWhoIsHereThenTheEnd() async throws {
        let model = PairingModel(FakeFamily())
        model.join(code: "a code", myName: "Dani")
        #expect(model.state == .waiting)
        try await until(model, .words(words))
        model.confirm(same: true)
        let welcome = Welcome(circle: "Reyes", people: ["Lena", "Marta"], terms: "What is shared stays shared.")
        try await until(model, .here(welcome))
        model.accept()
        try await until(model, .done)
    }

    @Test func wordsThatDifferEndIt() async throws {
        let model = PairingModel(FakeFamily())
        model.join(code: "a code", myName: "Dani")
        try await until(model, .words(words))
        model.confirm(same: false)
        try await until(model, .failed(.wordsDiffer))
    }

    @Test func notNowIsNoFailure() async throws {
        let model = PairingModel(FakeFamily())
        model.join(code: "a code", myName: "Dani")
        try await until(model, .words(words))
        model.decline()
        try await until(model, .notBegun)
    }

    @Test func aCodeThatIsOverIsToldAndOneMayBeginAgain() async throws {
        var answers = Answers()
        answers.stages = []
        let model = PairingModel(FakeFamily(answers))
        model.join(code: "an old code", myName: "Dani")
        try await until(model, .failed(.codeWrong))
        model.invite(.member)
        #expect(model.state == .waiting)
    }

    private func until(_ model: PairingModel, _ state: PairingModel.State) async throws {
        while model.state != state {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
