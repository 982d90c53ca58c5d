// swift-tools-version: 6.0
import PackageDescription

// What the app does, without how it looks: it builds and is tested on a Mac and on Linux alike.
let package = Package(
    name: "DemoKit",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "DemoFamily", targets: ["DemoFamily"]),
        .library(name: "DemoScreens", targets: ["DemoScreens"]),
        .library(name: "DemoCore", targets: ["DemoCore"]),
        .library(name: "DemoFakes", targets: ["DemoFakes"]),
    ],
    dependencies: [.package(name: "Kinweave", path: "../../bindings/swift")],
    targets: [
        // What the screens know of the core, in the app's own words. It can't import the library.
        .target(name: "DemoFamily"),
        // A made-up one, for previews and tests.
        .target(name: "DemoFakes", dependencies: ["DemoFamily"]),
        // A model a screen. It can't import the library either.
        .target(name: "DemoScreens", dependencies: ["DemoFamily"]),
        // The real family.
        .target(
            name: "DemoCore",
            dependencies: ["DemoFamily", "DemoScreens", .product(name: "KinweaveKit", package: "Kinweave")]),
        .testTarget(name: "DemoKitTests", dependencies: ["DemoFamily", "DemoScreens", "DemoFakes"]),
    ],
    swiftLanguageModes: [.v6]
)
