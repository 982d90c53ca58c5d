/// A view that is drawn, and then changed.
struct _Modified<Content: View>: _PrimitiveView {
    let content: Content
    let draw: @MainActor (Content, _Context) -> [_Element]

    func _elements(_ context: _Context) -> [_Element] { draw(content, context) }
}

extension View {
    private func each(_ change: @escaping @MainActor (inout _Element) -> Void) -> some View {
        _Modified(content: self) { content, context in
            context.elements(content).map {
                var element = $0
                change(&element)
                return element
            }
        }
    }

    private func inside(_ change: @escaping @MainActor (inout EnvironmentValues) -> Void) -> some View {
        _Modified(content: self) { content, context in
            var context = context
            change(&context.environment)
            return context.elements(content)
        }
    }

    private func onPage(_ tell: @escaping @MainActor (_Page, _Context) -> Void) -> some View {
        _Modified(content: self) { content, context in
            tell(context.page, context)
            return context.elements(content)
        }
    }

    // MARK: Looks

    public func font(_ font: Font?) -> some View { each { $0.classes.append("font-\(font?.css ?? "body")") } }

    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { each { $0.style += ";color:\(style._css)" } }

    public func frame(
        minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
        idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center
    ) -> some View {
        each {
            $0.classes.append("framed")
            if maxWidth == .infinity { $0.classes.append("wide") }
            if let minHeight { $0.style += ";min-height:\(minHeight)px" }
        }
    }

    public func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center) -> some View {
        each {
            if let width { $0.style += ";width:\(width)px" }
            if let height { $0.style += ";height:\(height)px" }
        }
    }

    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { each { $0.classes.append(S._name) } }

    public func controlSize(_ size: ControlSize) -> some View { each { $0.classes.append("size-\(size)") } }

    public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { inside { $0.pickerStyle = S._name } }

    public func labelsHidden() -> some View { inside { $0.areLabelsHidden = true } }

    public func listRowBackground<V: View>(_ view: V?) -> some View {
        each { $0.classes.append((view as? Color)?._css == "transparent" ? "on-clear" : "on-notice") }
    }

    public func lineLimit(_ range: ClosedRange<Int>) -> some View {
        each { $0.style += ";min-height:\(Double(range.lowerBound) * 1.3)em" }
    }

    public func textSelection(_ selectability: EnabledTextSelectability) -> some View { each { _ in } }

    public func overlay<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V) -> some View {
        let above = content()
        return _Modified(content: self) { content, context in
            let below = context.elements(content)
            let over = context.child("overlay").elements(above)
            return over.isEmpty ? below : [_Element("layers", below + [_Element("overlay", over)])]
        }
    }

    // MARK: Behaviour

    public func disabled(_ isDisabled: Bool) -> some View { inside { $0.isEnabled = $0.isEnabled && !isDisabled } }

    public func tag<Value: Hashable>(_ tag: Value) -> some View {
        let tag = _Tag(tag)
        return _Modified(content: self) { content, context in
            var context = context
            // The tasks of a tab that isn't chosen rest.
            if let chosen = context.environment.chosenTab, chosen != tag { context.isVisible = false }
            context.environment.chosenTab = nil
            return context.elements(content).map {
                var element = $0
                element.tag = tag
                return element
            }
        }
    }

    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View {
        inside { $0.objects[ObjectIdentifier(T.self)] = object }
    }

    public func environment<Value>(_ path: WritableKeyPath<EnvironmentValues, Value>, _ value: Value) -> some View {
        inside { $0[keyPath: path] = value }
    }

    public func task(
        priority: TaskPriority = .userInitiated, _ action: sending @escaping @isolated(any) @Sendable () async -> Void
    ) -> some View {
        _Modified(content: self) { content, context in
            if context.isVisible { context.runtime.wantTask(context.path + "#task") { Task { await action() } } }
            return context.elements(content)
        }
    }

    public func onChange<Value: Equatable>(
        of value: Value, initial: Bool = false, _ action: @escaping (Value, Value) -> Void
    ) -> some View {
        _Modified(content: self) { content, context in
            let box = context.runtime.state(context.path + "#change") { _Last(value) }
            if box.value != value {
                let before = box.value
                box.value = value
                context.runtime.afterDrawing { action(before, value) }
            }
            return context.elements(content)
        }
    }

    // MARK: Accessibility

    public func accessibilityLabel(_ key: LocalizedStringKey) -> some View {
        _Modified(content: self) { content, context in
            context.elements(content).map {
                var element = $0
                element.label = key.resolved(context)
                return element
            }
        }
    }

    public func accessibilityHidden(_ hidden: Bool) -> some View { each { _ in } }

    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
        each { if traits.contains(.isSelected) { $0.isSelected = true } }
    }

    // MARK: Navigation

    public func navigationTitle(_ key: LocalizedStringKey) -> some View {
        onPage { page, _ in page.title = Text(key) }
    }

    public func navigationBarTitleDisplayMode(_ mode: NavigationBarItem.TitleDisplayMode) -> some View {
        onPage { page, _ in page.isInline = mode == .inline }
    }

    public func navigationDestination<D: Hashable, C: View>(
        for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
    ) -> some View {
        onPage { page, _ in
            page.destinations[ObjectIdentifier(data)] = { value, context in
                (value.base as? D).map { context.elements(destination($0)) } ?? []
            }
        }
    }

    public func toolbar<Content: ToolbarContent>(@ToolbarContentBuilder content: () -> Content) -> some View {
        let items = content()
        return onPage { page, context in items._add(to: _ToolbarTarget(page: page, context: context)) }
    }

    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View {
        let item = label()
        return _Modified(content: self) { content, context in
            [_Element("tab-content", context.elements(content))].map {
                var tab = $0
                tab.tabItem = context.child("item").elements(item)
                return tab
            }
        }
    }
}

/// What a value was when it was last drawn.
@MainActor final class _Last<Value> {
    var value: Value

    init(_ value: Value) { self.value = value }
}
