import DemoFamily
import SwiftUI

/// A line to write in, or several.
struct Input: View {
    private let title: LocalizedStringKey
    private let isLong: Bool
    @Binding private var text: String

    init(_ title: LocalizedStringKey, text: Binding<String>, isLong: Bool = false) {
        self.title = title
        self.isLong = isLong
        _text = text
    }

    var body: some View {
        if isLong {
            TextField(title, text: $text, axis: .vertical).lineLimit(3...8)
        } else {
            TextField(title, text: $text).frame(minHeight: 44)
        }
    }
}

/// A day to pick.
struct DayField: View {
    private let title: LocalizedStringKey
    @Binding private var day: Day

    init(_ title: LocalizedStringKey, day: Binding<Day>) {
        self.title = title
        _day = day
    }

    var body: some View {
        DatePicker(
            title, selection: Binding(get: { day.noon() }, set: { day = Day($0) }), displayedComponents: .date)
    }
}

/// A day and its hour to pick.
struct TimeField: View {
    private let title: LocalizedStringKey
    @Binding private var time: WallTime

    init(_ title: LocalizedStringKey, time: Binding<WallTime>) {
        self.title = title
        _time = time
    }

    var body: some View {
        DatePicker(
            title, selection: Binding(get: { time.instant() }, set: { time = WallTime($0) }),
            displayedComponents: [.date, .hourAndMinute])
    }
}

/// One of several, each with its word.
struct Choices<Value: Hashable>: View {
    private let title: LocalizedStringKey
    private let options: [Value]
    private let words: (Value) -> LocalizedStringKey
    @Binding private var chosen: Value?

    init(
        _ title: LocalizedStringKey, _ options: [Value], chosen: Binding<Value?>,
        words: @escaping (Value) -> LocalizedStringKey
    ) {
        self.title = title
        self.options = options
        self.words = words
        _chosen = chosen
    }

    init(
        _ title: LocalizedStringKey, _ options: [Value], chosen: Binding<Value>,
        words: @escaping (Value) -> LocalizedStringKey
    ) {
        let chosen = Binding<Value?>(
            get: { chosen.wrappedValue }, set: { if let value = $0 { chosen.wrappedValue = value } })
        self.init(title, options, chosen: chosen, words: words)
    }

    var body: some View {
        Section(title) {
            Picker(title, selection: $chosen) {
                ForEach(options, id: \.self) { Text(words($0)).tag(Optional($0)) }
            }
            .pickerStyle(.inline)
            .labelsHidden()
        }
    }
}

/// Any number of people.
struct PeopleChoices: View {
    private let title: LocalizedStringKey
    private let people: [Person]
    @Binding private var chosen: Names

    init(_ title: LocalizedStringKey, _ people: [Person], chosen: Binding<Names>) {
        self.title = title
        self.people = people
        _chosen = chosen
    }

    var body: some View {
        Section(title) {
            ForEach(people) { person in
                let isChosen = chosen.ids.contains(person.id)
                Button {
                    chosen.turn(person.id)
                } label: {
                    HStack {
                        Text(verbatim: person.name).foregroundStyle(Color.primary)
                        Spacer()
                        if isChosen { Image(systemName: "checkmark").accessibilityHidden(true) }
                    }
                    .frame(minHeight: 30)
                }
                .accessibilityAddTraits(isChosen ? .isSelected : [])
            }
        }
    }
}

/// Chosen people, as the system keeps them for a form.
struct Names: RawRepresentable {
    private(set) var ids: Set<String> = []

    init() {}

    init?(rawValue: String) {
        ids = Set(rawValue.split(separator: " ").map(String.init))
    }

    var rawValue: String { ids.sorted().joined(separator: " ") }

    mutating func turn(_ id: String) {
        if ids.remove(id) == nil { ids.insert(id) }
    }
}

extension Binding {
    /// The value, or this one where nobody has chosen yet.
    func or<Chosen>(_ first: Chosen) -> Binding<Chosen> where Value == Chosen? {
        Binding<Chosen>(get: { wrappedValue ?? first }, set: { wrappedValue = $0 })
    }
}
