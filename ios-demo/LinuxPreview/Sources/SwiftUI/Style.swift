public struct Font: Sendable {
    let css: String
    public static let title2 = Font(css: "title2")
    public static let headline = Font(css: "headline")
    public static let body = Font(css: "body")
    public static let subheadline = Font(css: "subheadline")
    public static let footnote = Font(css: "footnote")
}

public protocol ShapeStyle: Sendable {
    var _css: String { get }
}

/// A colour of the asset catalog, or one of the system's.
public struct Color: ShapeStyle, _PrimitiveView {
    public let _css: String

    public nonisolated init(_ name: String) { _css = "var(--\(name))" }

    nonisolated init(css: String) { _css = css }

    public static let primary = Color(css: "var(--label)")
    public static let clear = Color(css: "transparent")

    public nonisolated func _elements(_ context: _Context) -> [_Element] {
        var area = _Element("color")
        area.style = "background:\(_css)"
        return [area]
    }
}

public struct TintShapeStyle: ShapeStyle {
    public init() {}

    public var _css: String { "var(--AccentColor)" }
}

extension ShapeStyle where Self == TintShapeStyle {
    public static var tint: TintShapeStyle { TintShapeStyle() }
}

public protocol PrimitiveButtonStyle {
    static var _name: String { get }
}

public struct BorderedButtonStyle: PrimitiveButtonStyle {
    public init() {}
    public static var _name: String { "bordered" }
}

public struct BorderedProminentButtonStyle: PrimitiveButtonStyle {
    public init() {}
    public static var _name: String { "prominent" }
}

extension PrimitiveButtonStyle where Self == BorderedButtonStyle {
    public static var bordered: Self { .init() }
}

extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle {
    public static var borderedProminent: Self { .init() }
}

public protocol PickerStyle {
    static var _name: String { get }
}

public struct InlinePickerStyle: PickerStyle {
    public init() {}
    public static var _name: String { "inline" }
}

extension PickerStyle where Self == InlinePickerStyle {
    public static var inline: Self { .init() }
}

public struct SegmentedPickerStyle: PickerStyle {
    public init() {}
    public static var _name: String { "segmented" }
}

extension PickerStyle where Self == SegmentedPickerStyle {
    public static var segmented: Self { .init() }
}

public enum ControlSize: CaseIterable, Sendable { case mini, small, regular, large, extraLarge }

public struct Alignment: Sendable {
    public static let center = Alignment()
}

public struct NavigationBarItem: Sendable {
    public enum TitleDisplayMode: Sendable { case automatic, inline, large }
}

public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let isSelected = Self(rawValue: 2)
}

public struct EnabledTextSelectability: Sendable {}

extension EnabledTextSelectability {
    public static var enabled: Self { .init() }
}
