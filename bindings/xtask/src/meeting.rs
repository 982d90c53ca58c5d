//! One circle of three apps: the terminal, Android, iOS.

use std::process::Command;

use crate::run::{cargo, finish};
use crate::steps::Outcome;
use crate::toolchains::Swift;
use crate::{android, bindings, ios, root};

/// Has them pair, write apart and meet, with what the steps before have built.
pub fn test() -> Result<Outcome, String> {
    let Some(in_android) = android::driven() else {
        return Ok(Outcome::NotRun("the Android app's tests were not built".to_owned()));
    };
    let Some(in_ios) = Swift::find().and_then(|swift| ios::driven(&swift)) else {
        return Ok(Outcome::NotRun("the iOS app's tests were not built".to_owned()));
    };
    // The whole workspace, or cargo would build the core once more, for other features.
    cargo("build --release --workspace --bin kinweave --bin three_apps")?;
    let programs = bindings::library_folder();
    let terminal = programs.join("kinweave").display().to_string();
    finish(Command::new(programs.join("three_apps")).args([terminal, in_android, in_ios]).current_dir(root()))?;
    Ok(Outcome::Tests(2))
}
