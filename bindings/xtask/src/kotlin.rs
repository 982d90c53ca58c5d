//! The Kotlin library: made, built and tested by Maven.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::finish;
use crate::steps::Outcome;
use crate::{bindings, root, toolchains};

/// Where the library is in this repository.
pub const FOLDER: &str = "bindings/kotlin";

/// Writes the generated side to where Maven looks for it.
pub fn generate() -> Result<PathBuf, String> {
    let folder = bindings::generate("kotlin")?;
    for file in bindings::files(&folder)? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        fs::write(&file, with_summaries(&text)).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(folder)
}

/// UniFFI makes an error's message of the names and values of its fields, and none without fields.
fn with_summaries(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut is_message = false;
    for line in text.split_inclusive('\n') {
        match line.split_once("get() = ") {
            Some((before, _)) if is_message => told.push_str(&format!("{before}get() = summary()\n")),
            _ => told.push_str(line),
        }
        is_message = line.trim_end().ends_with("override val message");
    }
    told
}

/// Builds and tests it, and compiles what only Android has.
pub fn test() -> Result<Outcome, String> {
    if let Err(why) = toolchains::maven() {
        return Ok(Outcome::NotRun(why));
    }
    generate()?;
    maven(FOLDER, &["verify"])?;
    maven(FOLDER, &["compile", "-Pandroid"])?;
    Ok(Outcome::Tests(count_of_tests(&root().join(FOLDER).join("target/surefire-reports"))?))
}

/// Runs Maven in a folder of this repository, with what was built of the core.
pub fn maven(folder: &str, words: &[&str]) -> Result<(), String> {
    let mut maven = Command::new("mvn");
    maven.args(["-B", "-ntp", "-q", "-f"]).arg(root().join(folder).join("pom.xml"));
    maven.arg(format!("-Dkinweave.library={}", bindings::library_folder().display()));
    maven.arg(format!("-Dkinweave.generated={}", bindings::target().join("bindings/kotlin").display()));
    finish(maven.args(words))
}

/// The sum of what the reports say was run. A test that was skipped is a failure: none is meant to be.
pub fn count_of_tests(reports: &Path) -> Result<u64, String> {
    let mut count = 0;
    for report in bindings::files(reports)?.iter().filter(|report| report.extension().is_some_and(|end| end == "xml")) {
        let text = fs::read_to_string(report).map_err(|error| format!("{}: {error}", report.display()))?;
        let suite =
            text.split_once("<testsuite ").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(suite, _)| suite);
        let number = |name: &str| {
            let value = suite.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
            value.and_then(|(value, _)| value.parse::<u64>().ok()).unwrap_or(0)
        };
        if number("skipped") > 0 {
            return Err(format!("{}: tests were skipped", report.display()));
        }
        count += number("tests");
    }
    Ok(count)
}

/// The words that start the Kotlin member of a circle, a line each; none before its tests were built.
pub fn member() -> Option<String> {
    Some(program("org.kinweave.MemberKt")?.join("\n"))
}

/// The program that times calls; none before the tests were built.
pub fn benchmark() -> Option<Command> {
    let words = program("org.kinweave.CallsKt")?;
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    Some(command)
}

fn program(class: &str) -> Option<Vec<String>> {
    let target = root().join(FOLDER).join("target");
    let path = fs::read_to_string(target.join("test.classpath")).ok()?;
    let (classes, tests) = (target.join("classes"), target.join("test-classes"));
    let path = format!("{}:{}:{}", tests.display(), classes.display(), path.trim());
    let library = format!("-Djna.library.path={}", bindings::library_folder().display());
    Some(["java", &library, "-cp", &path, class].map(str::to_owned).to_vec())
}
