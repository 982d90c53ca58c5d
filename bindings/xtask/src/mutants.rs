//! Apps and a core that are wrong in one way each: whether the tests notice.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::run::{cargo, finish};
use crate::toolchains::Swift;
use crate::{android, bindings, ios, kotlin, root, swift};

/// One change of one file.
struct Mutant {
    name: String,
    file: PathBuf,
    there: String,
    instead: String,
}

/// A file that is put back as it was, whatever happens.
struct Changed {
    file: PathBuf,
    before: String,
}

impl Drop for Changed {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.file, &self.before) {
            eprintln!("{} is still changed: {error}", self.file.display());
        }
    }
}

/// Whether a test of the apps' screens notices each change of tests/mutants/apps.txt.
pub fn apps() -> Result<(), String> {
    let mutants = of_list("apps")?;
    let swift = Swift::find_or_set_up()?;
    swift::generate()?;
    kotlin::generate()?;
    let apps = Apps { swift };
    for name in ["iOS", "Android"] {
        apps.build(name).and_then(|()| apps.test(name)).map_err(|why| format!("{name} as it is: {why}"))?;
    }
    let app_of = |mutant: &Mutant| mutant.name.split(':').next().unwrap_or_default().to_owned();
    notice(&mutants, |mutant| apps.build(&app_of(mutant)), |mutant| apps.test(&app_of(mutant)))
}

/// Whether the worlds notice each change of tests/mutants/worlds.txt, within as many as the tests let go by.
pub fn worlds() -> Result<(), String> {
    let mutants = of_list("worlds")?;
    let build = || cargo("build --release --workspace --bin worlds");
    let go_by = || finish(&mut Command::new(bindings::library_folder().join("worlds")));
    build().and_then(|()| go_by()).map_err(|why| format!("the core as it is: {why}"))?;
    notice(&mutants, |_| build(), |_| go_by())
}

/// Makes each change, one at a time. Each must compile, and the tests must fail.
fn notice(
    mutants: &[Mutant],
    build: impl Fn(&Mutant) -> Result<(), String>,
    test: impl Fn(&Mutant) -> Result<(), String>,
) -> Result<(), String> {
    let mut lines = Vec::new();
    let mut unnoticed = 0;
    for mutant in mutants {
        println!("== {}", mutant.name);
        let changed = mutant.make()?;
        build(mutant).map_err(|why| format!("{}: it doesn't compile, which is no test: {why}", mutant.name))?;
        let is_noticed = test(mutant).is_err();
        drop(changed);
        unnoticed += usize::from(!is_noticed);
        lines.push(format!("{}  {}", if is_noticed { "noticed  " } else { "UNNOTICED" }, mutant.name));
    }
    println!("\n{}", lines.join("\n"));
    if unnoticed == 0 { Ok(()) } else { Err(format!("{unnoticed} of {} went unnoticed", mutants.len())) }
}

struct Apps {
    swift: Swift,
}

impl Apps {
    fn build(&self, app: &str) -> Result<(), String> {
        if app == "iOS" { ios::build(&self.swift) } else { android::build() }
    }

    /// The tests of the screens, without those that draw them or take long.
    fn test(&self, app: &str) -> Result<(), String> {
        if app == "iOS" { ios::test_screens(&self.swift) } else { android::test_screens() }
    }
}

impl Mutant {
    fn make(&self) -> Result<Changed, String> {
        let before = fs::read_to_string(&self.file).map_err(|error| format!("{}: {error}", self.file.display()))?;
        let count = before.matches(&self.there).count();
        if count != 1 {
            return Err(format!("{}: what it changes is there {count} times", self.name));
        }
        let after = before.replacen(&self.there, &self.instead, 1);
        let changed = Changed { file: self.file.clone(), before };
        fs::write(&self.file, after).map_err(|error| format!("{}: {error}", self.file.display()))?;
        Ok(changed)
    }
}

fn of_list(name: &str) -> Result<Vec<Mutant>, String> {
    let list = root().join(format!("tests/mutants/{name}.txt"));
    let text = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let sections = text.split("\n== ").skip(1);
    let read = |section: &str| {
        let (name, rest) = section.split_once('\n')?;
        let (file, rest) = rest.split_once("\n- ")?;
        let (there, instead) = rest.split_once("\n+ ")?;
        let owned = |text: &str| text.trim_end().to_owned();
        Some(Mutant { name: owned(name), file: root().join(file), there: owned(there), instead: owned(instead) })
    };
    sections.map(|section| read(section).ok_or_else(|| format!("not a change: {section}"))).collect()
}
