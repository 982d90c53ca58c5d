import DemoFamily
import DemoScreens
import SwiftUI

/// How a record came to be what it is.
struct HistoryView: View {
    @State private var model: HistoryModel

    init(family: any Family, record: String) {
        _model = State(initialValue: HistoryModel(family, record: record))
    }

    var body: some View {
        List {
            Shown(model.latest.state) { lines in
                ForEach(lines, id: \.self) { line in
                    Section { HistoryRow(line: line) }
                }
            }
        }
        .navigationTitle("history")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct HistoryRow: View {
    let line: HistoryLine

    var body: some View {
        Panel {
            Text(line.words)
            if let on = line.on { Quiet(on.text) }
            ForEach(line.changes.filter { !$0.to.isEmpty || !$0.from.isEmpty }, id: \.self) { ChangeRow(change: $0) }
        }
    }
}

private struct ChangeRow: View {
    let change: Change

    var body: some View {
        let before = change.from.filter { !$0.isEmpty }.joined(separator: " / ")
        if before.isEmpty {
            Quiet("colon \(Text(change.field.words)) \(change.to)")
        } else {
            Quiet("changed \(Text(change.field.words)) \(before) \(change.to)")
        }
    }
}
