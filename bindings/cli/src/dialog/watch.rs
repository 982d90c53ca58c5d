//! `kinweave watch`: what arrives is shown when it arrives, until the person ends it.

use crate::answer::{Answer, Failure};
use crate::commands::Answers;
use crate::shell::say;

use super::command;

/// How long one question after arrivals waits. The process that has the home ends a thread for a lost reader no later.
const PATIENCE: &str = "60";

pub fn run(asked: &mut dyn Answers, words: &[String], json: bool) -> Result<Option<Answer>, Failure> {
    say(asked.ask(words), json)?;
    loop {
        let arrivals = asked.ask(&command(&["arrivals", "--patience", PATIENCE]))?;
        if arrivals.value.as_array().is_some_and(|arrivals| !arrivals.is_empty()) {
            say(Ok(arrivals), json)?;
        }
    }
}
