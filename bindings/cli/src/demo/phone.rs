//! A phone of the story: a process of its own, with a home and a key of its own. It is sent lines and answers lines.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::stopped;
use crate::answer::Failure;
use crate::key::{self, KEY_VARIABLE, Key};

/// No answer takes as long as this; a phone that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);
const ANSWERS_WAITING_MAX: usize = 16;

pub struct Phone {
    pub name: &'static str,
    pub home: PathBuf,
    pub key: Key,
    /// Where the others meet it.
    pub address: String,
    process: Child,
    input: Option<ChildStdin>,
    answers: Receiver<String>,
}

impl Phone {
    /// Starts the process; its home doesn't exist yet.
    pub fn start(name: &'static str, folder: &Path) -> Result<Self, Failure> {
        let key = key::random()?;
        let home = folder.join(name.to_lowercase().replace('á', "a"));
        let program = std::env::current_exe().map_err(|error| stopped(&error.to_string()))?;
        let mut process = Command::new(program)
            .args(["shell", "--json", "--home"])
            .arg(&home)
            .env(KEY_VARIABLE, key::hex(&key[..]))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| stopped(&error.to_string()))?;
        let input = process.stdin.take();
        let output = process.stdout.take().map(BufReader::new);
        let (sender, answers) = sync_channel(ANSWERS_WAITING_MAX);
        thread::spawn(move || {
            let lines = output.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
            for line in lines {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { name, home, key, address: String::new(), process, input, answers })
    }

    /// Sends a line, and doesn't wait.
    pub fn send(&mut self, line: &str) -> Result<(), Failure> {
        let sent = self.input.as_mut().map(|input| writeln!(input, "{line}").and_then(|()| input.flush()));
        match sent {
            Some(Ok(())) => Ok(()),
            _ => Err(stopped(&format!("{}'s phone takes no more lines", self.name))),
        }
    }

    /// The next answer, whether yes or no.
    pub fn receive(&mut self) -> Result<Value, Failure> {
        let line = self.answers.recv_timeout(PATIENCE);
        let line = line.map_err(|_| stopped(&format!("{}'s phone doesn't answer", self.name)))?;
        serde_json::from_str(&line).map_err(|_| stopped(&format!("{}'s phone answered: {line}", self.name)))
    }

    /// Sends a line and waits for the value; a no ends the demo.
    pub fn ask(&mut self, line: &str) -> Result<Value, Failure> {
        self.send(line)?;
        self.value(line)
    }

    /// The value of the next answer.
    pub fn value(&mut self, line: &str) -> Result<Value, Failure> {
        let mut reply = self.receive()?;
        if reply["ok"] == true {
            return Ok(reply["value"].take());
        }
        Err(stopped(&format!("{}'s phone says to `{line}`: {}", self.name, reply["error"])))
    }

    /// Ends the input, and with it the process; whether it ended well.
    pub fn close(&mut self) -> bool {
        self.input = None;
        loop {
            match self.answers.recv_timeout(PATIENCE) {
                Ok(_) => {}
                // The process closes its output when it ends, and not before.
                Err(RecvTimeoutError::Disconnected) => {
                    return self.process.wait().is_ok_and(|status| status.success());
                }
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }
}

/// Whatever happens, no process stays behind.
impl Drop for Phone {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
