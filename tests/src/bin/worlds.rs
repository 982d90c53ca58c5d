//! Lets worlds go by: `worlds [--worlds N] [--seed S]`. The first world's seed is S itself.

use std::process::ExitCode;

use kinweave_tests::worlds::many;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let given = words.iter().position(|word| word == name).map(|at| words.get(at + 1));
        given.map_or(Some(otherwise), |word| word?.parse().ok())
    };
    let (Some(worlds), Some(seed)) = (number("--worlds", 300), number("--seed", 1)) else {
        eprintln!("usage: worlds [--worlds N] [--seed S]");
        return ExitCode::FAILURE;
    };
    match many(worlds as usize, seed) {
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
