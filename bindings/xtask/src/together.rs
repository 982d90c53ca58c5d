//! One circle of three processes: a phone in Rust, one in Kotlin, one in Swift.

use std::process::Command;

use crate::run::{cargo, finish};
use crate::steps::Outcome;
use crate::toolchains::Swift;
use crate::{bindings, kotlin, root, swift};

/// Has them pair, write and meet, with what the steps before have built.
pub fn test() -> Result<Outcome, String> {
    let Some(compiler) = Swift::find() else { return Ok(Outcome::NotRun("there is no Swift".to_owned())) };
    let Some(in_kotlin) = kotlin::member() else {
        return Ok(Outcome::NotRun("the Kotlin tests were not built".to_owned()));
    };
    let Some(in_swift) = swift::member(&compiler) else {
        return Ok(Outcome::NotRun("the Swift tests were not built".to_owned()));
    };
    // The whole workspace, or cargo would build the core once more, for other features.
    cargo("build --release --workspace --bin member --bin three_languages")?;
    let programs = bindings::library_folder();
    let in_rust = programs.join("member").display().to_string();
    finish(Command::new(programs.join("three_languages")).args([in_rust, in_kotlin, in_swift]).current_dir(root()))?;
    Ok(Outcome::Tests(1))
}
