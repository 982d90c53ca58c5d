//! The Android app: compiled against the real AndroidX, its resources by Android's own compiler, and run under Robolectric on
//! the real core.

use crate::steps::Outcome;
use crate::{kotlin, root, toolchains};

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
