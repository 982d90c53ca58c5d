import DemoScreens
import Foundation
import SwiftUI

/// What the tests need of the project's files.
public enum Project {
    public static let preview = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL
    public static let app = preview.appendingPathComponent("../App").standardizedFileURL

    /// The words of this name, in this language.
    public static func words(_ name: String, _ language: AppLanguage) -> String {
        (try? catalog())?.text(name, [], Locale(identifier: language.rawValue)) ?? name
    }

    public static func catalog() throws -> _Catalog {
        try _Catalog(app.appendingPathComponent("Localizable.xcstrings"))
    }
}
