import DemoFamily
import DemoScreens
import SwiftUI

struct JoinView: View {
    @State private var model: PairingModel
    @State private var code = ""
    @SceneStorage("join.name") private var name = ""

    init(family: any Family) { _model = State(initialValue: PairingModel(family)) }

    var body: some View {
        Form {
            Steps(model: model) {
                Section { Input("my_name", text: $name) }
                Section {
                    Input("code", text: $code, isLong: true)
                    CodeScanner { code = $0 }
                }
                Section {
                    MainButton("join") { model.join(code: code, myName: name) }
                        .disabled(code.isEmpty || name.isEmpty)
                }
            }
        }
        .navigationTitle("join_circle")
        .navigationBarTitleDisplayMode(.inline)
    }
}
