import DemoFamily
import DemoScreens
import SwiftUI

extension Color {
    /// Less loud than the rest, and still 4.5 : 1 on every background, which the system's secondary isn't.
    static let quiet = Color("Quiet")
}

/// Less loud than the rest: who, when, why.
struct Quiet: View {
    private let text: Text

    init(_ text: Text) { self.text = text }

    init(_ key: LocalizedStringKey) { text = Text(key) }

    var body: some View {
        text.font(.subheadline).foregroundStyle(Color.quiet)
    }
}

/// The one thing that a screen is for.
struct MainButton: View {
    private let title: LocalizedStringKey
    private let action: @MainActor () -> Void

    init(_ title: LocalizedStringKey, action: @escaping @MainActor () -> Void) {
        self.title = title
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            // On the dark accent the system's white couldn't be read.
            Text(title)
                .font(.headline)
                .foregroundStyle(Color("OnAccent"))
                .frame(maxWidth: .infinity, minHeight: 30)
        }
        .buttonStyle(.borderedProminent)
        .controlSize(.large)
        .listRowBackground(Color.clear)
    }
}

/// The same, where it leads to a form.
struct MainLink: View {
    private let title: LocalizedStringKey
    private let place: Place

    init(_ title: LocalizedStringKey, to place: Place) {
        self.title = title
        self.place = place
    }

    var body: some View {
        NavigationLink(value: place) {
            Text(title).font(.headline).foregroundStyle(.tint).frame(minHeight: 44)
        }
    }
}

/// One of several on a card. A plain button in a list would take the whole row.
struct CardButton: View {
    private let title: LocalizedStringKey
    private let action: @MainActor () -> Void

    init(_ title: LocalizedStringKey, action: @escaping @MainActor () -> Void) {
        self.title = title
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            Text(title).frame(minHeight: 30)
        }
        .buttonStyle(.bordered)
    }
}

/// Buttons beside each other, or below where there is no room.
struct Buttons<Content: View>: View {
    private let content: Content

    init(@ViewBuilder content: () -> Content) { self.content = content() }

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack { content }
            VStack(alignment: .leading) { content }
        }
    }
}

/// What belongs together in one row.
struct Panel<Content: View>: View {
    private let content: Content

    init(@ViewBuilder content: () -> Content) { self.content = content() }

    var body: some View {
        VStack(alignment: .leading, spacing: 8) { content }
    }
}

/// What didn't work, and what to do; nothing where all did.
struct Told: View {
    private let problem: Problem?

    init(_ problem: Problem?) { self.problem = problem }

    var body: some View {
        if let problem {
            Section {
                Text(problem.words)
                    .foregroundStyle(Color("NoticeText"))
                    .listRowBackground(Color("Notice"))
            }
        }
    }
}

/// What a screen shows in each of its states; `content` only for what is there.
struct Shown<Value: Equatable & Sendable, Content: View>: View {
    private let state: ScreenState<Value>
    private let content: (Value) -> Content

    init(_ state: ScreenState<Value>, @ViewBuilder content: @escaping (Value) -> Content) {
        self.state = state
        self.content = content
    }

    var body: some View {
        switch state {
        case .loading: ProgressView("loading")
        case .failed(let problem): Told(problem)
        case .shown(let value): content(value)
        }
    }
}
