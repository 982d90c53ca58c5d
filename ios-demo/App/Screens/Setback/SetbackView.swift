import DemoFamily
import DemoScreens
import SwiftUI

/// First what helps now; writing it down may wait, and stays on the owner's own phones.
struct SetbackView: View {
    @State private var model: SetbackModel
    @State private var isWriting = false

    init(family: any Family) { _model = State(initialValue: SetbackModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                Section {
                    ForEach(content.guidance, id: \.self) { Text(verbatim: $0) }
                } footer: {
                    Quiet("stays_here")
                }
                if isWriting {
                    SetbackForm(today: content.today, model: model) { isWriting = false }
                } else {
                    Section { Button("write_it_down") { isWriting = true } }
                }
                ForEach(content.notes) { note in
                    Section { NoteRow(note: note) { model.remove(note) } }
                }
            }
        }
        .navigationTitle("setback")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

/// Kept by nobody until it is saved: the system's memory of a scene is no place for this.
private struct SetbackForm: View {
    let today: Day
    let model: SetbackModel
    let done: @MainActor () -> Void
    @State private var sort = SetbackSort.slip
    @State private var startedOn: Day?
    @State private var isOver = true
    @State private var resumedOn: Day?
    @State private var counting = Counting.newStretch
    @State private var learned = ""

    var body: some View {
        Choices("what_was_it", SetbackSort.allCases, chosen: $sort) { $0.words }
        Section { DayField("began_on", day: $startedOn.or(today)) }
        Choices("is_it_over", [true, false], chosen: $isOver) { $0 ? "it_is_over" : "it_goes_on" }
        if isOver { Section { DayField("first_day_after", day: $resumedOn.or(today)) } }
        Choices("how_to_count", Counting.allCases, chosen: $counting) { $0.words }
        Section { Input("what_i_learned", text: $learned, isLong: true) }
        Section {
            MainButton("save") { model.save(draft, after: done) }
                .disabled(model.deeds.isWorking)
        }
    }

    private var draft: SetbackDraft {
        SetbackDraft(
            sort: sort, startedOn: startedOn ?? today, resumedOn: isOver ? resumedOn ?? today : nil, counting: counting,
            learned: learned)
    }
}

private struct NoteRow: View {
    let note: SetbackNote
    let remove: @MainActor () -> Void

    var body: some View {
        Panel {
            Quiet(note.on.text)
            Text(note.sort.words)
            if let learned = note.learned { Text(verbatim: learned) }
            CardButton("remove", action: remove)
        }
    }
}
