/// What VoiceOver says of the way back.
public let _back = "Back"

public struct NavigationStack<Data, Root: View>: _PrimitiveView {
    private let path: Binding<Data>
    private let root: Root
    private let values: @MainActor (Data) -> [AnyHashable]
    private let push: @MainActor (inout Data, AnyHashable) -> Void
    private let pop: @MainActor (inout Data) -> Void

    public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
    where
        Data: MutableCollection, Data: RandomAccessCollection, Data: RangeReplaceableCollection,
        Data.Element: Hashable
    {
        self.path = path
        self.root = root()
        values = { $0.map(AnyHashable.init) }
        push = { path, value in if let value = value.base as? Data.Element { path.append(value) } }
        pop = { $0.remove(at: $0.index(before: $0.endIndex)) }
    }

    /// Every page of the path is drawn and keeps its state; only the last is seen, and only its tasks run.
    public func _elements(_ context: _Context) -> [_Element] {
        let values = values(path.wrappedValue)
        var page = self.page("root", context, isTop: values.isEmpty) { $0.elements(root) }
        let destinations = page.page.destinations
        for (depth, value) in values.enumerated() {
            guard let destination = destinations[ObjectIdentifier(type(of: value.base))] else {
                fatalError("no destination for \(value)")
            }
            page = self.page("\(depth)-\(value)", context, isTop: depth == values.count - 1) { destination(value, $0) }
        }
        return [chrome(page, hasBack: !values.isEmpty, context)]
    }

    private func page(
        _ name: String, _ context: _Context, isTop: Bool, _ draw: (_Context) -> [_Element]
    ) -> (page: _Page, content: [_Element]) {
        var inside = context.child(name)
        inside.page = _Page()
        inside.isVisible = context.isVisible && isTop
        inside.environment.dismiss = DismissAction { back() }
        inside.environment.go = { value in
            var way = path.wrappedValue
            push(&way, value)
            path.wrappedValue = way
        }
        return (inside.page, draw(inside))
    }

    private func back() {
        var way = path.wrappedValue
        pop(&way)
        path.wrappedValue = way
    }

    private func chrome(_ page: (page: _Page, content: [_Element]), hasBack: Bool, _ context: _Context) -> _Element {
        let title = _Element(page.page.isInline ? "title" : "large-title", text: page.page.title?.words(context) ?? "")
        var leading: [_Element] = []
        if hasBack {
            var button = _Element("button back", text: "‹")
            button.label = _back
            button.tap = { back() }
            leading = [button]
        }
        let middle = page.page.isInline ? [title] : []
        let bar = _Element("bar", [_Element("leading", leading)] + middle + [_Element("trailing", page.page.trailing)])
        let scrolled = _Element("scrolled", (page.page.isInline ? [] : [title]) + page.content)
        return _Element("navigation", [bar, scrolled])
    }
}

public struct NavigationLink<Label: View, Destination: View>: _PrimitiveView {
    private let label: Label
    private let value: AnyHashable?

    public func _elements(_ context: _Context) -> [_Element] {
        var link = _Element("between link", context.elements(label) + [_Element("chevron", text: "›")])
        link.label = link.children.dropLast().map(\.words).joined(separator: " ")
        if let value { link.tap = { context.environment.go(value) } }
        link.isEnabled = context.environment.isEnabled
        return [link]
    }
}

extension NavigationLink where Destination == Never {
    public init<P: Hashable>(value: P?, @ViewBuilder label: () -> Label) {
        self.label = label()
        self.value = value.map(AnyHashable.init)
    }
}

extension NavigationLink where Label == Text, Destination == Never {
    public init<P: Hashable>(_ key: LocalizedStringKey, value: P?) {
        label = Text(key)
        self.value = value.map(AnyHashable.init)
    }
}

public struct TabView<SelectionValue: Hashable, Content: View>: _PrimitiveView {
    private let selection: Binding<SelectionValue>
    private let content: Content

    public init(selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content) {
        self.selection = selection
        self.content = content()
    }

    /// All tabs are drawn and keep their state.
    public func _elements(_ context: _Context) -> [_Element] {
        let chosen = _Tag(selection.wrappedValue)
        var inside = context
        inside.environment.chosenTab = chosen
        let tabs = inside.elements(content)
        let buttons = tabs.map { tab in
            var button = _Element("tab", tab.tabItem)
            button.tap = { [selection] in
                if let value = tab.tag?.value.base as? SelectionValue { selection.wrappedValue = value }
            }
            button.isSelected = tab.tag == chosen
            return button
        }
        return [_Element("tabs", tabs.filter { $0.tag == chosen } + [_Element("tab-bar", buttons)])]
    }
}

public struct ToolbarItemPlacement: Sendable {
    public static let confirmationAction = Self()
}

@MainActor @preconcurrency public protocol ToolbarContent {
    func _add(to page: _ToolbarTarget)
}

@MainActor public struct _ToolbarTarget {
    let page: _Page
    let context: _Context
}

public struct ToolbarItem<ID, Content: View>: ToolbarContent {
    private let content: Content

    public func _add(to target: _ToolbarTarget) {
        target.page.trailing += target.context.child("toolbar").elements(content)
    }
}

extension ToolbarItem where ID == () {
    public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
}

@MainActor @resultBuilder public struct ToolbarContentBuilder {
    public static func buildExpression<Content: ToolbarContent>(_ content: Content) -> Content { content }

    public static func buildBlock<Content: ToolbarContent>(_ content: Content) -> some ToolbarContent { content }
}
