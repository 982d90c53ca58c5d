import SwiftUI

struct WelcomeView: View {
    var body: some View {
        List {
            Section {
                Panel {
                    Text("welcome").font(.title2)
                    Text("welcome_how")
                }
            }
            Section {
                MainLink("create_circle", to: .create)
                MainLink("join_circle", to: .join)
            }
        }
        .navigationTitle("app_name")
    }
}
