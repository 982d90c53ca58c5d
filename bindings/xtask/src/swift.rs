//! The Swift package: made, built and tested by SwiftPM.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{finish, finish_reading};
use crate::steps::Outcome;
use crate::toolchains::Swift;
use crate::{bindings, root, swift_style};

/// Where the package is in this repository.
pub const FOLDER: &str = "bindings/swift";

/// Swift 6.0 on Linux exports less of its Observation than code that uses it asks for; it is found when it runs.
const LINKER: [&str; 2] = ["-Xlinker", "--allow-shlib-undefined"];

/// Writes the generated side to where SwiftPM looks for it, which must be in the package.
pub fn generate() -> Result<PathBuf, String> {
    let made = bindings::generate("swift")?;
    let sources = root().join(FOLDER).join("Sources");
    let (swift, headers) = (sources.join("KinweaveKit/Generated"), sources.join("KinweaveFFI/include"));
    for folder in [&swift, &headers] {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let files = bindings::files(&made)?;
    let mut aliases = BTreeMap::new();
    for file in &files {
        aliases.extend(swift_style::aliases(&read(file)?));
    }
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = if name.ends_with(".swift") { &swift } else { &headers };
        let text = read(file)?;
        fs::write(folder.join(name), swift_style::natural(&text, &aliases))
            .map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(swift)
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Builds and tests it, and holds hand-written code to the format.
pub fn test() -> Result<Outcome, String> {
    let swift = match Swift::find_or_set_up() {
        Ok(swift) => swift,
        Err(why) => return Ok(Outcome::NotRun(why)),
    };
    generate()?;
    lint(&swift, FOLDER)?;
    tests(&swift, FOLDER, &[])
}

/// Holds the hand-written code of a package to the format.
pub fn lint(swift: &Swift, package: &str) -> Result<(), String> {
    finish(command(swift, package).args(["format", "lint", "--strict"]).args(written_by_hand(package)?))
}

/// Builds a package with its tests.
pub fn build(swift: &Swift, package: &str) -> Result<(), String> {
    finish(command(swift, package).args(["build", "--build-tests"]).args(linker()))
}

/// What the linker is told on Linux.
fn linker() -> &'static [&'static str] {
    if cfg!(target_os = "linux") { &LINKER } else { &[] }
}

/// Runs the tests of a package: all, or those that these words choose.
pub fn tests(swift: &Swift, package: &str, choice: &[&str]) -> Result<Outcome, String> {
    let mut count = 0;
    let mut tests = command(swift, package);
    tests.arg("test").args(linker()).args(choice);
    finish_reading(&mut tests, |line| {
        // "✔ Test run with 31 tests passed after 4.2 seconds."
        let passed = line.split_once("Test run with ").filter(|(_, rest)| rest.contains(" passed"));
        count += passed.and_then(|(_, rest)| rest.split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
    })?;
    Ok(Outcome::Tests(count))
}

/// The files that are held to the format, as the package sees them.
fn written_by_hand(package: &str) -> Result<Vec<PathBuf>, String> {
    let package = root().join(package);
    let is_by_hand = |file: &&PathBuf| {
        let is_made =
            file.iter().any(|part| part == "Generated" || part == ".build" || part == "KinweaveFFI.xcframework");
        file.extension().is_some_and(|end| end == "swift") && !is_made
    };
    let files = bindings::files(&package)?;
    let relative = |file: &PathBuf| Some(file.strip_prefix(&package).ok()?.to_owned());
    Ok(files.iter().filter(is_by_hand).filter_map(relative).collect())
}

/// `swift` in a package.
fn command(swift: &Swift, package: &str) -> Command {
    let (root, library) = (root(), bindings::library_folder());
    let mut command = swift.command(&root.join(package), &[&root, &library]);
    command.env("KINWEAVE_LIBRARY", &library);
    command
}

/// The words that start the Swift member of a circle, a line each; none before it was built.
pub fn member(swift: &Swift) -> Option<String> {
    program(swift, FOLDER, "Member")
}

/// The words that start what a package has built, a line each; none before it was built.
pub fn program(swift: &Swift, package: &str, name: &str) -> Option<String> {
    let program = root().join(package).join(".build/debug").join(name);
    if !program.is_file() {
        return None;
    }
    let (root, library) = (root(), bindings::library_folder());
    let command = swift.enter(&root, &[&root, &library]);
    let mut words: Vec<_> = command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    words.push(program.display().to_string());
    Some(words.join("\n"))
}

/// The program that times calls.
pub fn benchmark(swift: &Swift) -> Command {
    let mut command = command(swift, FOLDER);
    command.args(["run", "-c", "release"]).args(linker()).arg("Calls");
    command
}
