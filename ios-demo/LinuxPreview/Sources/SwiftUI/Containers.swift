public struct HorizontalAlignment: Sendable {
    let css: String
    public static let leading = Self(css: "flex-start")
    public static let center = Self(css: "center")
}

public struct VerticalAlignment: Sendable {
    let css: String
    public static let center = Self(css: "center")
}

public struct VStack<Content: View>: _PrimitiveView {
    private let alignment: HorizontalAlignment
    private let spacing: CGFloat
    private let content: Content

    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content
    ) {
        self.alignment = alignment
        self.spacing = spacing ?? 8
        self.content = content()
    }

    public func _elements(_ context: _Context) -> [_Element] {
        var stack = _Element("vstack", context.elements(content))
        stack.style = "align-items:\(alignment.css);gap:\(spacing)px"
        return [stack]
    }
}

public struct HStack<Content: View>: _PrimitiveView {
    private let alignment: VerticalAlignment
    private let spacing: CGFloat
    private let content: Content

    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.alignment = alignment
        self.spacing = spacing ?? 8
        self.content = content()
    }

    public func _elements(_ context: _Context) -> [_Element] {
        var stack = _Element("hstack", context.elements(content))
        stack.style = "align-items:\(alignment.css);gap:\(spacing)px"
        return [stack]
    }
}

public enum Axis: Int8, CaseIterable, Sendable {
    case horizontal, vertical

    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let horizontal = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
    }
}

/// Of a row and a column the stand-in draws the row, which wraps where it doesn't fit.
public struct ViewThatFits<Content: View>: _PrimitiveView {
    private let content: Content

    public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {
        self.content = content()
    }

    public func _elements(_ context: _Context) -> [_Element] {
        context.elements(content).prefix(1).map {
            var row = $0
            row.classes.append("wraps")
            return row
        }
    }
}

public struct Spacer: _PrimitiveView {
    public init() {}

    public func _elements(_ context: _Context) -> [_Element] { [_Element("spacer")] }
}

/// Rows that stand in no section of their own are in one without a header.
@MainActor private func grouped(_ elements: [_Element]) -> [_Element] {
    var sections: [_Element] = []
    var rows: [_Element] = []
    func close() {
        if !rows.isEmpty { sections.append(_Element("section", [card(rows)])) }
        rows = []
    }
    for element in elements {
        if element.classes.contains("section") {
            close()
            sections.append(element)
        } else {
            rows.append(element)
        }
    }
    close()
    return sections
}

private func card(_ rows: [_Element]) -> _Element {
    let drawn = rows.map { row in
        var outer = _Element("row", [row])
        // The row's own background, where it has another than the others.
        if let at = row.classes.firstIndex(where: { $0.hasPrefix("on-") }) { outer.classes.append(row.classes[at]) }
        return outer
    }
    return _Element("card", drawn)
}

public struct List<SelectionValue: Hashable, Content: View>: _PrimitiveView {
    private let content: Content

    public func _elements(_ context: _Context) -> [_Element] { [_Element("list", grouped(context.elements(content)))] }
}

extension List where SelectionValue == Never {
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
}

public struct Form<Content: View>: _PrimitiveView {
    private let content: Content

    public init(@ViewBuilder content: () -> Content) { self.content = content() }

    public func _elements(_ context: _Context) -> [_Element] {
        [_Element("list form", grouped(context.elements(content)))]
    }
}

public struct Section<Parent: View, Content: View, Footer: View>: _PrimitiveView {
    private let header: Parent
    private let content: Content
    private let footer: Footer

    public func _elements(_ context: _Context) -> [_Element] {
        var parts: [_Element] = []
        let above = context.child("header").elements(header)
        if !above.isEmpty { parts.append(_Element("header", above)) }
        let rows = context.child("content").elements(content)
        if !rows.isEmpty { parts.append(card(rows)) }
        let below = context.child("footer").elements(footer)
        if !below.isEmpty { parts.append(_Element("footer", below)) }
        return [_Element("section", parts)]
    }
}

extension Section where Parent == EmptyView, Footer == EmptyView {
    public init(@ViewBuilder content: () -> Content) {
        header = EmptyView()
        self.content = content()
        footer = EmptyView()
    }
}

extension Section where Parent == Text, Footer == EmptyView {
    public init(_ titleKey: LocalizedStringKey, @ViewBuilder content: () -> Content) {
        header = Text(titleKey)
        self.content = content()
        footer = EmptyView()
    }
}

extension Section where Parent == EmptyView {
    public init(@ViewBuilder content: () -> Content, @ViewBuilder footer: () -> Footer) {
        header = EmptyView()
        self.content = content()
        self.footer = footer()
    }
}

extension Section {
    public init(
        @ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent, @ViewBuilder footer: () -> Footer
    ) {
        self.header = header()
        self.content = content()
        self.footer = footer()
    }
}
