import DemoCore
import DemoFamily
import DemoScreens
import SwiftUI

/// What stands before the family's screens: the home that opens, the lock, and nothing at all in the app switcher.
struct RootView: View {
    let phone: PhoneHome
    @Environment(Preferences.self) private var preferences
    @Environment(PhoneLock.self) private var lock
    @Environment(\.scenePhase) private var scenePhase

    var body: some View {
        content
            .overlay { if scenePhase != .active { Cover() } }
            .environment(\.locale, Locale(identifier: preferences.language.rawValue))
            .task { await phone.open(language: preferences.language.rawValue) }
            .onChange(of: scenePhase) { _, phase in enter(phase) }
    }

    @ViewBuilder private var content: some View {
        switch phone.opening {
        case .begun: WaitingView()
        case .failed(let problem): FailedView(problem: problem, phone: phone)
        case .open(let family):
            if preferences.isAppLocked && lock.isSet && !lock.isAppOpen {
                LockedAppView()
            } else {
                FamilyView(family: family)
            }
        }
    }

    /// A scene that is only inactive, as under a call's banner, is covered and goes on.
    private func enter(_ phase: ScenePhase) {
        switch phase {
        case .active: phone.enter(foreground: true)
        case .background:
            lock.close()
            if let resting = phone.enter(foreground: false) { finishInBackground(resting) }
        default: break
        }
    }
}

/// Hides what was on the screen from the app switcher's picture.
private struct Cover: View {
    var body: some View {
        Color("Cover").accessibilityHidden(true)
    }
}

private struct WaitingView: View {
    var body: some View {
        ProgressView("loading")
    }
}

private struct FailedView: View {
    let problem: Problem
    let phone: PhoneHome
    @Environment(Preferences.self) private var preferences

    var body: some View {
        List {
            Told(problem)
            Section {
                MainButton("try_again") { Task { await phone.open(language: preferences.language.rawValue) } }
            }
        }
    }
}

private struct LockedAppView: View {
    @Environment(PhoneLock.self) private var lock

    var body: some View {
        List {
            Section { Text("app_locked") }
            Section { MainButton("unlock") { Task { await lock.openApp() } } }
        }
    }
}
