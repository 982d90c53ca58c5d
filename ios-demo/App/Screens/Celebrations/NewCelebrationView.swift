import DemoFamily
import DemoScreens
import SwiftUI

struct NewCelebrationView: View {
    @State private var model: CelebrationsModel
    @SceneStorage("celebration.title") private var title = ""
    @SceneStorage("celebration.place") private var place = ""
    @SceneStorage("celebration.day") private var day: Day?
    @Environment(\.dismiss) private var dismiss

    init(family: any Family) { _model = State(initialValue: CelebrationsModel(family)) }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                Section {
                    Input("what_to_celebrate", text: $title)
                    Input("place", text: $place)
                    if let day {
                        DayField("day", day: $day.or(day))
                    } else {
                        Button("choose_a_day") { day = content.today }
                    }
                }
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
        // In the evening, until somebody says another hour.
        let at = day.map { WallTime(day: $0, hour: 18) }
        model.plan(CelebrationDraft(title: title, place: place, at: at)) {
            (title, place, day) = ("", "", nil)
            dismiss()
        }
    }
}
