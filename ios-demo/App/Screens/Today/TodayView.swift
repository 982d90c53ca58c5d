import DemoFamily
import DemoScreens
import SwiftUI

/// What to do, what's new, what's coming: one call to the core.
struct TodayView: View {
    @State private var model: TodayModel

    init(family: any Family) { _model = State(initialValue: TodayModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Shown(model.latest.state) { today in
                Greeting(today: today)
                Section { MainLink("check_in", to: .checkIn) }
                ForEach(today.asks, id: \.self) { asking in
                    Section { AskingRow(asking: asking, model: model) }
                }
                if !today.due.isEmpty { ToDo(due: today.due, model: model) }
                NewHere(news: today.news, model: model)
                if !today.coming.isEmpty { Ahead(coming: today.coming) }
            }
        }
        .navigationTitle("today")
        .task { await model.latest.follow() }
    }
}

private struct Greeting: View {
    let today: Today

    var body: some View {
        Section {
            Panel {
                Quiet(today.date.text)
                Text("hello \(today.name)").font(.title2)
                ForEach(today.daysLines + today.checkInLines, id: \.self) { Text(verbatim: $0) }
            }
        }
    }
}

private struct AskingRow: View {
    let asking: Asking
    let model: TodayModel

    var body: some View {
        Panel {
            switch asking {
            case .milestone(let text, let milestone):
                Text(verbatim: text)
                Buttons {
                    CardButton("share_it") { model.keep(milestone, sharing: true) }
                    CardButton("keep_for_me") { model.keep(milestone, sharing: false) }
                }
            case .card(let text):
                Text(verbatim: text)
                NavigationLink("days_and_card", value: Place.days)
            case .witness(let text, let promise):
                Text(verbatim: text)
                CardButton("bear_witness") { model.bearWitness(promise: promise) }
            case .admission(let name, let admission):
                Text("wants_to_join \(name)")
                CardButton("let_in") { model.approve(admission: admission) }
            case .clock(let text): Text(verbatim: text)
            }
        }
    }
}

private struct ToDo: View {
    let due: [Due]
    let model: TodayModel

    var body: some View {
        Section("to_do") {
            ForEach(due, id: \.self) { due in
                Panel {
                    Text(verbatim: due.title)
                    Quiet(due.dueOn.text)
                    CardButton("kept") { model.keep(due) }
                }
            }
        }
    }
}

private struct NewHere: View {
    let news: [News]
    let model: TodayModel

    var body: some View {
        Section("new_here") {
            if news.isEmpty {
                Quiet("nothing_new")
            } else {
                ForEach(news, id: \.self) { news in
                    NavigationLink(value: news.place) {
                        Panel {
                            Quiet(news.words)
                            if let text = news.text { Text(verbatim: text) }
                        }
                    }
                }
                Button("seen_all") { model.markSeen() }
            }
        }
    }
}

private struct Ahead: View {
    let coming: [Coming]

    var body: some View {
        Section("coming") {
            ForEach(coming, id: \.self) { coming in
                if coming.celebration == nil {
                    ComingRow(coming: coming)
                } else {
                    NavigationLink(value: Place.celebrations) { ComingRow(coming: coming) }
                }
            }
        }
    }
}

private struct ComingRow: View {
    let coming: Coming

    var body: some View {
        Panel {
            Text(verbatim: coming.text)
            if let on = coming.on { Quiet(on.text) }
        }
    }
}

extension News {
    /// Where it is shown in full.
    fileprivate var place: Place {
        switch what {
        case .checkedIn: .checkIns
        case .promised, .toldOfPromise: .promises
        case .planned, .answered, .celebrated: .celebrations
        case .encouraged, .heart: .encouragement
        case .milestone, .card: .days
        case .kit, .other: .history(record: record)
        }
    }
}
