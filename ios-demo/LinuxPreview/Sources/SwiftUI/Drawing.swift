/// Draws what is shown as a page of HTML, about as a phone would.
public struct _Drawing {
    private let style: String
    private let colors: [ColorScheme: [String: String]]

    /// - Parameters:
    ///   - style: The style sheet.
    ///   - colors: `Assets.xcassets`.
    public init(style: URL, colors: URL) throws {
        self.style = try String(contentsOf: style, encoding: .utf8)
        self.colors = try _colors(colors)
    }

    @MainActor public func page<Content: View>(_ host: _Host<Content>) -> String {
        let scheme = host.environment.colorScheme
        let variables = (colors[scheme] ?? [:]).sorted { $0.key < $1.key }.map { "--\($0.key):\($0.value)" }
        let scale = host.environment.dynamicTypeSize >= .accessibility1 ? 2 : 1
        let root = ":root{\(variables.joined(separator: ";"));--scale:\(scale)}"
        let body = host.shown.map(element).joined()
        let head = "<!doctype html><meta charset=utf-8><style>\(root)\n\(style)</style>"
        return "\(head)<body class=\(scheme)><div class=phone>\(body)</div>\n"
    }

    private func element(_ it: _Element) -> String {
        let classes = it.classes + (it.isEnabled ? [] : ["disabled"]) + (it.isSelected ? ["selected"] : [])
        var attributes = " class=\"\(escaped(classes.joined(separator: " ")))\""
        if !it.style.isEmpty { attributes += " style=\"\(escaped(it.style))\"" }
        if let label = it.label { attributes += " aria-label=\"\(escaped(label))\"" }
        let inside = escaped(it.text ?? "") + it.children.map(element).joined()
        return "<div\(attributes)>\(inside)</div>"
    }

    private func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: "\"", with: "&quot;")
    }
}

/// The colours of an asset catalog, as `#rrggbb` by name.
public func _colors(_ catalog: URL) throws -> [ColorScheme: [String: String]] {
    struct Set: Decodable {
        struct Appearance: Decodable { let value: String }
        struct Components: Decodable { let red, green, blue: String }
        struct Color: Decodable { let components: Components }
        struct Entry: Decodable {
            let appearances: [Appearance]?
            let color: Color
        }
        let colors: [Entry]
    }
    var found: [ColorScheme: [String: String]] = [.light: [:], .dark: [:]]
    for folder in try FileManager.default.contentsOfDirectory(at: catalog, includingPropertiesForKeys: nil)
    where folder.pathExtension == "colorset" {
        let name = folder.deletingPathExtension().lastPathComponent
        let contents = try Data(contentsOf: folder.appendingPathComponent("Contents.json"))
        let set = try JSONDecoder().decode(Set.self, from: contents)
        for entry in set.colors {
            let parts = entry.color.components
            let hex = "#" + [parts.red, parts.green, parts.blue].map { $0.dropFirst(2) }.joined()
            found[entry.appearances?.first?.value == "dark" ? .dark : .light]?[name] = hex
        }
    }
    return found
}
