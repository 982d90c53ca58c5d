//! The iOS app: its logic on the real core, and its unmodified views, which on Linux run against a stand-in for SwiftUI.

use std::path::PathBuf;

use crate::steps::Outcome;
use crate::toolchains::Swift;
use crate::{root, swift};

/// Where the app is in this repository.
const FOLDER: &str = "ios-demo";

/// The package that compiles the views on Linux.
const PREVIEW: &str = "ios-demo/LinuxPreview";

/// Builds and tests it, and holds its code to the format.
pub fn test() -> Result<Outcome, String> {
    let swift = match Swift::find_or_set_up() {
        Ok(swift) => swift,
        Err(why) => return Ok(Outcome::NotRun(why)),
    };
    swift::generate()?;
    swift::lint(&swift, FOLDER)?;
    // A Mac has the real SwiftUI, so the views are Xcode's there; the stand-in's package tests the logic too.
    swift::tests(&swift, if cfg!(target_os = "linux") { PREVIEW } else { "ios-demo/DemoKit" }, &[])
}

/// Builds it with its tests, on Linux.
pub fn build(swift: &Swift) -> Result<(), String> {
    swift::build(swift, PREVIEW)
}

/// Draws its screens, as HTML.
pub fn draw(swift: &Swift) -> Result<(), String> {
    swift::generate()?;
    swift::tests(swift, PREVIEW, &["--filter", "ScreensTests"]).map(drop)
}

/// Where they are then, a folder a variant.
pub fn screens() -> PathBuf {
    root().join(PREVIEW).join(".build/screens")
}

/// The tests of its screens, without those that draw them or take long.
pub fn test_screens(swift: &Swift) -> Result<(), String> {
    swift::tests(swift, PREVIEW, &["--skip", "ScreensTests", "--skip", "LifecycleTests"]).map(drop)
}

/// The folder and the words that start the app on a phone that is told what to tap; none before its tests were built.
pub fn driven(swift: &Swift) -> Option<String> {
    Some(format!("{}\n{}", root().display(), swift::program(swift, PREVIEW, "Driven")?))
}
