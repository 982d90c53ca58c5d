// The library as a module of a Gradle build: `includeBuild("…/bindings/kotlin")` in an app's settings.gradle.kts. Before it,
// `cargo xtask package android` writes the generated side and the native libraries. The versions are those of pom.xml.
plugins {
    id("com.android.library") version "8.13.0"
    kotlin("android") version "2.4.20"
}

group = "org.kinweave"
version = "0.1.0"

val target = rootDir.resolve("../../target")

android {
    namespace = "org.kinweave"
    compileSdk = 35
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("src/android/proguard.txt")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }
    sourceSets.named("main") {
        manifest.srcFile("src/android/AndroidManifest.xml")
        kotlin.srcDirs("src/main/kotlin", "src/android/kotlin", target.resolve("bindings/kotlin"))
        jniLibs.srcDir(target.resolve("android"))
    }
}

kotlin {
    jvmToolchain(17)
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
    implementation("net.java.dev.jna:jna:5.18.1@aar")
}
