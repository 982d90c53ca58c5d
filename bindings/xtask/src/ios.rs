//! The iOS app: its logic on the real core, and its unmodified views, which on Linux run against a stand-in for SwiftUI.

use crate::steps::Outcome;
use crate::swift;
use crate::toolchains::Swift;

/// Where the app is in this repository.
const FOLDER: &str = "ios-demo";

/// Builds and tests it, and holds its code to the format.
pub fn test() -> Result<Outcome, String> {
    let swift = match Swift::find_or_set_up() {
        Ok(swift) => swift,
        Err(why) => return Ok(Outcome::NotRun(why)),
    };
    swift::generate()?;
    swift::lint(&swift, FOLDER)?;
    // A Mac has the real SwiftUI, so the views are Xcode's there; the stand-in's package tests the logic too.
    let package = if cfg!(target_os = "linux") { "ios-demo/LinuxPreview" } else { "ios-demo/DemoKit" };
    swift::tests(&swift, package)
}
