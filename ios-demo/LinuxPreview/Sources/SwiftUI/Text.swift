/// Words by their name in the string catalog, with what goes into their gaps.
public struct LocalizedStringKey: ExpressibleByStringInterpolation, Sendable {
    let key: String
    let gaps: [@MainActor @Sendable (_Context) -> any CVarArg]

    public init(_ value: String) {
        key = value
        gaps = []
    }

    public init(stringLiteral value: String) { self.init(value) }

    public init(stringInterpolation: StringInterpolation) {
        key = stringInterpolation.key
        gaps = stringInterpolation.gaps
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var key = ""
        var gaps: [@MainActor @Sendable (_Context) -> any CVarArg] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { key += literal }

        public mutating func appendInterpolation(_ string: String) { append("%@") { _ in string } }

        public mutating func appendInterpolation(_ number: Int) { append("%lld") { _ in number } }

        public mutating func appendInterpolation<F: FormatStyle & Sendable>(_ input: F.FormatInput, format: F)
        where F.FormatInput: Equatable & Sendable, F.FormatOutput == String {
            append("%@") { format.locale($0.environment.locale).format(input) }
        }

        public mutating func appendInterpolation(_ text: Text) { append("%@") { text.words($0) } }

        private mutating func append(_ mark: String, _ gap: @escaping @MainActor @Sendable (_Context) -> any CVarArg) {
            key += mark
            gaps.append(gap)
        }
    }

    @MainActor func resolved(_ context: _Context) -> String {
        context.runtime.catalog.text(key, gaps.map { $0(context) }, context.environment.locale)
    }
}

@MainActor @preconcurrency public struct Text: _PrimitiveView {
    private let resolve: @MainActor @Sendable (_Context) -> String

    public nonisolated init(_ key: LocalizedStringKey) { resolve = { key.resolved($0) } }

    public nonisolated init(verbatim content: String) { resolve = { _ in content } }

    @_disfavoredOverload public nonisolated init<S: StringProtocol>(_ content: S) {
        let words = String(content)
        resolve = { _ in words }
    }

    public nonisolated init<F: FormatStyle & Sendable>(_ input: F.FormatInput, format: F)
    where F.FormatInput: Equatable & Sendable, F.FormatOutput == String {
        resolve = { format.locale($0.environment.locale).format(input) }
    }

    func words(_ context: _Context) -> String { resolve(context) }

    public func _elements(_ context: _Context) -> [_Element] { [_Element("text", text: resolve(context))] }
}

/// The string catalog of the app, which Xcode compiles and the stand-in reads.
public struct _Catalog: Sendable {
    private let strings: [String: [String: [String: String]]]

    /// Of `Localizable.xcstrings`.
    public init(_ file: URL) throws {
        let strings = try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).strings
        self.strings = strings.mapValues { entry in
            entry.localizations.mapValues { words in
                let plural = words.variations?.plural.mapValues(\.stringUnit.value)
                return plural ?? ["other": words.stringUnit?.value ?? ""]
            }
        }
    }

    /// A name that isn't there is a defect, and shown as what it is.
    public func text(_ key: String, _ gaps: [any CVarArg], _ locale: Locale) -> String {
        let language = locale.language.languageCode?.identifier ?? "en"
        guard let forms = strings[key]?[language] else { return "⟨\(key)⟩" }
        let isOne = (gaps.first as? Int) == 1
        let words = (isOne ? forms["one"] : nil) ?? forms["other"] ?? "⟨\(key)⟩"
        return filled(words, gaps)
    }

    /// Not by `String(format:)`, which on Linux takes no Swift string for `%@`.
    private func filled(_ words: String, _ gaps: [any CVarArg]) -> String {
        var filled = words
        for (number, gap) in gaps.enumerated() {
            for mark in ["%\(number + 1)$@", "%\(number + 1)$lld"] {
                filled = filled.replacingOccurrences(of: mark, with: "\(gap)")
            }
            if let place = filled.range(of: gap is Int ? "%lld" : "%@") {
                filled.replaceSubrange(place, with: "\(gap)")
            }
        }
        return filled
    }

    private struct File: Decodable {
        let strings: [String: Entry]
    }

    private struct Entry: Decodable {
        let localizations: [String: Words]
    }

    private struct Words: Decodable {
        let stringUnit: Unit?
        let variations: Variations?
    }

    private struct Variations: Decodable {
        let plural: [String: Plural]
    }

    private struct Plural: Decodable {
        let stringUnit: Unit
    }

    private struct Unit: Decodable {
        let value: String
    }
}

@MainActor @preconcurrency public struct Image: _PrimitiveView {
    private let name: String

    public nonisolated init(systemName: String) { name = systemName }

    /// Apple's symbols aren't on Linux.
    private static let symbols = [
        "sun.max": "☀︎", "heart": "♡", "person": "☺︎", "person.2": "⚭", "checkmark": "✓", "chevron.right": "›",
    ]

    public func _elements(_ context: _Context) -> [_Element] {
        [_Element("image", [_Element("symbol", text: Self.symbols[name] ?? "◻︎")])]
    }
}

@MainActor @preconcurrency public struct Label<Title: View, Icon: View>: _PrimitiveView {
    private let title: Title
    private let icon: Icon

    public func _elements(_ context: _Context) -> [_Element] {
        [_Element("label", context.elements(icon) + context.elements(title))]
    }
}

extension Label where Title == Text, Icon == Image {
    public init(_ key: LocalizedStringKey, systemImage name: String) {
        title = Text(key)
        icon = Image(systemName: name)
    }
}
