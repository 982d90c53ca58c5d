//! A writer in a process of its own, which can be ended at any instant.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// One start at a time. A process that another test starts holds every file that is open here, the lock of a home that is closed
/// meanwhile among them, until it runs a program of its own; and that it does is certain only once it says something.
static STARTING: Mutex<()> = Mutex::new(());

/// The process.
pub struct Writer {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Writer {
    /// Starts the program at `program` (a test finds it in `CARGO_BIN_EXE_writer`) on this home.
    pub fn start(program: &str, home: &Path, key: &[u8; 32]) -> Self {
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let _alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut child =
            Command::new(program).arg(home).arg(key).stdout(Stdio::piped()).spawn().expect("a second process");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        lines.fill_buf().expect("its output");
        Self { child, lines }
    }

    /// The next line it says; none after its end. What it was cut off in is no line.
    pub fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("its output");
        line.strip_suffix('\n').map(str::to_owned)
    }

    /// Ends it as a power cut would: SIGKILL, no goodbye. What it had said by then is answered.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("a process that can be killed");
        self.child.wait().expect("its end");
        std::iter::from_fn(|| self.line()).collect()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A test that fails leaves no writer behind.
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}
