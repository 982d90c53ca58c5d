import DemoFamily
import DemoScreens
import SwiftUI

/// What both phones go through, after `begin`.
struct Steps<Begin: View>: View {
    private let model: PairingModel
    private let begin: Begin
    @Environment(\.dismiss) private var dismiss

    init(model: PairingModel, @ViewBuilder begin: () -> Begin) {
        self.model = model
        self.begin = begin()
    }

    var body: some View {
        switch model.state {
        case .notBegun: begin
        case .waiting: Section { ProgressView("waiting_for_other_phone") }
        case .code(let code): CodeSections(code: code)
        case .words(let words): WordsSections(words: words, model: model)
        case .here(let welcome): HereSections(welcome: welcome, model: model)
        case .done:
            Section { Text("paired").font(.title2) }
            Section { MainButton("done") { dismiss() } }
        case .failed(let problem):
            Told(problem)
            begin
        }
    }
}

private struct CodeSections: View {
    let code: String

    var body: some View {
        Section {
            Text("show_code")
            QRCode(code)
        }
        Section {
            Quiet("or_as_text")
            Text(verbatim: code).font(.footnote).textSelection(.enabled)
            ShareLink("send_code", item: code)
        }
    }
}

private struct WordsSections: View {
    let words: [String]
    let model: PairingModel

    var body: some View {
        Section { Text("same_words") }
        Section {
            ForEach(words, id: \.self) { Text(verbatim: $0).font(.title2) }
        }
        Section {
            MainButton("words_are_same") { model.confirm(same: true) }
            Button("words_differ") { model.confirm(same: false) }
        }
    }
}

private struct HereSections: View {
    let welcome: Welcome
    let model: PairingModel

    var body: some View {
        Section {
            Text(verbatim: welcome.circle).font(.title2)
            Text("here_are \(welcome.people.joined(separator: ", "))")
            Quiet(Text(verbatim: welcome.terms))
        }
        Section {
            MainButton("join_them") { model.accept() }
            Button("not_now") { model.decline() }
        }
    }
}
