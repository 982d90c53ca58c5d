/// What a view comes to: an element of HTML, and what a person can do with it.
public struct _Element {
    public var classes: [String]
    public var style = ""
    public var text: String?
    public var children: [_Element]

    /// What VoiceOver reads; without one, the words inside.
    public var label: String?
    public var isEnabled = true
    public var isSelected = false
    public var tap: (@MainActor () -> Void)?
    public var type: (@MainActor (String) -> Void)?
    var tag: _Tag?
    var tabItem: [_Element] = []

    /// - Parameter classes: What it is, by which it is drawn; several with spaces between.
    public init(_ classes: String, text: String? = nil, _ children: [_Element] = []) {
        self.classes = classes.split(separator: " ").map(String.init)
        self.text = text
        self.children = children
    }

    /// The words of it and of what is in it.
    public var words: String {
        ([text] + children.map(\.words)).compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Each of its texts.
    public var texts: [String] { [text].compactMap { $0 } + children.flatMap(\.texts) }

    /// It, and all in it.
    public var all: [_Element] { [self] + children.flatMap(\.all) }

    public var isControl: Bool { tap != nil || type != nil }

    /// What VoiceOver reads of it.
    public var spoken: String { label ?? words }
}

/// A value that a row of a picker or a tab stands for. Of another type than the selection's it selects nothing, as with Apple.
struct _Tag: Equatable {
    let type: ObjectIdentifier
    let value: AnyHashable

    init<Value: Hashable>(_ value: Value) {
        type = ObjectIdentifier(Value.self)
        self.value = AnyHashable(value)
    }
}
