//! The library that apps load, the Kotlin and Swift that call it, and the list of what it exports.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{cargo, finish};
use crate::{doc_words, root};

const SURFACE: &str = "bindings/api.txt";

/// Where cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target))
}

/// The folder with the library for this machine.
pub fn library_folder() -> PathBuf {
    target().join("release")
}

/// Builds the library and its generator. Kotlin and Swift are made from what the library says of itself.
///
/// The whole workspace, as everywhere: naming two packages would choose other features for what they share, and compile it again.
pub fn build() -> Result<(), String> {
    cargo("build --release --workspace")
}

/// Writes one language's side into an empty folder of the build's.
pub fn generate(language: &str) -> Result<PathBuf, String> {
    build()?;
    let folder = target().join("bindings").join(language);
    let _ = fs::remove_dir_all(&folder);
    let mut generator = generator();
    generator.args(["generate", "--no-format", "--language", language, "--library"]).arg(library());
    finish(generator.arg("--out-dir").arg(&folder))?;
    for file in files(&folder)? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let told = doc_words::in_language(language, &text);
        fs::write(&file, told).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(folder)
}

/// Compares what is exported with the list that was reviewed; or writes that list anew.
pub fn check_surface(bless: bool) -> Result<(), String> {
    build()?;
    let output =
        generator().arg("surface").arg(library()).output().map_err(|error| format!("the generator: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    let path = root().join(SURFACE);
    if bless {
        return fs::write(&path, found).map_err(|error| format!("{SURFACE}: {error}"));
    }
    let reviewed = fs::read_to_string(&path).map_err(|error| format!("{SURFACE}: {error}"))?;
    let news = lines_only_in(&found, &reviewed, '+').chain(lines_only_in(&reviewed, &found, '-')).collect::<Vec<_>>();
    if found == reviewed {
        return Ok(());
    }
    let what = if news.is_empty() { "another order".to_owned() } else { news.join("\n") };
    Err(format!("what is exported isn't what {SURFACE} says; review it, then `cargo xtask surface`:\n{what}"))
}

fn lines_only_in<'a>(text: &'a str, other: &'a str, sign: char) -> impl Iterator<Item = String> + 'a {
    text.lines()
        .filter(move |line| !other.lines().any(|known| known == *line))
        .map(move |line| format!("{sign} {line}"))
}

fn generator() -> Command {
    let mut generator = Command::new(library_folder().join("kinweave-bindgen"));
    // It finds how names are to be written by asking cargo where the crates are.
    generator.current_dir(root());
    generator
}

fn library() -> PathBuf {
    let end = if cfg!(target_os = "macos") { "dylib" } else { "so" };
    library_folder().join(format!("libkinweave_ffi.{end}"))
}

/// All files in a folder and the folders in it.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        // A link to a folder is somebody else's.
        if path.is_dir() && !path.is_symlink() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}
