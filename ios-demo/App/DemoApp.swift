import DemoCore
import DemoScreens
import SwiftUI

@main
struct DemoApp: App {
    @State private var phone = PhoneHome(.thisPhone)
    @State private var preferences = Preferences()
    @State private var lock = PhoneLock(PhoneOwner())
    @Environment(\.scenePhase) private var scenePhase

    var body: some Scene {
        WindowGroup {
            RootView(phone: phone)
                .environment(preferences)
                .environment(lock)
        }
    }
}
