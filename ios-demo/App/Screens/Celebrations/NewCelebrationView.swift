import DemoFamily
import DemoScreens
import SwiftUI

struct NewCelebrationView: View {
    @State private var model: CelebrationsModel
    @SceneStorage("celebration.title") private var title = ""
    @SceneStorage("celebration.place") private var place = ""
    @SceneStorage("celebration.at") private var at: WallTime?
    @Environment(\.dismiss) private var dismiss

    init(family: any Family) { _model = State(initialValue: CelebrationsModel(family)) }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                Section { Input("what_to_celebrate", text: $title) }
                PlanFields(place: $place, at: $at, today: content.today)
            }
        }
        .navigationTitle("plan_celebration")
        .navigationBarTitleDisplayMode(.inline)
        .toolbar {
            ToolbarItem(placement: .confirmationAction) {
                Button("save") { save() }.disabled(title.isEmpty || model.deeds.isWorking)
            }
        }
        .task { await model.latest.follow() }
    }

    private func save() {
        model.propose(CelebrationDraft(title: title, place: place, at: at)) {
            (title, place, at) = ("", "", nil)
            dismiss()
        }
    }
}

/// Where and when.
struct PlanFields: View {
    @Binding var place: String
    @Binding var at: WallTime?
    let today: Day

    var body: some View {
        Section {
            Input("place", text: $place)
            if let at {
                TimeField("when", time: $at.or(at))
            } else {
                // In the evening, until somebody says another hour.
                Button("choose_a_day") { at = WallTime(day: today, hour: 18) }
            }
        }
    }
}
