import DemoFamily
import DemoScreens
import SwiftUI

/// Letting somebody in: the code, the four words, done.
struct InviteView: View {
    @State private var model: PairingModel

    init(family: any Family) { _model = State(initialValue: PairingModel(family)) }

    var body: some View {
        Form {
            Steps(model: model) {
                Section("who_comes") {
                    Button("a_member") { model.invite(.member) }
                    Button("a_young_member") { model.invite(.youngMember) }
                    Button("my_own_phone") { model.invite(.myOwnPhone) }
                }
            }
        }
        .navigationTitle("invite")
        .navigationBarTitleDisplayMode(.inline)
    }
}
