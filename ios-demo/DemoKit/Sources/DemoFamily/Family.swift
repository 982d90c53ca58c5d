/// All that the screens know of the core, in words of their own. `CoreFamily` is the real one; previews and the tests of a
/// model write theirs by hand.
///
/// Every method throws a ``FamilyError``, and has then changed nothing.
public protocol Family: Sendable {
    /// Yields at once, and then whenever something is new.
    func changes() async -> AsyncStream<Void>

    /// Today, on this phone's wall.
    func date() async -> Day

    /// Who is here; nil before there is a circle on this phone.
    func circle() async throws(FamilyError) -> Circle?

    func createCircle(name: String, myName: String) async throws(FamilyError)

    func today() async throws(FamilyError) -> Today

    func markSeen() async throws(FamilyError)

    func keep(_ milestone: MilestoneRef, sharing: Bool) async throws(FamilyError)

    func approve(admission: String) async throws(FamilyError)

    func checkIns() async throws(FamilyError) -> CheckIns

    func checkIn(_ draft: CheckInDraft) async throws(FamilyError)

    func promises() async throws(FamilyError) -> [Promised]

    func promise(_ draft: PromiseDraft) async throws(FamilyError)

    func tell(promise: String, dueOn: Day, word: PromiseWord) async throws(FamilyError)

    func bearWitness(promise: String) async throws(FamilyError)

    func encouragements() async throws(FamilyError) -> [Encouraging]

    func encourage(_ draft: EncouragementDraft) async throws(FamilyError)

    /// Puts a heart on it, or takes one's own away.
    func setHeart(encouragement: String, on: Bool) async throws(FamilyError)

    func celebrations() async throws(FamilyError) -> [Celebrating]

    func celebrate(_ draft: CelebrationDraft) async throws(FamilyError)

    /// Says where and when it is to be. What others changed since it was seen isn't taken back: both are shown then.
    func plan(_ celebration: Celebrating, place: String, at: WallTime?) async throws(FamilyError)

    func answer(celebration: String, reply: Reply) async throws(FamilyError)

    func tellCelebrated(celebration: String) async throws(FamilyError)

    /// Settles a field that two people changed apart: on one of the versions, or on words of one's own.
    func settle(record: String, field: String, choice: Choice) async throws(FamilyError)

    func days() async throws(FamilyError) -> Days

    func startCounting(from: Day) async throws(FamilyError)

    func publishCard(_ draft: CardDraft) async throws(FamilyError)

    /// What to say first. Asked of the core, written down nowhere.
    func guidance() async throws(FamilyError) -> [String]

    func setbacks() async throws(FamilyError) -> [SetbackNote]

    func setback(_ draft: SetbackDraft) async throws(FamilyError)

    func journal() async throws(FamilyError) -> [JournalPage]

    func write(_ text: String) async throws(FamilyError)

    func people() async throws(FamilyError) -> People

    /// Where there is a second copy of this phone: goes on here, as a phone of its own.
    func goOnHere() async throws(FamilyError)

    /// Meets every phone that is near now, and answers with how many.
    func meetNow() async throws(FamilyError) -> Int

    func invite(_ who: Newcomer) async throws(FamilyError) -> any Pairing

    func join(code: String, myName: String) async throws(FamilyError) -> any Pairing

    func history(record: String) async throws(FamilyError) -> [HistoryLine]

    /// Takes a record of one's own away, on every phone that has it.
    func remove(record: String) async throws(FamilyError)

    func settings() async throws(FamilyError) -> Settings

    /// From now on the core speaks this language, a tag of BCP 47.
    func speak(_ language: String) async throws(FamilyError)
}

/// Two phones that are being paired. Ends with ``Stage/done`` or a ``FamilyError``.
public protocol Pairing: Sendable {
    /// What the other phone needs; nil on the phone that joins.
    var code: String? { get }

    func next() async throws(FamilyError) -> Stage

    func confirmWords(same: Bool) async throws(FamilyError)

    func accept() async throws(FamilyError)

    func decline() async throws(FamilyError)
}

/// What didn't work, as a person needs to know it.
public struct FamilyError: Error, Equatable {
    public let problem: Problem

    public init(_ problem: Problem) {
        self.problem = problem
    }
}

/// Each has its words in the string catalog.
public enum Problem: Sendable, CaseIterable {
    case inputEmpty, inputTooLong, inputOther
    case notAllowed, adultsOnly
    case gone
    case diskFull, phoneLocked, wrongKey, secondCopy, damaged, appTooOld
    case busy
    case nobodyNear, notPaired, codeWrong, wordsDiffer, declined, networkClosed
    case other

    /// Why a call of a ``Family`` came to nothing.
    public init(_ error: any Error) {
        self = (error as? FamilyError)?.problem ?? .other
    }
}
