// The same app that pom.xml builds where there is no Gradle. A test holds the versions of both against each other.
plugins {
    id("com.android.application") version "8.13.0"
    kotlin("android") version "2.4.20"
    kotlin("plugin.compose") version "2.4.20"
    id("io.gitlab.arturbosch.detekt") version "1.23.8"
}

android {
    namespace = "org.kinweave.demo"
    compileSdk = 36
    defaultConfig {
        applicationId = "org.kinweave.demo"
        minSdk = 26
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
    }
    buildFeatures {
        compose = true
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "rules.pro")
        }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    testOptions {
        unitTests {
            isIncludeAndroidResources = true
            // The core of this machine, as `cargo build --release` makes it.
            all { it.systemProperty("jna.library.path", rootDir.resolve("../target/release").path) }
        }
    }
}

kotlin {
    jvmToolchain(17)
    compilerOptions {
        allWarningsAsErrors = true
    }
}

detekt {
    buildUponDefaultConfig = true
    config.setFrom("../detekt.yml")
    source.setFrom("src")
}

dependencies {
    implementation("org.kinweave:kinweave:0.1.0")
    implementation("androidx.activity:activity-compose:1.13.0")
    implementation("androidx.compose.foundation:foundation:1.11.4")
    implementation("androidx.compose.material3:material3:1.4.0")
    implementation("androidx.compose.ui:ui:1.11.4")
    implementation("androidx.compose.ui:ui-tooling-preview:1.11.4")
    implementation("androidx.core:core-ktx:1.18.0")
    implementation("androidx.lifecycle:lifecycle-runtime-compose:2.9.4")
    implementation("androidx.lifecycle:lifecycle-viewmodel:2.9.4")
    implementation("com.google.zxing:core:3.5.3")
    implementation("com.journeyapps:zxing-android-embedded:4.3.0")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")

    debugImplementation("androidx.compose.ui:ui-tooling:1.11.4")

    testImplementation("androidx.compose.ui:ui-test-junit4:1.11.4")
    testImplementation("androidx.test.ext:junit:1.3.0")
    testImplementation("junit:junit:4.13.2")
    // With the desktop's native side, which the AAR doesn't have.
    testImplementation("net.java.dev.jna:jna:5.18.1")
    testImplementation("org.jetbrains.kotlinx:kotlinx-coroutines-test:1.10.2")
    testImplementation("org.robolectric:robolectric:4.16")
}
