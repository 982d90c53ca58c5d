import DemoFamily
import DemoScreens
import SwiftUI

struct NewEncouragementView: View {
    @State private var model: EncouragementModel
    @SceneStorage("encouragement.text") private var text = ""
    @SceneStorage("encouragement.to") private var to = Names()
    @SceneStorage("encouragement.day") private var openOn: Day?
    @Environment(\.dismiss) private var dismiss

    init(family: any Family) { _model = State(initialValue: EncouragementModel(family)) }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                Section { Input("your_words", text: $text, isLong: true) }
                if !content.others.isEmpty { PeopleChoices("for_whom", content.others, chosen: $to) }
                Section {
                    if let openOn {
                        DayField("opens_on", day: $openOn.or(openOn))
                    } else {
                        Button("open_later") { openOn = content.today.adding(days: 1) }
                    }
                }
            }
        }
        .navigationTitle("write_encouragement")
        .navigationBarTitleDisplayMode(.inline)
        .toolbar {
            ToolbarItem(placement: .confirmationAction) {
                Button("send") { send() }.disabled(text.isEmpty || model.deeds.isWorking)
            }
        }
        .task { await model.latest.follow() }
    }

    private func send() {
        model.send(EncouragementDraft(text: text, to: to.ids, openOn: openOn)) {
            (text, to, openOn) = ("", Names(), nil)
            dismiss()
        }
    }
}
