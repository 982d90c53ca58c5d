//! The real program with a home of its own, as a person or a script starts it.

#![allow(dead_code, unused_imports, reason = "each test file uses its part")]

mod shell;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
pub use shell::Shell;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_kinweave");

/// What one start of the program came to.
#[derive(Debug)]
pub struct Outcome {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Outcome {
    /// What it printed; it must have done what it was asked.
    pub fn done(self) -> String {
        assert_eq!(self.exit, 0, "{self:?}");
        self.out
    }

    /// What it said instead of doing it.
    pub fn refused(self, exit: i32) -> String {
        assert_eq!((self.exit, self.out.as_str()), (exit, ""), "{self:?}");
        self.err
    }
}

/// A person at a terminal: their data directory, the language they read and how wide their screen is.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub language: &'static str,
    pub columns: Option<usize>,
    pub now: Option<&'static str>,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), language: "en", columns: None, now: None }
    }

    pub fn reading(language: &'static str) -> Self {
        Self { language, ..Self::new() }
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn key_file(&self) -> PathBuf {
        self.data().join("kinweave/keys/family.key")
    }

    /// The program, ready to be started: nothing of the machine's own settings reaches it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("XDG_DATA_HOME", self.data()).env("HOME", self.data()).env("TZ", "America/New_York");
        command.env("KINWEAVE_LANGUAGE", self.language);
        if let Some(columns) = self.columns {
            command.env("COLUMNS", columns.to_string());
        }
        if let Some(now) = self.now {
            command.args(["--now", now]);
        }
        command
    }

    /// Starts it with these words, split as a shell does.
    pub fn run(&self, line: &str) -> Outcome {
        let words = shlex::split(line).unwrap();
        outcome(self.command().args(words))
    }

    /// The value that programs get.
    pub fn json(&self, line: &str) -> Value {
        let out = self.run(&format!("{line} --json")).done();
        serde_json::from_str(&out).unwrap()
    }
}

pub fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Outcome { exit: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

/// How many columns a line takes, for a test that doesn't share the program's own arithmetic: wide letters count two.
pub fn columns(line: &str) -> usize {
    let wide = |letter: char| matches!(u32::from(letter), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x1f300..=0x1faff);
    let none = |letter: char| matches!(u32::from(letter), 0x300..=0x36f | 0xfe0f);
    line.chars().map(|letter| if none(letter) { 0 } else { 1 + usize::from(wide(letter)) }).sum()
}
