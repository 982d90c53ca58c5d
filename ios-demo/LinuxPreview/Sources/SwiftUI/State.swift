/// A property that is tied to its view's place in the tree before the body is asked for.
@MainActor protocol _Linked {
    func _link(_ context: _Context, _ name: String)
}

@MainActor @preconcurrency public protocol DynamicProperty {}

@MainActor final class _Box<Value> {
    private(set) var value: Value
    private weak var runtime: _Runtime?

    init(_ value: Value, _ runtime: _Runtime?) {
        self.value = value
        self.runtime = runtime
    }

    func set(_ new: Value) {
        value = new
        runtime?.invalidate()
    }
}

/// Where a property's value is kept, once it is linked.
@MainActor final class _Place<Value> {
    private var box: _Box<Value>?
    private let make: () -> Value

    init(_ make: @escaping () -> Value) { self.make = make }

    var current: _Box<Value> {
        if let box { return box }
        let box = _Box(make(), nil)
        self.box = box
        return box
    }

    func link(_ context: _Context, _ name: String) {
        box = context.runtime.state("\(context.path).\(name)") { _Box(make(), context.runtime) }
    }
}

@MainActor @preconcurrency @propertyWrapper public struct State<Value>: DynamicProperty, _Linked {
    private let place: _Place<Value>

    public init(wrappedValue value: Value) { place = _Place { value } }

    public init(initialValue value: Value) { place = _Place { value } }

    public var wrappedValue: Value {
        get { place.current.value }
        nonmutating set { place.current.set(newValue) }
    }

    public var projectedValue: Binding<Value> {
        let box = place.current
        return Binding(get: { box.value }, set: { box.set($0) })
    }

    func _link(_ context: _Context, _ name: String) { place.link(context, name) }
}

extension State where Value: ExpressibleByNilLiteral {
    public init() { self.init(wrappedValue: nil) }
}

@MainActor @preconcurrency @propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    private let getter: @MainActor () -> Value
    private let setter: @MainActor (Value) -> Void

    public init(get: @escaping @MainActor () -> Value, set: @escaping @MainActor (Value) -> Void) {
        getter = get
        setter = set
    }

    public var wrappedValue: Value {
        get { getter() }
        nonmutating set { setter(newValue) }
    }

    public var projectedValue: Binding<Value> { self }

    public static func constant(_ value: Value) -> Binding<Value> { Binding(get: { value }, set: { _ in }) }

    public subscript<Subject>(dynamicMember path: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
        Binding<Subject>(get: { wrappedValue[keyPath: path] }, set: { wrappedValue[keyPath: path] = $0 })
    }
}

@MainActor @preconcurrency @propertyWrapper @dynamicMemberLookup public struct Bindable<Value> {
    public var wrappedValue: Value

    init(object: Value) { wrappedValue = object }

    public var projectedValue: Bindable<Value> { self }
}

extension Bindable where Value: AnyObject & Observable {
    public init(wrappedValue: Value) { self.init(object: wrappedValue) }

    public init(_ wrappedValue: Value) { self.init(object: wrappedValue) }

    public subscript<Subject>(dynamicMember path: ReferenceWritableKeyPath<Value, Subject>) -> Binding<Subject> {
        let object = wrappedValue
        return Binding<Subject>(get: { object[keyPath: path] }, set: { object[keyPath: path] = $0 })
    }
}

/// Kept by the system for a scene, beyond the end of the process.
@MainActor @preconcurrency @propertyWrapper public struct SceneStorage<Value>: DynamicProperty, _Linked {
    private final class Link { var runtime: _Runtime? }

    private let link = Link()
    private let key: String
    private let initial: Value
    private let load: (Any) -> Value?
    private let save: (Value) -> Any?

    private init(_ key: String, _ initial: Value, load: @escaping (Any) -> Value?, save: @escaping (Value) -> Any?) {
        self.key = key
        self.initial = initial
        self.load = load
        self.save = save
    }

    public var wrappedValue: Value {
        get { link.runtime?.sceneStorage[key].flatMap(load) ?? initial }
        nonmutating set {
            link.runtime?.sceneStorage[key] = save(newValue)
            link.runtime?.invalidate()
        }
    }

    public var projectedValue: Binding<Value> {
        Binding(get: { wrappedValue }, set: { wrappedValue = $0 })
    }

    func _link(_ context: _Context, _ name: String) { link.runtime = context.runtime }
}

extension SceneStorage {
    public init(wrappedValue: Value, _ key: String) where Value == String {
        self.init(key, wrappedValue, load: { $0 as? String }, save: { $0 })
    }

    public init(wrappedValue: Value, _ key: String) where Value == Bool {
        self.init(key, wrappedValue, load: { $0 as? Bool }, save: { $0 })
    }

    public init(wrappedValue: Value, _ key: String) where Value: RawRepresentable, Value.RawValue == String {
        self.init(key, wrappedValue, load: { ($0 as? String).flatMap(Value.init) }, save: { $0.rawValue })
    }

    public init<Wrapped>(_ key: String) where Value == Wrapped?, Wrapped: RawRepresentable, Wrapped.RawValue == String {
        self.init(key, nil, load: { ($0 as? String).map(Wrapped.init) }, save: { $0?.rawValue })
    }
}
