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
        // The app itself, by a link to its folder.
        .executableTarget(
            name: "DemoApp",
            dependencies: [
                "SwiftUI",
                .product(name: "DemoFamily", package: "DemoKit"),
                .product(name: "DemoScreens", package: "DemoKit"),
                .product(name: "DemoCore", package: "DemoKit"),
                .product(name: "DemoFakes", package: "DemoKit"),
                .product(name: "KinweaveKit", package: "Kinweave"),
            ],
            exclude: ["Info.plist", "InfoPlist.xcstrings", "Assets.xcassets", "Localizable.xcstrings"]),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "DemoApp", "SwiftUI",
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
