public struct Button<Label: View>: _PrimitiveView {
    private let action: @MainActor () -> Void
    private let label: Label

    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
        self.action = action
        self.label = label()
    }

    public func _elements(_ context: _Context) -> [_Element] {
        var button = _Element("button", context.elements(label))
        button.tap = action
        button.isEnabled = context.environment.isEnabled
        return [button]
    }
}

extension Button where Label == Text {
    public init(_ key: LocalizedStringKey, action: @escaping @MainActor () -> Void) {
        self.action = action
        label = Text(key)
    }
}

public struct TextField<Label: View>: _PrimitiveView {
    private let label: Label
    private let text: Binding<String>
    private let isTall: Bool

    public func _elements(_ context: _Context) -> [_Element] {
        let prompt = context.elements(label).map(\.words).joined()
        let written = text.wrappedValue
        var field = _Element("field", text: written.isEmpty ? prompt : written)
        if written.isEmpty { field.classes.append("prompt") }
        if isTall { field.classes.append("tall") }
        field.label = prompt
        field.type = { [text] in text.wrappedValue = $0 }
        field.isEnabled = context.environment.isEnabled
        return [field]
    }
}

extension TextField where Label == Text {
    public init(_ key: LocalizedStringKey, text: Binding<String>) {
        label = Text(key)
        self.text = text
        isTall = false
    }

    public init(_ key: LocalizedStringKey, text: Binding<String>, axis: Axis) {
        label = Text(key)
        self.text = text
        isTall = axis == .vertical
    }
}

public struct Toggle<Label: View>: _PrimitiveView {
    private let label: Label
    private let isOn: Binding<Bool>

    public func _elements(_ context: _Context) -> [_Element] {
        let knob = _Element(isOn.wrappedValue ? "switch on" : "switch")
        var toggle = _Element("between", context.elements(label) + [knob])
        toggle.tap = { [isOn] in isOn.wrappedValue.toggle() }
        toggle.isSelected = isOn.wrappedValue
        toggle.isEnabled = context.environment.isEnabled
        return [toggle]
    }
}

extension Toggle where Label == Text {
    public init(_ key: LocalizedStringKey, isOn: Binding<Bool>) {
        label = Text(key)
        self.isOn = isOn
    }
}

public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: _PrimitiveView {
    private let label: Label
    private let selection: Binding<SelectionValue>
    private let content: Content

    /// Without a style it is drawn as the chosen row alone.
    public func _elements(_ context: _Context) -> [_Element] {
        let chosen = _Tag(selection.wrappedValue)
        let options = context.elements(content).map { option in
            let isChosen = option.tag == chosen
            var row = _Element("option", [option, _Element("mark", text: isChosen ? "✓" : "")])
            row.isSelected = isChosen
            row.label = option.words
            row.tap = { [selection] in
                guard let tag = option.tag, tag.type == chosen.type, let value = tag.value.base as? SelectionValue
                else { return }
                selection.wrappedValue = value
            }
            row.isEnabled = context.environment.isEnabled
            return row
        }
        if context.environment.pickerStyle == "inline" {
            let title = context.environment.areLabelsHidden ? [] : context.elements(label)
            return title + options
        }
        if context.environment.pickerStyle == "segmented" { return [_Element("segments", options)] }
        let shown = options.first(where: \.isSelected).map { [$0] } ?? []
        return [_Element("between", (context.environment.areLabelsHidden ? [] : context.elements(label)) + shown)]
    }
}

extension Picker where Label == Text {
    public init(
        _ key: LocalizedStringKey, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content
    ) {
        label = Text(key)
        self.selection = selection
        self.content = content()
    }
}

public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let hourAndMinute = Self(rawValue: 1)
    public static let date = Self(rawValue: 2)
}

public struct DatePicker<Label: View>: _PrimitiveView {
    private let label: Label
    private let selection: Binding<Date>
    private let components: DatePickerComponents

    /// A day is typed like `2026-02-14`, an hour of it like `2026-02-14T19:00`, where this phone is.
    public func _elements(_ context: _Context) -> [_Element] {
        var style = Date.FormatStyle(locale: context.environment.locale).day().month().year()
        if components.contains(.hourAndMinute) { style = style.hour().minute() }
        let title = context.elements(label)
        var pill = _Element("pill", text: selection.wrappedValue.formatted(style))
        pill.label = title.map(\.words).joined()
        pill.type = { [selection] typed in
            let typist = DateFormatter()
            typist.dateFormat = typed.contains("T") ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd"
            if let instant = typist.date(from: typed) { selection.wrappedValue = instant }
        }
        pill.isEnabled = context.environment.isEnabled
        return [_Element("between", title + [pill])]
    }
}

extension DatePicker where Label == Text {
    public init(
        _ key: LocalizedStringKey, selection: Binding<Date>,
        displayedComponents: DatePickerComponents = [.hourAndMinute, .date]
    ) {
        label = Text(key)
        self.selection = selection
        components = displayedComponents
    }
}

/// Hands something to another app, by the system's sheet.
public struct ShareLink<Label: View>: _PrimitiveView {
    private let label: Label

    public func _elements(_ context: _Context) -> [_Element] {
        var button = _Element("button", context.elements(label))
        button.tap = {}
        return [button]
    }
}

extension ShareLink where Label == DefaultShareLinkLabel {
    public init(_ key: LocalizedStringKey, item: String) { label = DefaultShareLinkLabel(key) }
}

public struct DefaultShareLinkLabel: View {
    private let key: LocalizedStringKey

    init(_ key: LocalizedStringKey) { self.key = key }

    public var body: some View { Text(key) }
}

public struct ProgressView<Label: View>: _PrimitiveView {
    private let label: Label

    public func _elements(_ context: _Context) -> [_Element] {
        [_Element("progress", [_Element("spinner")] + context.elements(label))]
    }
}

extension ProgressView where Label == Text {
    public init(_ key: LocalizedStringKey) { label = Text(key) }
}
