import DemoFamily
import DemoScreens
import SwiftUI

/// All places of the app: how one begins, and the four tabs.
struct FamilyView: View {
    private let family: any Family
    @State private var start: StartModel
    @SceneStorage("tab") private var tab = Tab.today

    init(family: any Family) {
        self.family = family
        _start = State(initialValue: StartModel(family))
    }

    var body: some View {
        Group {
            switch start.latest.state {
            case .loading: ProgressView("loading")
            case .failed(let problem): List { Told(problem) }
            case .shown(nil): Stack("way.start", family: family) { WelcomeView() }
            case .shown: tabs
            }
        }
        .task { await start.latest.follow() }
    }

    private var tabs: some View {
        TabView(selection: $tab) {
            Stack("way.today", family: family) { TodayView(family: family) }
                .tabItem { Label("today", systemImage: "sun.max") }
                .tag(Tab.today)
            Stack("way.together", family: family) { TogetherView() }
                .tabItem { Label("together", systemImage: "heart") }
                .tag(Tab.together)
            Stack("way.mine", family: family) { MineView() }
                .tabItem { Label("mine", systemImage: "person") }
                .tag(Tab.mine)
            Stack("way.people", family: family) { PeopleView(family: family) }
                .tabItem { Label("people", systemImage: "person.2") }
                .tag(Tab.people)
        }
    }
}

private enum Tab: String {
    case today, together, mine, people
}

/// The pages of a tab on top of each other, which survive the process.
private struct Stack<Root: View>: View {
    private let family: any Family
    private let root: Root
    @SceneStorage private var way: Way

    init(_ key: String, family: any Family, @ViewBuilder root: () -> Root) {
        self.family = family
        self.root = root()
        _way = SceneStorage(wrappedValue: Way(), key)
    }

    var body: some View {
        NavigationStack(path: $way.places) {
            root.navigationDestination(for: Place.self) { PlaceView(place: $0, family: family) }
        }
    }
}

/// The screen of a place.
private struct PlaceView: View {
    let place: Place
    let family: any Family

    var body: some View {
        switch place {
        case .create: CreateView(family: family)
        case .join: JoinView(family: family)
        case .checkIn: CheckInView(family: family)
        case .checkIns: CheckInsView(family: family)
        case .promises: PromisesView(family: family)
        case .newPromise: NewPromiseView(family: family)
        case .encouragement: EncouragementView(family: family)
        case .newEncouragement: NewEncouragementView(family: family)
        case .celebrations: CelebrationsView(family: family)
        case .newCelebration: NewCelebrationView(family: family)
        case .plan(let celebration): PlanView(family: family, celebration: celebration)
        case .days: DaysView(family: family)
        case .setback: SetbackView(family: family)
        case .journal: LockedJournalView(family: family)
        case .invite: InviteView(family: family)
        case .settings: SettingsView(family: family)
        case .history(let record): HistoryView(family: family, record: record)
        }
    }
}
