import DemoFamily
import DemoScreens
import SwiftUI

struct JournalView: View {
    @State private var model: JournalModel
    @State private var text = ""

    init(family: any Family) { _model = State(initialValue: JournalModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Section {
                Input("your_words", text: $text, isLong: true)
                MainButton("save") { model.write(text) { text = "" } }
                    .disabled(text.isEmpty || model.deeds.isWorking)
            } footer: {
                Quiet("journal_is_mine")
            }
            Shown(model.latest.state) { pages in
                ForEach(pages) { page in
                    Section {
                        Panel {
                            Quiet(page.on.text)
                            Text(verbatim: page.text)
                            CardButton("remove") { model.remove(page) }
                        }
                    }
                }
            }
        }
        .navigationTitle("journal")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}
