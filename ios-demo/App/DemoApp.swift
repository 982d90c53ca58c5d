import DemoCore
import DemoScreens
import SwiftUI

@main
struct DemoApp: App {
    @State private var phone = PhoneHome(.this)
    @State private var preferences = Preferences()
    @State private var lock = PhoneLock(PhoneOwner())

    var body: some Scene {
        WindowGroup {
            RootView(phone: phone)
                .environment(preferences)
                .environment(lock)
        }
    }
}
