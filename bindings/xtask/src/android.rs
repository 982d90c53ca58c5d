//! The Android app: compiled against the real AndroidX, its resources by Android's own compiler, and run under Robolectric on
//! the real core.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::finish;
use crate::steps::Outcome;
use crate::{bindings, kotlin, package, root, toolchains};

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
    test_chosen("ScreensTest")
}

/// Where they are then, a folder a variant.
pub fn screens() -> PathBuf {
    root().join(FOLDER).join("app/target/screens")
}

/// The tests of its screens, without those that draw them.
pub fn test_screens() -> Result<(), String> {
    test_chosen("*Test,!ScreensTest")
}

/// The tests of these names, which the modules without tests don't have.
fn test_chosen(names: &str) -> Result<(), String> {
    let chosen = format!("-Dtest={names}");
    kotlin::maven(FOLDER, &["verify", "-Pandroid", &chosen, "-Dsurefire.failIfNoSpecifiedTests=false"])
}

/// The app as Android installs it, signed with a key that is thrown away.
pub fn apk() -> Result<(), String> {
    toolchains::maven().and_then(|()| toolchains::android_resources()).and_then(|()| toolchains::apk_tools())?;
    let libraries = package::android_libraries().unwrap_or_else(|why| {
        println!("THE APK HOLDS NO NATIVE LIBRARY, and can't run: {why}");
        root().join(FOLDER).join("app/target/no-libraries")
    });
    kotlin::generate()?;
    let of_android = format!("-Dkinweave.android={}", libraries.display());
    kotlin::maven(FOLDER, &["package", "-Pandroid,apk", "-DskipTests", &of_android])?;
    let made = root().join(FOLDER).join("app/target/demo.apk");
    finish(Command::new("apksigner").args(["verify", "--verbose", "--min-sdk-version", "26"]).arg(&made))?;
    explained(&made)?;
    println!("The APK is {}.", made.display());
    Ok(())
}

/// Every permission it asks for is in the table of the README.
fn explained(made: &Path) -> Result<(), String> {
    let readme = root().join(FOLDER).join("README.md");
    let readme = fs::read_to_string(&readme).map_err(|error| format!("{}: {error}", readme.display()))?;
    let dump = Command::new("aapt2").args(["dump", "permissions"]).arg(made).output();
    let dump = String::from_utf8_lossy(&dump.map_err(|error| format!("aapt2: {error}"))?.stdout).into_owned();
    let asked = dump.split("android.permission.").skip(1).filter_map(|rest| rest.split('\'').next());
    let unexplained: Vec<_> = asked.filter(|name| !readme.contains(&format!("| `{name}` |"))).collect();
    if unexplained.is_empty() { Ok(()) } else { Err(format!("the README doesn't explain {unexplained:?}")) }
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
