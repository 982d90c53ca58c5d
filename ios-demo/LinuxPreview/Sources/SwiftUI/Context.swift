/// Where in the tree a view is drawn, and what it is drawn with.
@MainActor public struct _Context {
    let runtime: _Runtime
    var path = ""
    var environment = EnvironmentValues()
    var page = _Page()
    /// A page below another keeps its state, and its tasks rest.
    var isVisible = true

    func child(_ name: String) -> _Context {
        var child = self
        child.path += "/\(name)"
        return child
    }

    func elements<Content: View>(_ view: Content) -> [_Element] {
        if let primitive = view as? any _Primitive { return primitive._elements(self) }
        let inside = child("\(Content.self)")
        for property in Mirror(reflecting: view).children {
            (property.value as? any _Linked)?._link(inside, property.label ?? "")
        }
        // Only what the body really read brings it to be drawn again, as with Apple.
        let runtime = runtime
        return withObservationTracking {
            inside.elements(view.body)
        } onChange: {
            MainActor.assumeIsolated { runtime.invalidate() }
        }
    }
}

/// What a navigation stack learns of the page it shows.
@MainActor final class _Page {
    var title: Text?
    var isInline = false
    var trailing: [_Element] = []
    var destinations: [ObjectIdentifier: (AnyHashable, _Context) -> [_Element]] = [:]
}

/// What outlives one drawing: state, tasks, and who waits for a change.
@MainActor public final class _Runtime {
    let catalog: _Catalog
    var sceneStorage: [String: Any]
    private var states: [String: AnyObject] = [:]
    private var tasks: [String: Task<Void, Never>] = [:]
    private var seen: Set<String> = []
    private var pending: [String: @MainActor () -> Task<Void, Never>] = [:]
    private var later: [@MainActor () -> Void] = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private(set) var isStale = true

    init(catalog: _Catalog, sceneStorage: [String: Any]) {
        self.catalog = catalog
        self.sceneStorage = sceneStorage
    }

    func invalidate() {
        isStale = true
        let woken = waiting
        waiting = []
        for waiting in woken { waiting.resume() }
    }

    /// Returns when what is shown is no longer what there is.
    func staleness() async {
        if isStale { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// The state at this place, made where there is none.
    func state<Box: AnyObject>(_ key: String, make: () -> Box) -> Box {
        seen.insert(key)
        if let box = states[key] as? Box { return box }
        let box = make()
        states[key] = box
        return box
    }

    func wantTask(_ key: String, _ begin: @escaping @MainActor () -> Task<Void, Never>) {
        seen.insert(key)
        pending[key] = begin
    }

    /// Does this once all is drawn.
    func afterDrawing(_ action: @escaping @MainActor () -> Void) {
        later.append(action)
    }

    func beginDrawing() {
        isStale = false
        seen = []
        pending = [:]
    }

    /// State of what is gone is forgotten, tasks of what isn't seen any more are cancelled, those of what is new begin.
    func endDrawing() {
        states = states.filter { seen.contains($0.key) }
        for (key, task) in tasks where pending[key] == nil {
            task.cancel()
            tasks[key] = nil
        }
        for (key, begin) in pending where tasks[key] == nil { tasks[key] = begin() }
        let actions = later
        later = []
        for action in actions { action() }
    }

    func end() {
        for task in tasks.values { task.cancel() }
        tasks = [:]
    }
}
