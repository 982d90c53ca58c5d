// swift-tools-version: 6.0
import Foundation
import PackageDescription

// With an XCFramework beside this file, as `build-xcframework.sh` makes it, the package is used from Xcode and other packages.
// Without one it is built against the library that cargo has made for this machine, which is for whoever works on Kinweave.
let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
let framework = "KinweaveFFI.xcframework"
let hasFramework = FileManager.default.fileExists(atPath: folder.appendingPathComponent(framework).path)
let library =
    ProcessInfo.processInfo.environment["KINWEAVE_LIBRARY"]
    ?? folder.appendingPathComponent("../../target/release").standardizedFileURL.path

let ffi: Target =
    hasFramework ? .binaryTarget(name: "KinweaveFFI", path: framework) : .systemLibrary(name: "KinweaveFFI")
let linker: [LinkerSetting] =
    hasFramework ? [] : [.unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library])]

let package = Package(
    name: "Kinweave",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "KinweaveKit", targets: ["KinweaveKit"])],
    targets: [
        ffi,
        .target(name: "KinweaveKit", dependencies: ["KinweaveFFI"], linkerSettings: linker),
        // One member of a circle of three languages, and the program that times calls; no products.
        .executableTarget(name: "Member", dependencies: ["KinweaveKit"]),
        .executableTarget(name: "Calls", dependencies: ["KinweaveKit"]),
        .testTarget(name: "KinweaveKitTests", dependencies: ["KinweaveKit"]),
    ],
    swiftLanguageModes: [.v6]
)
