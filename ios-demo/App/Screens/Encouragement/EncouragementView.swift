import DemoFamily
import DemoScreens
import SwiftUI

struct EncouragementView: View {
    @State private var model: EncouragementModel

    init(family: any Family) { _model = State(initialValue: EncouragementModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Section { MainLink("write_encouragement", to: .newEncouragement) }
            Shown(model.latest.state) { content in
                if content.notes.isEmpty { Section { Quiet("nothing_yet") } }
                ForEach(content.notes) { note in
                    Section { NoteRow(note: note, model: model) }
                }
            }
        }
        .navigationTitle("encouragement")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct NoteRow: View {
    let note: Encouraging
    let model: EncouragementModel

    var body: some View {
        Panel {
            if note.to.isEmpty {
                Quiet(Text(verbatim: note.who))
            } else {
                Quiet("from_to \(note.who) \(note.to.joined(separator: ", "))")
            }
            Text(verbatim: note.text)
            if !note.hearts.isEmpty { Quiet("hearts \(note.hearts.joined(separator: ", "))") }
            if !note.isMine {
                CardButton(note.isMyHeart ? "take_heart_back" : "give_heart") { model.turnHeart(note) }
            }
        }
    }
}
