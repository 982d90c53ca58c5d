//! The steps of `cargo xtask test`. All of them use the release profile: SQLCipher brings OpenSSL along, and one build of
//! it is enough to wait for.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{doctor, markdown, root};

/// One check, which can also be run alone.
pub struct Step {
    pub name: &'static str,
    check: fn() -> Result<(), String>,
}

/// Every check, cheap ones first.
pub const STEPS: &[Step] = &[
    Step { name: "format", check: || cargo("fmt --all --check") },
    Step { name: "clippy", check: || cargo("clippy --release --workspace --all-targets -- -D warnings") },
    Step { name: "layers", check: || cargo("test --release --workspace --test layers") },
    // Without `--all-targets`, which would leave out the examples in the documentation.
    Step { name: "rust", check: || cargo("test --release --workspace") },
    Step { name: "docs", check: docs },
    Step { name: "readme", check: readme },
];

/// Runs the steps up to the first that fails, and says how long each took.
pub fn run(steps: &[Step]) -> Result<(), String> {
    doctor::set_up()?;
    let mut times = Vec::new();
    for step in steps {
        println!("== {}", step.name);
        let start = Instant::now();
        let outcome = (step.check)();
        times.push(format!("{:>8.1} s  {}", start.elapsed().as_secs_f64(), step.name));
        if let Err(why) = outcome {
            println!("\n{}", times.join("\n"));
            return Err(format!("FAILED at {name}: {why}\nRun it alone: cargo xtask test {name}", name = step.name));
        }
    }
    println!("\n{}\nPassed.", times.join("\n"));
    Ok(())
}

fn docs() -> Result<(), String> {
    finish(cargo_command("doc --release --no-deps -p kinweave-core").env("RUSTDOCFLAGS", "-D warnings"))
}

/// What the documents promise: links lead somewhere, and the commands of the README work.
fn readme() -> Result<(), String> {
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
    commands.iter().try_for_each(|words| finish(cargo_command(&words.join(" ")).stdin(Stdio::null())))
}

fn broken_links() -> Result<Vec<String>, String> {
    let mut files = vec!["README.md".to_owned()];
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

fn cargo(arguments: &str) -> Result<(), String> {
    finish(&mut cargo_command(arguments))
}

fn cargo_command(arguments: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments.split_whitespace()).current_dir(root());
    command
}

/// Shows the command, runs it and waits for it.
fn finish(command: &mut Command) -> Result<(), String> {
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
    let shown = format!("cargo {}", words.join(" "));
    println!("$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("`{shown}` could not start: {error}")),
    }
}
