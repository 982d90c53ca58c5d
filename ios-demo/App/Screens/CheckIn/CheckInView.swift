import DemoFamily
import DemoScreens
import SwiftUI

/// Two taps at the least: a word for the day, and save. Everything else may be left as it is.
struct CheckInView: View {
    @State private var model: CheckInModel
    @SceneStorage("check-in.mood") private var mood: Mood?
    @SceneStorage("check-in.wish") private var wish = Wish.nothing
    @SceneStorage("check-in.note") private var note = ""
    @SceneStorage("check-in.sharing") private var sharing = Sharing.onlyMe
    @Environment(\.dismiss) private var dismiss

    init(family: any Family) { _model = State(initialValue: CheckInModel(family)) }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Choices("how_is_today", Mood.allCases, chosen: $mood) { $0.words }
            Choices("would_help", Wish.allCases, chosen: $wish) { $0.words }
            Section { Input("note", text: $note, isLong: true) }
            Choices("who_sees_it", Sharing.allCases, chosen: $sharing) { $0.words }
        }
        .navigationTitle("check_in")
        .navigationBarTitleDisplayMode(.inline)
        .toolbar {
            ToolbarItem(placement: .confirmationAction) {
                Button("save") { save() }.disabled(mood == nil || model.deeds.isWorking)
            }
        }
    }

    private func save() {
        guard let mood else { return }
        model.save(CheckInDraft(mood: mood, wish: wish, note: note, sharing: sharing)) {
            (self.mood, wish, note, sharing) = (nil, .nothing, "", .onlyMe)
            dismiss()
        }
    }
}
