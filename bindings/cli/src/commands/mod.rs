//! The commands. Each takes what was typed and gives a value for programs and a text for people.

mod circle;
mod fields;
mod find;
mod gather;
mod pairing;
mod records;
mod recovery;

use std::sync::Arc;

use clap::Parser;
use kinweave_core::app::{Kinweave, Pairing};

use crate::answer::{Answer, Failure};
use crate::args::{Cli, Command};
use crate::clock::TerminalClock;

/// Something that answers commands: the home itself, or the process that has it.
pub trait Answers {
    /// Answers one command, given as the words that were typed.
    fn ask(&mut self, words: &[String]) -> Result<Answer, Failure>;
}

/// An open home and a dialog with whoever types.
pub struct Session {
    pub app: Kinweave,
    clock: Arc<TerminalClock>,
    pairing: Option<Pairing>,
    /// Whether a `--now` goes for the lines after it too.
    keeps_now: bool,
}

impl Session {
    /// For the one to whom the process belongs: a `--now` holds until the next.
    pub fn new(app: Kinweave, clock: Arc<TerminalClock>) -> Self {
        Self { app, clock, pairing: None, keeps_now: true }
    }

    /// For another process: a `--now` is for its command alone.
    pub fn guest(&self) -> Self {
        Self { app: self.app.clone(), clock: self.clock.clone(), pairing: None, keeps_now: false }
    }

    /// Does what was typed.
    pub fn run(&mut self, cli: Cli) -> Result<Answer, Failure> {
        let before = (!self.keeps_now && cli.global.now.is_some()).then(|| self.clock.replace(None));
        self.clock.set(cli.global.now);
        let outcome = self.dispatch(cli.command);
        if let Some(before) = before {
            self.clock.replace(before);
        }
        outcome
    }

    fn dispatch(&mut self, command: Command) -> Result<Answer, Failure> {
        match command {
            Command::Create { circle, name } => self.create(&circle, &name),
            Command::Invite(invite) => self.invite(&invite),
            Command::Join { code, name } => self.join(&code, &name),
            Command::Next => self.next(),
            Command::Same => self.confirm(true),
            Command::Different => self.confirm(false),
            Command::Accept => self.accept(),
            Command::Decline => self.decline(),
            Command::Listen { address } => self.listen(address),
            Command::Meet { name, address, stay } => self.meet(&name, address, stay),
            Command::Who => self.who(),
            Command::Waiting => self.waiting(),
            Command::Approve { id } => self.approve(&id),
            Command::Devices => self.devices(),
            Command::Status => self.status(),
            Command::Timeline { action } => self.timeline(action),
            Command::Milestones => self.milestones(),
            Command::Days => self.days(),
            Command::Keep { milestone } => self.keep(&milestone),
            Command::Share { what, with } => self.share(&what, with.as_deref()),
            Command::Celebrate { idea, milestone, place, at, with } => self.celebrate(gather::Plan {
                idea: &idea,
                milestone: milestone.as_deref(),
                place,
                at: at.as_deref(),
                with: with.as_deref(),
            }),
            Command::Celebrations => self.celebrations(),
            Command::Celebrated { id } => self.celebrated(&id),
            Command::Celebration { event, id, on, note } => self.celebration(event, &id, on, note),
            Command::Rsvp { id, answer, note } => self.rsvp(&id, answer, note),
            Command::Encourage { name, text, open_on, kind, with } => {
                self.encourage(&name, text, open_on, kind.unwrap_or_default(), with.as_deref())
            }
            Command::Edit { id, fields } => self.edit(&id, &fields),
            Command::Resolve { id, field, value } => self.resolve(&id, &field, &value),
            Command::Add(add) => self.add(add),
            Command::Erase { id } => self.erase(&id),
            Command::List(list) => self.list(list),
            Command::Show { id } => self.show(&id),
            Command::Dump => self.dump(),
            Command::Check => self.check(),
            Command::Clock => self.time(),
            Command::Shell => Err(Failure::say(2, "not_here", &[("command", "shell")])),
            Command::Demo { .. } => Err(Failure::say(2, "not_here", &[("command", "demo")])),
        }
    }
}

impl Answers for Session {
    fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
        self.run(parse(words)?)
    }
}

/// Reads a command. `--help` comes back as a failure too: its text is the answer.
pub fn parse(words: &[String]) -> Result<Cli, Failure> {
    let program = std::iter::once("kinweave");
    Cli::try_parse_from(program.chain(words.iter().map(String::as_str))).map_err(|error| {
        let text = error.render().to_string();
        let error = serde_json::json!({ "error": "usage", "exit": 2, "text": text.trim_end() });
        Failure { exit: 2, error, text }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_a_failure_with_exit_code_2() {
        let failure = parse(&["celebrate".to_owned()]).unwrap_err();
        assert_eq!((failure.exit, failure.error["error"].as_str()), (2, Some("usage")));
        assert!(failure.text.contains("Usage"), "{}", failure.text);
    }
}
