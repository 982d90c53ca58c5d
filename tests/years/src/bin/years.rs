//! `years make FOLDER [--years N] [--seed S]` makes the homes of a family after so many years; `years bench [--years N]
//! [--seed S]` prints the table of measurements.

use std::path::Path;
use std::process::ExitCode;

use kinweave_years::{Family, measure};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u32| {
        let given = words.iter().position(|word| word == name).map(|at| words.get(at + 1));
        given.map_or(Some(otherwise), |word| word?.parse().ok())
    };
    let (Some(years), Some(seed)) = (number("--years", 10), number("--seed", 1)) else { return usage() };
    match words.first().map(String::as_str) {
        Some("make") if words.len() > 1 => {
            let family = Family::after(years, seed.into(), Path::new(&words[1]));
            println!("{} entries in {}", family.entries, family.full.directory.display());
            ExitCode::SUCCESS
        }
        Some("bench") => {
            let folder = tempfile::tempdir().expect("a temporary directory");
            let is_met = measure::table(years, seed.into(), folder.path(), |line| {
                let missed = if line.is_met() { "" } else { "  MISSED" };
                println!(
                    "{:<48}{:>10.3}  at most {:<8}{missed}\n    {}",
                    line.what, line.found, line.at_most, line.told
                );
            });
            if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: years make FOLDER [--years N] [--seed S] | years bench [--years N] [--seed S]");
    ExitCode::FAILURE
}
