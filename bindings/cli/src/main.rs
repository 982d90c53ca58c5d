//! `kinweave`: the core at a terminal. Each command is one-shot, a line of `kinweave shell`, or handed to the process that
//! has the home.
#![allow(
    clippy::disallowed_methods,
    reason = "a program may read the clock, the disk and the environment; the core may not"
)]

mod answer;
mod args;
mod clock;
mod commands;
mod demo;
mod dialog;
mod errors;
mod handover;
mod home;
mod key;
mod layout;
mod print;
mod progress;
mod run;
mod screen;
mod shell;
mod style;
mod version;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    screen::set(screen::of_environment());
    let typed: Vec<_> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    run::run(&typed)
}
