import DemoFamily
import DemoScreens
import SwiftUI

struct CelebrationsView: View {
    @State private var model: CelebrationsModel

    init(family: any Family) { _model = State(initialValue: CelebrationsModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Section { MainLink("plan_celebration", to: .newCelebration) }
            Shown(model.latest.state) { content in
                if content.celebrations.isEmpty { Section { Quiet("nothing_yet") } }
                ForEach(content.celebrations) { CelebrationSection(celebration: $0, model: model) }
            }
        }
        .navigationTitle("celebrations")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct CelebrationSection: View {
    let celebration: Celebrating
    let model: CelebrationsModel

    var body: some View {
        Section {
            Panel {
                Text(verbatim: celebration.title).font(.headline)
                Quiet(celebration.stage.words)
                if let at = celebration.at { at.text }
                if let place = agreedPlace { Text(verbatim: place) }
                ForEach(Reply.allCases.filter { !people(who: $0).isEmpty }, id: \.self) { reply in
                    Quiet("colon \(Text(reply.words)) \(people(who: reply))")
                }
            }
            ForEach(celebration.apart, id: \.name) { apart in
                TwoVersions(apart: apart) { model.settle(celebration, apart, $0) }
            }
            Panel {
                Text("will_you_come")
                Picker("will_you_come", selection: reply) {
                    ForEach(Reply.allCases, id: \.self) { Text($0.words).tag(Optional($0)) }
                }
                .pickerStyle(.segmented)
                .labelsHidden()
            }
            NavigationLink("change_plan", value: Place.plan(celebration: celebration.id))
            if celebration.stage != .held { Button("we_celebrated") { model.tellCelebrated(celebration) } }
            NavigationLink("history", value: Place.history(record: celebration.id))
        }
    }

    /// A place that is apart is below, in both versions.
    private var agreedPlace: String? {
        celebration.apart.contains { $0.field == .place } ? nil : celebration.place
    }

    private var reply: Binding<Reply?> {
        Binding(get: { celebration.mine }, set: { if let reply = $0 { model.answer(celebration, reply) } })
    }

    private func people(who reply: Reply) -> String {
        celebration.replies.filter { $0.reply == reply }.map(\.who).joined(separator: ", ")
    }
}

/// Both stand side by side, with who wrote them, until somebody picks one or finds words for both.
private struct TwoVersions: View {
    let apart: Apart
    let settle: @MainActor (Choice) -> Void
    @State private var combined = ""

    var body: some View {
        Panel {
            Text("two_versions \(Text(apart.field.words))")
            Buttons {
                ForEach(apart.versions, id: \.self) { version in
                    Button {
                        settle(.pick(version.number))
                    } label: {
                        VStack(alignment: .leading) {
                            Text(verbatim: version.text).font(.headline)
                            Quiet(Text(verbatim: version.who))
                        }
                    }
                    .buttonStyle(.bordered)
                }
            }
        }
        if apart.field != .at {
            Input("or_in_your_words", text: $combined)
            if !combined.isEmpty { Button("use_this") { settle(.combine(combined)) } }
        }
    }
}
