//! The steps of `cargo xtask test`. All of them use the release profile: SQLCipher brings OpenSSL along, and one build of
//! it is enough to wait for.

use std::fs;
use std::process::Stdio;
use std::time::Instant;

use crate::run::{cargo, cargo_command, finish, finish_reading};
use crate::{android, bindings, doctor, ios, kotlin, markdown, meeting, root, screens, swift, together};

/// One check, which can also be run alone.
pub struct Step {
    pub name: &'static str,
    check: fn() -> Result<Outcome, String>,
}

/// What became of a check that didn't fail.
pub enum Outcome {
    /// It passed.
    Passed,
    /// So many tests passed.
    Tests(u64),
    /// This machine lacks what it needs, and that can't be brought here.
    NotRun(String),
}

/// Every check, cheap ones first.
pub const STEPS: &[Step] = &[
    Step { name: "format", check: || passed(cargo("fmt --all --check")) },
    Step { name: "clippy", check: || passed(cargo("clippy --release --workspace --all-targets -- -D warnings")) },
    Step { name: "layers", check: || passed(cargo("test --release --workspace --test layers")) },
    Step { name: "rust", check: rust },
    Step { name: "docs", check: docs },
    Step { name: "readme", check: readme },
    Step { name: "surface", check: || passed(bindings::check_surface(false)) },
    Step { name: "kotlin", check: kotlin::test },
    Step { name: "android", check: android::test },
    Step { name: "swift", check: swift::test },
    Step { name: "ios", check: ios::test },
    Step { name: "layout", check: screens::test },
    Step { name: "together", check: together::test },
    Step { name: "meeting", check: meeting::test },
];

/// Runs the steps up to the first that fails, says how long each took and how many tests ran. What can't be run here is
/// told of loudly; if it is required, that fails.
pub fn run(steps: &[Step], required: &[String]) -> Result<(), String> {
    doctor::set_up()?;
    let (mut lines, mut missing) = (Vec::new(), Vec::new());
    for step in steps {
        println!("== {}", step.name);
        let start = Instant::now();
        let outcome = (step.check)();
        let line = format!("{:>8.1} s  {:<9}", start.elapsed().as_secs_f64(), step.name);
        match outcome {
            Ok(Outcome::Passed) => lines.push(line),
            Ok(Outcome::Tests(count)) => lines.push(format!("{line} {count} tests")),
            Ok(Outcome::NotRun(why)) => {
                println!("NOT RUN: {}: {why}", step.name);
                lines.push(format!("{line} NOT RUN: {why}"));
                missing.push(step.name);
            }
            Err(why) => {
                println!("\n{}", lines.join("\n"));
                return Err(format!(
                    "FAILED at {name}: {why}\nRun it alone: cargo xtask test {name}",
                    name = step.name
                ));
            }
        }
    }
    println!("\n{}", lines.join("\n"));
    if let Some(name) = missing.iter().find(|name| required.iter().any(|wanted| wanted == *name)) {
        return Err(format!("FAILED: {name} is required and was not run; `cargo xtask doctor` says what is missing"));
    }
    match missing.len() {
        0 => println!("Passed."),
        count => println!("Passed, but {count} NOT RUN: {}.", missing.join(", ")),
    }
    Ok(())
}

fn passed(outcome: Result<(), String>) -> Result<Outcome, String> {
    outcome.map(|()| Outcome::Passed)
}

fn rust() -> Result<Outcome, String> {
    let mut count = 0;
    // Without `--all-targets`, which would leave out the examples in the documentation.
    finish_reading(&mut cargo_command("test --release --workspace"), |line| {
        // "test result: ok. 12 passed; 0 failed; ..."
        let passed = line.strip_prefix("test result: ok. ").and_then(|rest| rest.split(' ').next());
        count += passed.and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    })?;
    Ok(Outcome::Tests(count))
}

fn docs() -> Result<Outcome, String> {
    let mut doc = cargo_command("doc --release --no-deps --workspace --lib");
    passed(finish(doc.env("RUSTDOCFLAGS", "-D warnings")))
}

/// What the documents promise: links lead somewhere, and the commands of the README work.
fn readme() -> Result<Outcome, String> {
    let readme = read("README.md")?;
    let commands = markdown::cargo_runs(&readme)?;
    for promised in ["cargo run --release --bin kinweave -- demo", "cargo xtask test"] {
        if !readme.contains(promised) {
            return Err(format!("README.md does not name `{promised}`"));
        }
    }
    let broken = broken_links()?;
    if !broken.is_empty() {
        return Err(format!("links that lead nowhere:\n{}", broken.join("\n")));
    }
    passed(commands.iter().try_for_each(|words| finish(cargo_command(&words.join(" ")).stdin(Stdio::null()))))
}

fn broken_links() -> Result<Vec<String>, String> {
    let mut files = [
        "README.md",
        "android-demo/README.md",
        "ios-demo/README.md",
        "bindings/kotlin/README.md",
        "bindings/swift/README.md",
    ]
    .map(str::to_owned)
    .to_vec();
    for entry in fs::read_dir(root().join("core")).map_err(|error| format!("core: {error}"))? {
        let name = entry.map_err(|error| format!("core: {error}"))?.file_name();
        files.extend(name.to_str().filter(|name| name.ends_with(".md")).map(|name| format!("core/{name}")));
    }
    files.sort();
    let mut broken = Vec::new();
    for file in files {
        let text = read(&file)?;
        let folder = root().join(&file).parent().map_or_else(root, |folder| folder.to_owned());
        for link in markdown::relative_links(&text) {
            let (path, heading) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let target = if path.is_empty() { root().join(&file) } else { folder.join(path) };
            let leads = match fs::read_to_string(&target) {
                Ok(text) if !heading.is_empty() && target.extension().is_some_and(|end| end == "md") => {
                    markdown::anchors(&text).iter().any(|anchor| anchor == heading)
                }
                _ => target.exists(),
            };
            if !leads {
                broken.push(format!("{file}:{}: {}", link.line, link.target));
            }
        }
    }
    Ok(broken)
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}
