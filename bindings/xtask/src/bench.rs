//! Kotlin and Swift against Rust: the same calls on the same records, in one run, turn by turn. What else a machine does only
//! ever adds, so of a call's medians the least is its own.

use std::process::Command;

use crate::run::{cargo, finish_reading};
use crate::toolchains::{self, Swift};
use crate::{bindings, kotlin, swift};

/// A call that is timed, and how much more each language may take: as a multiple, or as microseconds on top.
const CALLS: [(&str, Bar, Bar); 3] = [
    ("list_1000", Bar::Times(4.0), Bar::Times(8.0)),
    ("add", Bar::Plus(100.0), Bar::Plus(100.0)),
    ("open_list_50", Bar::Times(1.5), Bar::Times(1.5)),
];

#[derive(Clone, Copy)]
enum Bar {
    Times(f64),
    Plus(f64),
}

/// How often each language has its turn.
const ROUNDS: usize = 5;

/// Medians in microseconds, by the name of the call.
type Medians = Vec<(String, f64)>;

/// Prints the table.
pub fn run() -> Result<(), String> {
    cargo("build --release --workspace --bin calls")?;
    toolchains::maven()?;
    kotlin::generate()?;
    kotlin::maven(kotlin::FOLDER, &["test-compile"])?;
    let compiler = Swift::find_or_set_up()?;
    swift::generate()?;
    let (mut rust, mut kotlin, mut swift) = (Medians::new(), Medians::new(), Medians::new());
    for _ in 0..ROUNDS {
        rust.extend(read(&mut Command::new(bindings::library_folder().join("calls")))?);
        kotlin.extend(read(&mut kotlin::benchmark().ok_or("the Kotlin benchmark was not built")?)?);
        swift.extend(read(&mut swift::benchmark(&compiler))?);
    }
    println!("\n{:<14}{:>12}{:>12}{:>12}", "median, µs", "Rust", "Kotlin", "Swift");
    let mut missed = 0;
    for (call, kotlin_bar, swift_bar) in CALLS {
        let [base, kotlin, swift] = [&rust, &kotlin, &swift].map(|medians| least(medians, call));
        let (base, kotlin, swift) = (base?, kotlin?, swift?);
        println!("{call:<14}{base:>12.1}{kotlin:>12.1}{swift:>12.1}");
        for (language, found, bar) in [("Kotlin", kotlin, kotlin_bar), ("Swift", swift, swift_bar)] {
            let (said, is_met) = match bar {
                Bar::Times(most) => (format!("{:.2} × Rust, at most {most}", found / base), found <= base * most),
                Bar::Plus(most) => (format!("{:+.1} µs, at most {most}", found - base), found <= base + most),
            };
            missed += u32::from(!is_met);
            println!("    {language:<8}{said}{}", if is_met { "" } else { "  MISSED" });
        }
    }
    if missed == 0 { Ok(()) } else { Err(format!("{missed} missed")) }
}

fn read(command: &mut Command) -> Result<Medians, String> {
    let mut medians = Medians::new();
    finish_reading(command, |line| {
        let median = line.split_once(' ').and_then(|(name, median)| Some((name.to_owned(), median.parse().ok()?)));
        medians.extend(median);
    })?;
    Ok(medians)
}

fn least(medians: &Medians, call: &str) -> Result<f64, String> {
    let found = medians.iter().filter(|(name, _)| name == call).map(|(_, median)| *median);
    found.min_by(f64::total_cmp).ok_or_else(|| format!("nothing was said of `{call}`"))
}
