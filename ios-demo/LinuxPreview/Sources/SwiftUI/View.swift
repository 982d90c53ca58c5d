// A stand-in for Apple's SwiftUI, on Linux only: as much of it as the app uses. Public names have Apple's signatures; whatever
// begins with `_` is the stand-in's own.
@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency var body: Self.Body { get }
}

extension Never: View {
    public var body: Never { fatalError("drawn by the stand-in itself") }
}

/// A view that the stand-in draws itself.
@MainActor public protocol _Primitive {
    func _elements(_ context: _Context) -> [_Element]
}

public protocol _PrimitiveView: View, _Primitive where Body == Never {}

extension _PrimitiveView {
    public var body: Never { fatalError("drawn by the stand-in itself") }
}

@MainActor @resultBuilder public struct ViewBuilder {
    public static func buildBlock() -> EmptyView { EmptyView() }

    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }

    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }

    public static func buildBlock<each Content: View>(
        _ content: repeat each Content
    ) -> TupleView<(repeat each Content)> {
        var parts: [@MainActor (_Context) -> [_Element]] = []
        for view in repeat each content {
            let place = parts.count
            parts.append { $0.child("\(place)").elements(view) }
        }
        return TupleView((repeat each content), parts)
    }

    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }

    public static func buildEither<First: View, Second: View>(first: First) -> _ConditionalContent<First, Second> {
        .first(first)
    }

    public static func buildEither<First: View, Second: View>(second: Second) -> _ConditionalContent<First, Second> {
        .second(second)
    }
}

public struct TupleView<T>: _PrimitiveView {
    public var value: T
    private let parts: [@MainActor (_Context) -> [_Element]]

    init(_ value: T, _ parts: [@MainActor (_Context) -> [_Element]]) {
        self.value = value
        self.parts = parts
    }

    public func _elements(_ context: _Context) -> [_Element] { parts.flatMap { $0(context) } }
}

public enum _ConditionalContent<First: View, Second: View>: _PrimitiveView {
    case first(First)
    case second(Second)

    public func _elements(_ context: _Context) -> [_Element] {
        switch self {
        case .first(let view): context.child("first").elements(view)
        case .second(let view): context.child("second").elements(view)
        }
    }
}

extension Optional: View where Wrapped: View {
    public var body: Never { fatalError("drawn by the stand-in itself") }
}

extension Optional: _Primitive where Wrapped: View {
    public func _elements(_ context: _Context) -> [_Element] {
        map { context.child("some").elements($0) } ?? []
    }
}

public struct EmptyView: _PrimitiveView {
    public nonisolated init() {}

    public func _elements(_ context: _Context) -> [_Element] { [] }
}

public struct Group<Content: View>: _PrimitiveView {
    private let content: Content

    public init(@ViewBuilder content: () -> Content) { self.content = content() }

    public func _elements(_ context: _Context) -> [_Element] { context.elements(content) }
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content: View>: _PrimitiveView {
    public var data: Data
    private let id: (Data.Element) -> ID
    private let content: (Data.Element) -> Content

    public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content)
    {
        self.data = data
        self.id = { $0[keyPath: id] }
        self.content = content
    }

    public func _elements(_ context: _Context) -> [_Element] {
        data.flatMap { context.child("\(id($0))").elements(content($0)) }
    }
}

extension ForEach where Data.Element: Identifiable, ID == Data.Element.ID {
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {
        self.data = data
        id = { $0.id }
        self.content = content
    }
}

@MainActor @preconcurrency public protocol PreviewProvider {
    associatedtype Previews: View
    @ViewBuilder @MainActor @preconcurrency static var previews: Previews { get }
}
