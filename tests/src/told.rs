//! A process that is told line by line what to do.

use std::path::Path;
use std::process::Command;

use crate::piped::Piped;

/// Answers each line with a line that begins with `ok` or `error`; what else it says is nobody's answer.
pub struct Told {
    /// Whose it is.
    pub name: &'static str,
    process: Piped,
}

impl Told {
    /// Starts it in this folder, with its words on lines of their own.
    pub fn start(name: &'static str, folder: &Path, words: &str) -> Self {
        let mut words = words.lines();
        let mut command = Command::new(words.next().expect("a program"));
        Self { name, process: Piped::start(command.args(words).current_dir(folder)) }
    }

    /// Tells it something, and hears its answer. An error ends the test.
    pub fn tell(&mut self, line: &str) -> String {
        self.process.say(line);
        loop {
            let answer = self.process.hear().unwrap_or_else(|| panic!("{} ended at `{line}`", self.name));
            assert!(!answer.starts_with("error"), "{}: `{line}` answered {answer}", self.name);
            if let Some(answer) = answer.strip_prefix("ok") {
                println!("{:>8}: {line} →{answer}", self.name);
                return answer.trim_start().to_owned();
            }
        }
    }

    /// Ends it as it wants to be ended.
    pub fn quit(mut self) {
        self.tell("quit");
        assert!(self.process.end().success(), "{} ended badly", self.name);
    }
}
