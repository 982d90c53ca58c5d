//! The Android app: compiled against the real AndroidX, its resources by Android's own compiler, and run under Robolectric on
//! the real core.

use std::fs;
use std::path::PathBuf;

use crate::steps::Outcome;
use crate::{bindings, kotlin, root, toolchains};

/// Where the app is in this repository.
const FOLDER: &str = "android-demo";

/// Builds and tests it, on top of the library's sources.
pub fn test() -> Result<Outcome, String> {
    if let Err(why) = toolchains::maven().and_then(|()| toolchains::android_resources()) {
        return Ok(Outcome::NotRun(why));
    }
    kotlin::generate()?;
    kotlin::maven(FOLDER, &["verify", "-Pandroid"])?;
    Ok(Outcome::Tests(kotlin::count_of_tests(&root().join(FOLDER).join("app/target/surefire-reports"))?))
}

/// Builds it with its tests.
pub fn build() -> Result<(), String> {
    kotlin::maven(FOLDER, &["verify", "-Pandroid", "-DskipTests"])
}

/// Draws its screens.
pub fn draw() -> Result<(), String> {
    toolchains::maven().and_then(|()| toolchains::android_resources())?;
    kotlin::generate()?;
    kotlin::maven(FOLDER, &["verify", "-Pandroid", "-Dtest=ScreensTest", "-Dsurefire.failIfNoSpecifiedTests=false"])
}

/// Where they are then, a folder a variant.
pub fn screens() -> PathBuf {
    root().join(FOLDER).join("app/target/screens")
}

/// The tests of its screens, without those that draw them.
pub fn test_screens() -> Result<(), String> {
    kotlin::maven(
        FOLDER,
        &["verify", "-Pandroid", "-Dtest=*Test,!ScreensTest", "-Dsurefire.failIfNoSpecifiedTests=false"],
    )
}

/// The folder and the words that start the app on a phone that is told what to tap; none before its tests were built.
pub fn driven() -> Option<String> {
    let app = root().join(FOLDER).join("app");
    let target = app.join("target");
    let path = fs::read_to_string(target.join("test.classpath")).ok()?;
    let (tests, classes) = (target.join("test-classes"), target.join("classes"));
    let words = [
        app.display().to_string(),
        "java".to_owned(),
        "-Xmx2g".to_owned(),
        "-Drobolectric.offline=true".to_owned(),
        format!("-Drobolectric.dependency.dir={}", target.join("android").display()),
        format!("-Djna.library.path={}", bindings::library_folder().display()),
        "-cp".to_owned(),
        format!("{}:{}:{}", tests.display(), classes.display(), path.trim()),
        "org.kinweave.demo.DrivenPhone".to_owned(),
    ];
    Some(words.join("\n"))
}
