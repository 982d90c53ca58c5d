import DemoFamily
import DemoScreens
import SwiftUI

struct CheckInsView: View {
    @State private var model: CheckInModel

    init(family: any Family) { _model = State(initialValue: CheckInModel(family)) }

    var body: some View {
        List {
            Section { MainLink("check_in", to: .checkIn) }
            Shown(model.latest.state) { checkIns in
                Section {
                    ForEach(checkIns.lines, id: \.self) { Text(verbatim: $0) }
                    if checkIns.latest.isEmpty { Quiet("nothing_yet") }
                    ForEach(checkIns.latest) { checkIn in
                        NavigationLink(value: Place.history(record: checkIn.id)) { CheckedInRow(checkIn: checkIn) }
                    }
                }
            }
        }
        .navigationTitle("check_ins")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct CheckedInRow: View {
    let checkIn: CheckedIn

    var body: some View {
        Panel {
            Quiet("beside \(checkIn.who) \(checkIn.on.text)")
            if let mood = checkIn.mood { Text(mood.words) }
            if checkIn.wish != .nothing { Text("would_help_line \(Text(checkIn.wish.words))") }
            if let note = checkIn.note { Text(verbatim: note) }
        }
    }
}
