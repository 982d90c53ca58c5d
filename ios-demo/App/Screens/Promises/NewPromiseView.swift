import DemoFamily
import DemoScreens
import SwiftUI

struct NewPromiseView: View {
    @State private var model: PromisesModel
    @SceneStorage("promise.title") private var title = ""
    @SceneStorage("promise.rhythm") private var rhythm = Rhythm.weekly
    @SceneStorage("promise.day") private var startsOn: Day?
    @SceneStorage("promise.to") private var to = Names()
    @Environment(\.dismiss) private var dismiss

    init(family: any Family) { _model = State(initialValue: PromisesModel(family)) }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                Section { Input("promise_title", text: $title) }
                Choices("how_often", Rhythm.allCases, chosen: $rhythm) { $0.words }
                Section { DayField("starts_on", day: $startsOn.or(content.today)) }
                if !content.others.isEmpty { PeopleChoices("to_whom", content.others, chosen: $to) }
            }
        }
        .navigationTitle("new_promise")
        .navigationBarTitleDisplayMode(.inline)
        .toolbar {
            ToolbarItem(placement: .confirmationAction) {
                Button("save") { save() }.disabled(title.isEmpty || model.deeds.isWorking)
            }
        }
        .task { await model.latest.follow() }
    }

    private func save() {
        guard case .shown(let content) = model.latest.state else { return }
        let draft = PromiseDraft(title: title, rhythm: rhythm, startsOn: startsOn ?? content.today, to: to.ids)
        model.make(draft) {
            (title, rhythm, startsOn, to) = ("", .weekly, nil, Names())
            dismiss()
        }
    }
}
