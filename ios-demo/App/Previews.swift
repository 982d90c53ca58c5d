#if DEBUG
    import DemoFakes
    import DemoFamily
    import DemoScreens
    import SwiftUI

    // What Xcode's canvas shows, of a made-up family.

    struct Today_Previews: PreviewProvider {
        static var previews: some View { Preview { TodayView(family: $0) } }
    }

    struct CheckIn_Previews: PreviewProvider {
        static var previews: some View { Preview { CheckInView(family: $0) } }
    }

    struct CheckIns_Previews: PreviewProvider {
        static var previews: some View { Preview { CheckInsView(family: $0) } }
    }

    struct Promises_Previews: PreviewProvider {
        static var previews: some View { Preview { PromisesView(family: $0) } }
    }

    struct Encouragement_Previews: PreviewProvider {
        static var previews: some View { Preview { EncouragementView(family: $0) } }
    }

    struct Celebrations_Previews: PreviewProvider {
        static var previews: some View { Preview { CelebrationsView(family: $0) } }
    }

    struct Days_Previews: PreviewProvider {
        static var previews: some View { Preview { DaysView(family: $0) } }
    }

    struct Setback_Previews: PreviewProvider {
        static var previews: some View { Preview { SetbackView(family: $0) } }
    }

    struct Journal_Previews: PreviewProvider {
        static var previews: some View { Preview { JournalView(family: $0) } }
    }

    struct People_Previews: PreviewProvider {
        static var previews: some View { Preview { PeopleView(family: $0) } }
    }

    struct History_Previews: PreviewProvider {
        static var previews: some View { Preview { HistoryView(family: $0, record: "dinner") } }
    }

    struct Settings_Previews: PreviewProvider {
        static var previews: some View {
            Preview { SettingsView(family: $0) }.environment(Preferences())
        }
    }

    /// A page in a stack of its own, whose links lead nowhere.
    private struct Preview<Page: View>: View {
        @State private var way: [Place] = []
        @ViewBuilder let page: (any Family) -> Page

        var body: some View {
            NavigationStack(path: $way) { page(FakeFamily()) }
        }
    }
#endif
