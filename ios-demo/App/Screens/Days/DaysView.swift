import DemoFamily
import DemoScreens
import SwiftUI

/// What I see, and what they see.
struct DaysView: View {
    @State private var model: DaysModel

    init(family: any Family) { _model = State(initialValue: DaysModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Shown(model.latest.state) { content in
                if content.days.isCounting {
                    WhatISee(days: content.days)
                } else {
                    Beginning(today: content.today, model: model)
                }
                WhatTheySee(days: content.days)
                NewCard(isCounting: content.days.isCounting, model: model)
                if !content.days.others.isEmpty { CardsOfOthers(cards: content.days.others) }
            }
        }
        .navigationTitle("days_and_card")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
    }
}

private struct WhatISee: View {
    let days: Days

    var body: some View {
        Section("what_i_see") {
            ForEach(days.lines, id: \.self) { Text(verbatim: $0) }
            ForEach(days.milestones.prefix(5), id: \.self) { reached in
                if reached.isCelebrated {
                    Quiet("milestone_celebrated \(reached.title) \(reached.on.text)")
                } else {
                    Quiet("milestone_reached \(reached.title) \(reached.on.text)")
                }
            }
        }
    }
}

private struct Beginning: View {
    let today: Day
    let model: DaysModel
    @State private var from: Day?

    var body: some View {
        Section("what_i_see") {
            Text("count_for_yourself")
            DayField("count_from", day: $from.or(today))
            Button("start_counting") { model.startCounting(from: from ?? today) }
        }
    }
}

private struct WhatTheySee: View {
    let days: Days

    var body: some View {
        Section("what_they_see") {
            if days.mine.isEmpty { Quiet("no_card") }
            ForEach(days.mine, id: \.self) { Text(verbatim: $0) }
        }
    }
}

private struct NewCard: View {
    private let ways: [CardWay]
    private let model: DaysModel
    @State private var way: CardWay
    @SceneStorage("card.words") private var words = ""

    init(isCounting: Bool, model: DaysModel) {
        ways = isCounting ? CardWay.allCases : [.words, .paused]
        _way = State(initialValue: isCounting ? .snapshot : .words)
        self.model = model
    }

    var body: some View {
        Choices("new_card", ways, chosen: $way) { $0.words }
        Section {
            if way != .paused { Input("card_words", text: $words) }
            MainButton("show_card") {
                model.publish(CardDraft(way: way, words: way == .paused ? "" : words)) { words = "" }
            }
            .disabled((way == .words && words.isEmpty) || model.deeds.isWorking)
        }
    }
}

private struct CardsOfOthers: View {
    let cards: [Card]

    var body: some View {
        Section("cards_of_others") {
            ForEach(cards, id: \.self) { card in
                Panel {
                    Quiet(Text(verbatim: card.name))
                    ForEach(card.lines, id: \.self) { Text(verbatim: $0) }
                }
            }
        }
    }
}
