import DemoFamily
import DemoScreens
import SwiftUI

/// Where and when a celebration is to be, said anew.
struct PlanView: View {
    private let celebration: String
    @State private var model: CelebrationsModel

    init(family: any Family, celebration: String) {
        self.celebration = celebration
        _model = State(initialValue: CelebrationsModel(family))
    }

    var body: some View {
        Form {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                if let seen = content.celebrations.first(where: { $0.id == celebration }) {
                    PlanForm(seen: seen, today: content.today, model: model)
                } else {
                    Told(.gone)
                }
            }
        }
        .navigationTitle("change_plan")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct PlanForm: View {
    /// As it was when somebody began to write. What comes meanwhile is not taken back by what they write.
    @State private var seen: Celebrating
    @State private var place: String
    @State private var at: WallTime?
    private let today: Day
    private let model: CelebrationsModel
    @Environment(\.dismiss) private var dismiss

    init(seen: Celebrating, today: Day, model: CelebrationsModel) {
        _seen = State(initialValue: seen)
        _place = State(initialValue: seen.place ?? "")
        _at = State(initialValue: seen.at)
        self.today = today
        self.model = model
    }

    var body: some View {
        Section { Text(verbatim: seen.title).font(.headline) }
        PlanFields(place: $place, at: $at, today: today)
        Section {
            MainButton("save") { model.plan(seen, place: place, at: at) { dismiss() } }
                .disabled(model.deeds.isWorking)
        }
    }
}
