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
mod print;
mod run;
mod shell;
mod style;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // Prints help and refusals of its own, and ends with 0 or 2.
    let cli = args::Cli::parse();
    run::run(cli)
}
