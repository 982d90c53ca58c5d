import DemoFamily
import DemoScreens
import SwiftUI

struct CreateView: View {
    @State private var model: StartModel
    @SceneStorage("create.circle") private var circle = ""
    @SceneStorage("create.name") private var name = ""

    init(family: any Family) { _model = State(initialValue: StartModel(family)) }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Section {
                Input("circle_name", text: $circle)
            } footer: {
                Quiet("circle_name_hint")
            }
            Section { Input("my_name", text: $name) }
            Section {
                MainButton("begin") { model.create(circle: circle, myName: name) }
                    .disabled(circle.isEmpty || name.isEmpty || model.deeds.isWorking)
            }
        }
        .navigationTitle("create_circle")
        .navigationBarTitleDisplayMode(.inline)
    }
}
