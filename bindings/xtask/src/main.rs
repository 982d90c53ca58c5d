//! The project's own commands. They need nothing but what `rustup` brings and a C compiler.
//!
//! ```text
//! cargo xtask test            every check, in order, up to the first that fails
//! cargo xtask test <step>     one check alone
//! cargo xtask doctor          what this machine lacks, and how to get it; changes nothing
//! ```

mod doctor;
mod markdown;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;

use steps::STEPS;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => steps::run(STEPS),
        ["test", name] => match STEPS.iter().position(|step| step.name == *name) {
            Some(at) => steps::run(&STEPS[at..=at]),
            None => Err(format!("no step is called `{name}`\n{}", usage())),
        },
        ["doctor"] => doctor::run(),
        _ => Err(usage()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\n{why}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    format!("usage: cargo xtask test [{}]\n       cargo xtask doctor", names.join("|"))
}

/// The top of the repository.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root.pop();
    root
}
