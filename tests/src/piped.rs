//! A process that is spoken to line by line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

/// Its standard input and output are the test's.
pub struct Piped {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Piped {
    /// Starts it.
    ///
    /// # Panics
    /// If there is no such program; so do all methods, if it doesn't listen or doesn't speak.
    pub fn start(command: &mut Command) -> Self {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a program");
        let (input, output) = (process.stdin.take().expect("stdin"), process.stdout.take().expect("stdout"));
        Self { process, input, output: BufReader::new(output) }
    }

    /// Says a line to it.
    pub fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").and_then(|()| self.input.flush()).expect("a process that listens");
    }

    /// The next line that it says; none after its end.
    pub fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        let heard = self.output.read_line(&mut line).expect("a process that speaks");
        (heard > 0).then(|| line.trim_end().to_owned())
    }

    /// Waits for its end.
    pub fn end(&mut self) -> ExitStatus {
        self.process.wait().expect("its end")
    }
}

impl Drop for Piped {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}
