/// Shows a view, and does with it what a person does: finds words, and taps them.
@MainActor public final class _Host<Content: View> {
    private let root: Content
    private let runtime: _Runtime
    private var tree: [_Element] = []

    /// What the phone is set to.
    public var environment: EnvironmentValues {
        didSet { runtime.invalidate() }
    }

    /// - Parameter sceneStorage: What the system has kept of a scene that was shown before.
    public init(_ root: Content, catalog: _Catalog, sceneStorage: [String: Any] = [:]) {
        self.root = root
        runtime = _Runtime(catalog: catalog, sceneStorage: sceneStorage)
        environment = EnvironmentValues()
    }

    /// What the system keeps of this scene.
    public var sceneStorage: [String: Any] { runtime.sceneStorage }

    /// Everything that is shown now.
    public var shown: [_Element] {
        var rounds = 0
        while runtime.isStale {
            precondition(rounds < 50, "the view never settles")
            rounds += 1
            runtime.beginDrawing()
            var context = _Context(runtime: runtime)
            context.environment = environment
            tree = context.elements(root)
            runtime.endDrawing()
        }
        return tree
    }

    /// Returns when something else is to be shown.
    public func change() async {
        await runtime.staleness()
    }

    /// Wakes whoever waits for a change, as a deadline does.
    public func wake() {
        runtime.invalidate()
    }

    /// Ends what runs for it, as the end of the process does.
    public func end() {
        runtime.end()
    }
}
