import DemoFamily

/// A family that is made up, for previews and for tests of a model: it answers what it was given, and writes down what it was
/// asked to do.
public actor FakeFamily: Family {
    /// What was done, in order.
    public private(set) var deeds: [String] = []

    /// How often it was asked something.
    public private(set) var reads = 0

    private let answers: Answers
    private var problem: Problem?
    private var bells: [AsyncStream<Void>.Continuation] = []

    public init(_ answers: Answers = Answers()) {
        self.answers = answers
    }

    /// Everything comes to nothing for this reason from now on; nil ends that.
    public func fails(_ problem: Problem?) {
        self.problem = problem
    }

    /// Something is new.
    public func ring() {
        for bell in bells { bell.yield() }
    }

    public func changes() async -> AsyncStream<Void> {
        let (stream, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        bells.append(bell)
        bell.yield()
        return stream
    }

    public func date() async -> Day { answers.today.date }

    public func circle() async throws(FamilyError) -> Circle? { try answer(answers.circle) }

    public func today() async throws(FamilyError) -> Today { try answer(answers.today) }

    public func checkIns() async throws(FamilyError) -> CheckIns { try answer(answers.checkIns) }

    public func promises() async throws(FamilyError) -> [Promised] { try answer(answers.promises) }

    public func encouragements() async throws(FamilyError) -> [Encouraging] { try answer(answers.encouragements) }

    public func celebrations() async throws(FamilyError) -> [Celebrating] { try answer(answers.celebrations) }

    public func days() async throws(FamilyError) -> Days { try answer(answers.days) }

    public func guidance() async throws(FamilyError) -> [String] { try answer(answers.guidance) }

    public func setbacks() async throws(FamilyError) -> [SetbackNote] { try answer([]) }

    public func journal() async throws(FamilyError) -> [JournalPage] { try answer(answers.journal) }

    public func people() async throws(FamilyError) -> People { try answer(answers.people) }

    public func history(record: String) async throws(FamilyError) -> [HistoryLine] { try answer(answers.history) }

    public func settings() async throws(FamilyError) -> Settings { try answer(answers.settings) }

    public func createCircle(name: String, myName: String) async throws(FamilyError) {
        try note("createCircle \(name) \(myName)")
    }

    public func markSeen() async throws(FamilyError) { try note("markSeen") }

    public func keep(_ milestone: MilestoneRef, sharing: Bool) async throws(FamilyError) {
        try note("keep \(milestone.title) \(sharing)")
    }

    public func approve(admission: String) async throws(FamilyError) { try note("approve \(admission)") }

    public func checkIn(_ draft: CheckInDraft) async throws(FamilyError) { try note("checkIn \(draft.mood)") }

    public func promise(_ draft: PromiseDraft) async throws(FamilyError) { try note("promise \(draft.title)") }

    public func tell(promise: String, dueOn: Day, word: PromiseWord) async throws(FamilyError) {
        try note("tell \(promise) \(dueOn.rawValue) \(word)")
    }

    public func bearWitness(promise: String) async throws(FamilyError) { try note("bearWitness \(promise)") }

    public func encourage(_ draft: EncouragementDraft) async throws(FamilyError) { try note("encourage \(draft.text)") }

    public func setHeart(encouragement: String, on: Bool) async throws(FamilyError) {
        try note("setHeart \(encouragement) \(on)")
    }

    public func celebrate(_ draft: CelebrationDraft) async throws(FamilyError) { try note("celebrate \(draft.title)") }

    public func plan(_ celebration: Celebrating, place: String, at: WallTime?) async throws(FamilyError) {
        try note("plan \(celebration.id) \(place) \(at?.rawValue ?? "some day")")
    }

    public func answer(celebration: String, reply: Reply) async throws(FamilyError) {
        try note("answer \(celebration) \(reply)")
    }

    public func tellCelebrated(celebration: String) async throws(FamilyError) {
        try note("tellCelebrated \(celebration)")
    }

    public func settle(record: String, field: String, choice: Choice) async throws(FamilyError) {
        try note("settle \(record) \(field) \(choice)")
    }

    public func startCounting(from: Day) async throws(FamilyError) { try note("startCounting \(from.rawValue)") }

    public func publishCard(_ draft: CardDraft) async throws(FamilyError) { try note("publishCard \(draft.way)") }

    public func setback(_ draft: SetbackDraft) async throws(FamilyError) { try note("setback \(draft.sort)") }

    public func write(_ text: String) async throws(FamilyError) { try note("write \(text)") }

    public func goOnHere() async throws(FamilyError) { try note("goOnHere") }

    public func meetNow() async throws(FamilyError) -> Int {
        try note("meetNow")
        return answers.people.phones.filter(\.isNear).count
    }

    public func invite(_ who: Newcomer) async throws(FamilyError) -> any Pairing {
        try note("invite \(who)")
        return FakePairing(code: "a code", answers.stages)
    }

    public func join(code: String, myName: String) async throws(FamilyError) -> any Pairing {
        try note("join \(code) \(myName)")
        return FakePairing(code: nil, answers.stages)
    }

    public func remove(record: String) async throws(FamilyError) { try note("remove \(record)") }

    public func speak(_ language: String) async throws(FamilyError) { try note("speak \(language)") }

    private func answer<T>(_ it: T) throws(FamilyError) -> T {
        reads += 1
        if let problem { throw FamilyError(problem) }
        return it
    }

    private func note(_ deed: String) throws(FamilyError) {
        if let problem { throw FamilyError(problem) }
        deeds.append(deed)
    }
}

/// Two made-up phones: one stage after the other, and the words differ where somebody says so.
final actor FakePairing: Pairing {
    nonisolated let code: String?
    private var stages: [Stage]

    init(code: String?, _ stages: [Stage]) {
        self.code = code
        self.stages = stages
    }

    func next() async throws(FamilyError) -> Stage {
        if stages.isEmpty { throw FamilyError(.codeWrong) }
        return stages.removeFirst()
    }

    func confirmWords(same: Bool) async throws(FamilyError) {
        if !same { throw FamilyError(.wordsDiffer) }
    }

    func accept() async throws(FamilyError) {}

    func decline() async throws(FamilyError) {}
}
