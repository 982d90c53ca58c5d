//! A process that is told line by line what to do.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Answers each line with a line that begins with `ok` or `error`; what else it says is nobody's answer.
pub struct Told {
    /// Whose it is.
    pub name: &'static str,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Told {
    /// Starts it in this folder, with its words on lines of their own.
    pub fn start(name: &'static str, folder: &Path, words: &str) -> Self {
        let mut words = words.lines();
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect(name);
        let (input, output) = (process.stdin.take().expect("stdin"), process.stdout.take().expect("stdout"));
        Self { name, process, input, output: BufReader::new(output) }
    }

    /// Tells it something, and hears its answer. An error ends the test.
    pub fn tell(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").and_then(|()| self.input.flush()).expect(self.name);
        loop {
            let mut answer = String::new();
            let heard = self.output.read_line(&mut answer).expect(self.name);
            assert!(heard > 0, "{} ended at `{line}`", self.name);
            let answer = answer.trim_end();
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
        assert!(self.process.wait().expect(self.name).success(), "{} ended badly", self.name);
    }
}

impl Drop for Told {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
