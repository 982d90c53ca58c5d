//! The commands. Each takes what was typed and gives a value for programs and a text for people.

mod arrivals;
mod card;
mod circle;
mod daily;
mod fields;
mod find;
mod gather;
mod look;
mod naloxone;
mod pairing;
mod phones;
mod promise;
mod records;
mod recovery;
mod remove;
mod setback;
mod today;
mod together;

use std::sync::Arc;

use kinweave_core::app::{Kinweave, Pairing};

use crate::answer::{Answer, Failure};
use crate::args::{Cli, Command, parse};
use crate::clock::TerminalClock;
use crate::layout;
use crate::screen;
use arrivals::Arrivals;

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
    arrivals: Option<Arrivals>,
    /// Whether a `--now` goes for the lines after it too.
    keeps_now: bool,
}

impl Session {
    /// For the one to whom the process belongs: a `--now` holds until the next.
    pub fn new(app: Kinweave, clock: Arc<TerminalClock>) -> Self {
        Self { app, clock, pairing: None, arrivals: None, keeps_now: true }
    }

    /// For another process: a `--now` is for its command alone.
    pub fn guest(&self) -> Self {
        Self { keeps_now: false, ..Self::new(self.app.clone(), self.clock.clone()) }
    }

    /// Does what was typed. The text is as wide as the screen of whoever reads it.
    pub fn run(&mut self, cli: Cli) -> Result<Answer, Failure> {
        let before = (!self.keeps_now && cli.global.now.is_some()).then(|| self.clock.replace(None));
        self.clock.set(cli.global.now);
        // Another process may ask in another language than the one that opened this home.
        self.app.set_language(screen::current().language)?;
        let outcome = self.dispatch(cli.command.unwrap_or(Command::Today));
        if let Some(before) = before {
            self.clock.replace(before);
        }
        outcome.map(|answer| Answer { text: layout::fitted(&answer.text), ..answer })
    }

    fn dispatch(&mut self, command: Command) -> Result<Answer, Failure> {
        match command {
            Command::Create { circle, name } => self.create(&circle, &name),
            Command::Invite(invite) => self.invite(&invite),
            Command::Join { code, name } => self.join(&code, &name),
            Command::Who => self.who(),
            Command::Waiting => self.waiting(),
            Command::Approve { id } => self.approve(&id),
            Command::Today => self.today(),
            Command::Seen => self.seen(),
            Command::CheckIn(args) => self.check_in(args),
            Command::Mood => self.mood(),
            Command::Journal(args) => self.journal(args),
            Command::Days => self.days(),
            Command::Timeline { action } => self.timeline(action),
            Command::Milestones => self.milestones(),
            Command::Keep { milestone } => self.keep(&milestone),
            Command::Setback(args) => self.setback(args),
            Command::Card { action } => self.card(action),
            Command::Naloxone(args) => self.naloxone(args),
            Command::Promise { action } => self.promise(action),
            Command::Encourage(args) => self.encourage(args),
            Command::React { id, emoji, remove } => self.react(&id, emoji.as_deref(), remove),
            Command::Celebrate(args) => self.celebrate(args),
            Command::Celebrations => self.celebrations(),
            Command::Celebrated { id } => self.celebrated(&id),
            Command::Celebration(args) => self.celebration(args),
            Command::Rsvp(args) => self.rsvp(args),
            Command::Share(args) => self.share(&args),
            Command::Copies { id, update } => self.copies(&id, update),
            Command::Narrow { id, with } => self.narrow(&id, &with),
            Command::Erase { id } => self.erase(&id),
            Command::Search(args) => self.search(args),
            Command::History { id } => self.history(&id),
            Command::Forget { id } => self.forget(&id),
            Command::Trash { empty } => self.trash(empty),
            Command::Restore { id } => self.restore(&id),
            Command::List(list) => self.list(list),
            Command::Show { id } => self.show(&id),
            Command::Edit { id, fields } => self.edit(&id, &fields),
            Command::Resolve { id, field, value } => self.resolve(&id, &field, &value),
            Command::Add(add) => self.add(add),
            Command::Meet { name, address, stay } => self.meet(name.as_deref(), address, stay),
            Command::Listen { address, unseen } => self.listen(address, unseen),
            Command::Nearby => self.nearby(),
            Command::Watch => self.watch(),
            Command::Status => self.status(),
            Command::Held => self.held(),
            Command::Devices { action } => self.devices(action),
            Command::Storage => self.storage(),
            Command::Hold { switch } => self.hold(switch),
            Command::Check => self.check(),
            Command::Dump => self.dump(),
            Command::Next => self.next(),
            Command::Same => self.confirm(true),
            Command::Different => self.confirm(false),
            Command::Accept => self.accept(),
            Command::Decline => self.decline(),
            Command::Clock => self.time(),
            Command::Arrivals { patience } => self.arrivals(patience),
            Command::Shell => not_here("shell"),
            Command::Demo { .. } => not_here("demo"),
            Command::Passphrase { .. } => not_here("passphrase"),
            Command::Salvage => not_here("salvage"),
            Command::Completions { .. } => not_here("completions"),
            Command::Help { command } => help(command),
        }
    }
}

impl Answers for Session {
    fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
        self.run(parse(words)?)
    }
}

fn not_here(command: &str) -> Result<Answer, Failure> {
    Err(Failure::say(2, "not_here", &[("command", command)]))
}

fn help(mut command: Vec<String>) -> Result<Answer, Failure> {
    command.push("--help".to_owned());
    Err(parse(&command).err().unwrap_or_else(|| Failure::say(2, "unreadable", &[])))
}
