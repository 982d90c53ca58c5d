// The app on the library's sources, for Android Studio and everyday work. Before it, `cargo xtask package android` writes the
// generated side and the native libraries.
pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "android-demo"

includeBuild("../bindings/kotlin")
include(":app")
