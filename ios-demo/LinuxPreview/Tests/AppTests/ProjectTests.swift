import Foundation
import Robot
import Testing

/// The Xcode project, which is written by hand: every part is there, is used, and leads somewhere.
@Suite struct ProjectTests {
    private let folder = Project.app.deletingLastPathComponent()

    @Test func everyObjectIsThereAndUsed() throws {
        let (objects, root) = try project()
        var used: Set<String> = [root]
        for object in objects.values { used.formUnion(ids(in: object)) }
        #expect(used == Set(objects.keys), "\(used.symmetricDifference(objects.keys))")
    }

    @Test func everyPathLeadsSomewhere() throws {
        let (objects, _) = try project()
        for object in objects.values {
            switch object["isa"] as? String {
            case "PBXFileSystemSynchronizedRootGroup": expectFile(object["path"], "DemoApp.swift")
            case "XCLocalSwiftPackageReference": expectFile(object["relativePath"], "Package.swift")
            case "XCBuildConfiguration":
                let settings = object["buildSettings"] as? [String: Any]
                if let path = settings?["INFOPLIST_FILE"] { expectFile(path, "") }
            default: break
            }
        }
    }

    @Test func theAppSaysWhatItUsesAndWhy() throws {
        let data = try Data(contentsOf: Project.app.appendingPathComponent("Info.plist"))
        let list = try #require(
            try PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any])
        #expect(list["NSBonjourServices"] as? [String] == ["_nearsync._tcp"])
        for use in ["NSCameraUsageDescription", "NSFaceIDUsageDescription", "NSLocalNetworkUsageDescription"] {
            #expect((list[use] as? String)?.isEmpty == false, "\(use)")
        }
        #expect(list.keys.filter { $0.hasSuffix("UsageDescription") }.count == 3, "and asks for nothing else")
    }

    private func project() throws -> (objects: [String: [String: Any]], root: String) {
        let data = try Data(contentsOf: folder.appendingPathComponent("Demo.xcodeproj/project.pbxproj"))
        let list = try #require(
            try PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any])
        let objects = try #require(list["objects"] as? [String: [String: Any]])
        return (objects, try #require(list["rootObject"] as? String))
    }

    private func ids(in value: Any) -> Set<String> {
        switch value {
        case let text as String: text.count == 24 && text.allSatisfy(\.isHexDigit) ? [text] : []
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(ids(in: $1)) }
        case let fields as [String: Any]: fields.values.reduce(into: []) { $0.formUnion(ids(in: $1)) }
        default: []
        }
    }

    private func expectFile(_ path: Any?, _ name: String) {
        let file = folder.appendingPathComponent(path as? String ?? "").appendingPathComponent(name)
        #expect(FileManager.default.fileExists(atPath: file.standardizedFileURL.path), "\(file.path)")
    }
}
