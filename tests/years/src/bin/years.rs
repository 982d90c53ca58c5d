//! Families after years: makes their homes, or measures what those cost.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kinweave_years::{Family, measure};

/// Families after years: makes their homes, or measures what those cost.
#[derive(Parser)]
enum Args {
    /// Makes the homes of a family in a folder.
    Make {
        folder: PathBuf,
        #[command(flatten)]
        family: Which,
    },
    /// Prints the table of measurements.
    Bench {
        #[command(flatten)]
        family: Which,
    },
    /// Opens a home whose key comes by stdin, reads its last 50 records and prints how many KiB of memory that took.
    #[command(hide = true)]
    Open { home: PathBuf },
}

#[derive(clap::Args)]
struct Which {
    /// How long they have used it.
    #[arg(long, default_value_t = 10)]
    years: u32,
    /// Of what becomes of them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match Args::parse() {
        Args::Make { folder, family } => {
            let family = Family::after(family.years, family.seed, &folder);
            println!("{} entries in {}", family.entries, family.full.directory.display());
            ExitCode::SUCCESS
        }
        Args::Bench { family } => bench(&family),
        Args::Open { home } => {
            let mut key = [0; 32];
            std::io::stdin().read_exact(&mut key).expect("the key of the home");
            println!("{}", measure::peak_kib_of_opening(&home, &key));
            ExitCode::SUCCESS
        }
    }
}

fn bench(family: &Which) -> ExitCode {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let is_met = measure::table(family.years, family.seed, folder.path(), |line| {
        let missed = if line.is_met() { "" } else { "  MISSED" };
        println!("{:<48}{:>10.3}  at most {:<8}{missed}\n    {}", line.what, line.found, line.at_most, line.told);
    });
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
