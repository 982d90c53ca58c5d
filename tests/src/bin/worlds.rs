//! Lets worlds go by, and tells of the first in which something didn't hold.

use std::process::ExitCode;

use clap::Parser;
use kinweave_tests::worlds::many;

/// Lets worlds go by, and tells of the first in which something didn't hold.
#[derive(Parser)]
struct Args {
    /// How many.
    #[arg(long, default_value_t = 300)]
    worlds: usize,
    /// The seed of the first; a single world is replayed by its own.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    let Args { worlds, seed } = Args::parse();
    match many(worlds, seed) {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(violation) => {
            println!(
                "{}\nVIOLATION in world {} at step {}: {}",
                violation.story.join("\n"),
                violation.seed,
                violation.step,
                violation.what
            );
            ExitCode::FAILURE
        }
    }
}
