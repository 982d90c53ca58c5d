import DemoFamily
import DemoScreens
import SwiftUI

/// Each day of each promise with what was said of it, and nothing that adds them up.
struct PromisesView: View {
    @State private var model: PromisesModel

    init(family: any Family) { _model = State(initialValue: PromisesModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Section { MainLink("new_promise", to: .newPromise) }
            Shown(model.latest.state) { content in
                if content.promises.isEmpty { Section { Quiet("nothing_yet") } }
                ForEach(content.promises) { promise in
                    PromiseSection(promise: promise, days: promise.days(around: content.today), model: model)
                }
            }
        }
        .navigationTitle("promises")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct PromiseSection: View {
    let promise: Promised
    let days: [PromisedDay]
    let model: PromisesModel

    var body: some View {
        Section {
            Panel {
                Quiet(Text(verbatim: promise.who))
                Text(verbatim: promise.title).font(.headline)
            }
            ForEach(days, id: \.self) { day in
                Panel {
                    Quiet("beside \(day.dueOn.text) \(day.outcome)")
                    if promise.isMine && day.isOpen {
                        Buttons {
                            CardButton("kept") { model.tell(promise, dueOn: day.dueOn, word: .kept) }
                            CardButton("missed") { model.tell(promise, dueOn: day.dueOn, word: .missed) }
                        }
                    }
                }
            }
            if promise.asksMe { Button("bear_witness") { model.bearWitness(promise) } }
            NavigationLink("history", value: Place.history(record: promise.id))
        }
    }
}
