// swift-tools-version: 6.0
import PackageDescription

// Linux only: compiles the app's unmodified views against a stand-in for SwiftUI, runs them on the real core, and draws them.
// Xcode never opens this package.
let package = Package(
    name: "LinuxPreview",
    dependencies: [
        .package(path: "../DemoKit"),
        .package(name: "Kinweave", path: "../../bindings/swift"),
    ],
    targets: [
        // What of SwiftUI the app may use, and nothing more: what isn't here doesn't compile.
        .target(name: "SwiftUI"),
        // The app itself, by a link to its folder. A library here, so that others can run it: its entry point goes by another
        // name than theirs.
        .target(
            name: "DemoApp",
            dependencies: [
                "SwiftUI",
                .product(name: "DemoFamily", package: "DemoKit"),
                .product(name: "DemoScreens", package: "DemoKit"),
                .product(name: "DemoCore", package: "DemoKit"),
                .product(name: "DemoFakes", package: "DemoKit"),
                .product(name: "KinweaveKit", package: "Kinweave"),
            ],
            exclude: ["Info.plist", "InfoPlist.xcstrings", "Assets.xcassets", "Localizable.xcstrings"],
            swiftSettings: [
                .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "DemoApp_main"])
            ]),
        // Does on the screens what a person does.
        .target(
            name: "Robot",
            dependencies: [
                "DemoApp", "SwiftUI",
                .product(name: "DemoScreens", package: "DemoKit"),
                .product(name: "DemoCore", package: "DemoKit"),
                .product(name: "KinweaveKit", package: "Kinweave"),
            ]),
        // The app, told line by line what to tap: one phone of a circle of three apps.
        .executableTarget(name: "Driven", dependencies: ["Robot", .product(name: "KinweaveKit", package: "Kinweave")]),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "DemoApp", "SwiftUI", "Robot",
                .product(name: "DemoFamily", package: "DemoKit"),
                .product(name: "DemoScreens", package: "DemoKit"),
                .product(name: "DemoCore", package: "DemoKit"),
                .product(name: "KinweaveKit", package: "Kinweave"),
            ]),
        // The same tests that a Mac runs in DemoKit.
        .testTarget(
            name: "DemoKitTests",
            dependencies: [
                .product(name: "DemoFamily", package: "DemoKit"),
                .product(name: "DemoScreens", package: "DemoKit"),
                .product(name: "DemoFakes", package: "DemoKit"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
