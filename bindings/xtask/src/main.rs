//! The project's own commands. They need nothing but what `rustup` brings and a C compiler; the other languages are brought
//! where that is possible.
//!
//! ```text
//! cargo xtask test                          every check, in order, up to the first that fails
//! cargo xtask test <step>                   one check alone
//! cargo xtask test --require kotlin,swift,android,ios   the same, and what can't be run here fails
//! cargo xtask bindings                      writes the Kotlin and Swift sides, for those who work on them
//! cargo xtask surface                       writes bindings/api.txt anew, to be reviewed
//! cargo xtask bench                         times Kotlin and Swift against Rust
//! cargo xtask size                          how large the library is, beside a stub of the same parts
//! cargo xtask screens                       every screen of both apps as a picture, into target/screens
//! cargo xtask mutants apps                  whether the apps' tests notice an app that is wrong in one way
//! cargo xtask mutants worlds                whether the worlds notice a core that is wrong in one way
//! cargo xtask fuzz [seconds]                fuzzes every door of the core, a minute each; needs a nightly Rust and cargo-fuzz
//! cargo xtask package android|ios|apk       the AAR, the XCFramework, or the Android app
//! cargo xtask doctor                        what this machine lacks, and how to get it; changes nothing
//! ```

mod android;
mod bench;
mod bindings;
mod doc_words;
mod doctor;
mod fuzz;
mod ios;
mod kotlin;
mod markdown;
mod meeting;
mod mutants;
mod package;
mod run;
mod screens;
mod size;
mod steps;
mod swift;
mod swift_style;
mod together;
mod toolchains;

use std::path::PathBuf;
use std::process::ExitCode;

use steps::STEPS;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test", rest @ ..] => test(rest),
        ["bindings"] => kotlin::generate().and_then(|_| swift::generate()).map(drop),
        ["surface"] => bindings::check_surface(true),
        ["bench"] => bench::run(),
        ["size"] => size::run(),
        ["screens"] => screens::draw(),
        ["mutants", "apps"] => mutants::apps(),
        ["mutants", "worlds"] => mutants::worlds(),
        ["fuzz"] => fuzz::run(60),
        ["fuzz", seconds] => seconds.parse().map_err(|_| usage()).and_then(fuzz::run),
        ["package", "android"] => package::android(),
        ["package", "ios"] => package::ios(),
        ["package", "apk"] => android::apk(),
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

fn test(words: &[&str]) -> Result<(), String> {
    let (steps, required) = match words {
        [] => (STEPS, ""),
        ["--require", required] => (STEPS, *required),
        [name, rest @ ..] => {
            let at = STEPS.iter().position(|step| step.name == *name);
            let at = at.ok_or_else(|| format!("no step is called `{name}`\n{}", usage()))?;
            let required = match rest {
                [] => "",
                ["--require", required] => *required,
                _ => return Err(usage()),
            };
            (&STEPS[at..=at], required)
        }
    };
    let required: Vec<_> = required.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    steps::run(steps, &required)
}

fn usage() -> String {
    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    let test = format!("cargo xtask test [{}] [--require kotlin,swift,android,ios]", names.join("|"));
    format!(
        "usage: {test}\n       cargo xtask bindings|surface|bench|size|doctor\n       cargo xtask package android|ios|apk\n       cargo xtask screens\n       cargo xtask mutants apps|worlds"
    )
}

/// The top of the repository.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root.pop();
    root
}
