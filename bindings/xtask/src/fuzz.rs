//! Bytes that nobody would think of, through every door of the core.

use std::fs::{self, DirEntry};
use std::process::Command;

use crate::root;
use crate::run::finish;

const FOLDER: &str = "tests/fuzz";
const INPUT_BYTES_MAX: usize = 4096;

/// Fuzzes through each door for so many seconds, and keeps of what it found the least that opens as many ways through the code.
pub fn run(seconds: u32) -> Result<(), String> {
    // The versions of everything else; cargo adds its own beside them.
    fs::copy(root().join("Cargo.lock"), root().join(FOLDER).join("Cargo.lock")).map_err(|error| error.to_string())?;
    let targets = fs::read_dir(root().join(FOLDER).join("fuzz_targets")).map_err(|error| error.to_string())?;
    let name = |file: DirEntry| Some(file.path().file_stem()?.to_string_lossy().into_owned());
    let mut names: Vec<String> = targets.filter_map(Result::ok).filter_map(name).collect();
    names.sort();
    for name in names {
        let broke = root().join(FOLDER).join("broke").join(&name);
        fs::create_dir_all(&broke).map_err(|error| error.to_string())?;
        let options = [
            format!("-max_total_time={seconds}"),
            format!("-max_len={INPUT_BYTES_MAX}"),
            format!("-artifact_prefix={}/", broke.display()),
        ];
        finish(fuzz("run", &name).arg("--").args(options))?;
        finish(&mut fuzz("cmin", &name))?;
    }
    Ok(())
}

/// Without a sanitizer: no line of ours is unsafe, and what is looked for are panics and what doesn't hold.
fn fuzz(what: &str, target: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(["+nightly", "fuzz", what, "--fuzz-dir", FOLDER, "-s", "none", target]).current_dir(root());
    command
}
