//! `kinweave shell --json`: a phone that is sent the lines which a person would type.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

pub struct Shell {
    child: Child,
    typed: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Shell {
    /// Starts what `command` starts.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (typed, answers) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, typed, answers }
    }

    /// The value that the line is answered with.
    pub fn say(&mut self, line: &str) -> Value {
        writeln!(self.typed.as_mut().unwrap(), "{line}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        let mut answer: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{line}: {answer}"));
        assert_eq!(answer["ok"], true, "{line}: {answer}");
        answer["value"].take()
    }

    /// Lets a newcomer in, or another device of one's own, with everything that two people say.
    pub fn pair(&mut self, invite: &str, newcomer: &mut Self, name: &str) {
        let code = self.say(&format!("{invite} --listen 127.0.0.1:0"))["code"].take();
        newcomer.say(&format!("join {} --as '{name}'", code.as_str().unwrap()));
        assert_eq!(self.say("next")["words"], newcomer.say("next")["words"]);
        self.say("same");
        newcomer.say("same");
        assert_eq!(newcomer.say("next")["step"], "here");
        newcomer.say("accept");
        assert_eq!(newcomer.say("next")["step"], "done");
        assert_eq!(self.say("next")["step"], "done");
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.typed = None;
        let _ = self.child.wait();
    }
}
