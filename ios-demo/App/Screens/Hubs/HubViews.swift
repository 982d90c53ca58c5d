import SwiftUI

/// What is done together.
struct TogetherView: View {
    var body: some View {
        List {
            Door("promises", "promises_what", to: .promises)
            Door("encouragement", "encouragement_what", to: .encouragement)
            Door("celebrations", "celebrations_what", to: .celebrations)
        }
        .navigationTitle("together")
    }
}

/// What is one's own.
struct MineView: View {
    var body: some View {
        List {
            Door("check_ins", "check_ins_what", to: .checkIns)
            Door("days_and_card", "days_what", to: .days)
            Door("journal", "journal_what", to: .journal)
            Door("setback", "setback_what", to: .setback)
        }
        .navigationTitle("mine")
    }
}

private struct Door: View {
    private let title: LocalizedStringKey
    private let what: LocalizedStringKey
    private let place: Place

    init(_ title: LocalizedStringKey, _ what: LocalizedStringKey, to place: Place) {
        self.title = title
        self.what = what
        self.place = place
    }

    var body: some View {
        NavigationLink(value: place) {
            Panel {
                Text(title).font(.headline)
                Quiet(what)
            }
        }
    }
}
