@MainActor @preconcurrency public struct EnvironmentValues {
    public var dismiss = DismissAction {}
    public var scenePhase = ScenePhase.active
    public var isEnabled = true
    public var colorScheme = ColorScheme.light
    public var locale = Locale(identifier: "en")
    public var dynamicTypeSize = DynamicTypeSize.large
    var pickerStyle = "menu"
    var areLabelsHidden = false
    var chosenTab: _Tag?
    var objects: [ObjectIdentifier: AnyObject] = [:]
    var go: @MainActor (AnyHashable) -> Void = { _ in }

    nonisolated init() {}
}

@MainActor @preconcurrency public struct DismissAction {
    let action: @MainActor () -> Void

    nonisolated init(_ action: @escaping @MainActor () -> Void) { self.action = action }

    public func callAsFunction() { action() }
}

public enum ScenePhase: Comparable, Sendable { case background, inactive, active }

public enum ColorScheme: CaseIterable, Sendable { case light, dark }

public enum DynamicTypeSize: Hashable, Comparable, CaseIterable, Sendable {
    case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge
    case accessibility1, accessibility2, accessibility3, accessibility4, accessibility5
}

@MainActor @preconcurrency @propertyWrapper public struct Environment<Value>: DynamicProperty, _Linked {
    private final class Link { var values = EnvironmentValues() }

    private let link = Link()
    private let read: (EnvironmentValues) -> Value

    public init(_ path: KeyPath<EnvironmentValues, Value>) { read = { $0[keyPath: path] } }

    public init(_ type: Value.Type) where Value: AnyObject & Observable {
        read = { values in
            guard let object = values.objects[ObjectIdentifier(type)] as? Value else {
                fatalError("no \(type) in the environment")
            }
            return object
        }
    }

    public var wrappedValue: Value { read(link.values) }

    func _link(_ context: _Context, _ name: String) { link.values = context.environment }
}
