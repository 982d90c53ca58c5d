//! What can be typed: one-shot, in `kinweave shell`, and in what one process hands to another.
//!
//! No word of the help stands here: `help` puts the words of the asked language to every command and argument, and a test
//! finds what has none.

mod daily;
mod day;
mod find;
mod help;
mod refusal;
mod together;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use kinweave_core::model::ZonedTime;
use serde::de::DeserializeOwned;

pub use daily::{CheckInArgs, Felt, JournalArgs, NaloxoneArgs, SetbackArgs, TimelineAction, YesNo};
pub use day::Day;
pub use find::Search;
pub use help::command;
pub use together::{
    CardAction, Celebrate, CelebrationArgs, Encourage, MakePromise, PromiseAction, PromiseSlot, PublishCard, Rsvp,
    Share,
};

use crate::answer::Failure;
use crate::{screen, words};

/// Where phones usually find a listening one.
pub const LISTEN_PORT: u16 = 47_300;

#[derive(Parser, Debug)]
#[command(name = "kinweave", version)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

// Options of every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Global {
    #[arg(long, global = true, value_hint = clap::ValueHint::DirPath)]
    pub home: Option<PathBuf>,
    #[arg(long, global = true, value_hint = clap::ValueHint::FilePath)]
    pub key_file: Option<PathBuf>,
    #[arg(long = "passphrase", id = "new_passphrase", global = true)]
    pub passphrase: bool,
    #[arg(long, global = true)]
    pub now: Option<ZonedTime>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_parser = ["en", "es"])]
    pub language: Option<String>,
    // The width of the screen on which another process shows the answer.
    #[arg(long, global = true, hide = true)]
    pub width: Option<usize>,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    // To begin
    Create {
        circle: String,
        #[arg(long = "as")]
        name: String,
    },
    Invite(Invite),
    Join {
        code: String,
        #[arg(long = "as")]
        name: String,
    },
    Who,
    Waiting,
    Approve {
        id: String,
    },
    // Every day
    Today,
    Seen,
    #[command(name = "check-in")]
    CheckIn(CheckInArgs),
    Mood,
    Journal(JournalArgs),
    // In recovery
    Days,
    Timeline {
        #[command(subcommand)]
        action: Option<TimelineAction>,
    },
    Milestones,
    Keep {
        milestone: String,
    },
    Setback(SetbackArgs),
    Card {
        #[command(subcommand)]
        action: Option<CardAction>,
    },
    Naloxone(NaloxoneArgs),
    // With each other
    Promise {
        #[command(subcommand)]
        action: Option<PromiseAction>,
    },
    Encourage(Encourage),
    React {
        id: String,
        emoji: Option<String>,
        #[arg(long)]
        remove: bool,
    },
    Celebrate(Celebrate),
    Celebrations,
    Celebrated {
        id: String,
    },
    Celebration(CelebrationArgs),
    Rsvp(Rsvp),
    Share(Share),
    Copies {
        id: String,
        #[arg(long)]
        update: bool,
    },
    Narrow {
        id: String,
        #[arg(long)]
        with: String,
    },
    // To find and to change
    Search(Search),
    List(List),
    Show {
        id: String,
    },
    History {
        id: String,
    },
    Edit {
        id: String,
        #[arg(required = true)]
        fields: Vec<String>,
    },
    Resolve {
        id: String,
        field: String,
        value: String,
    },
    Add(Add),
    Erase {
        id: String,
    },
    Trash {
        #[arg(long)]
        empty: bool,
    },
    Restore {
        id: String,
    },
    Forget {
        id: String,
    },
    // Phones
    Meet {
        name: Option<String>,
        address: Option<SocketAddr>,
        #[arg(long)]
        stay: bool,
    },
    Listen {
        address: Option<SocketAddr>,
        #[arg(long)]
        unseen: bool,
    },
    Nearby,
    Watch,
    Status,
    Held,
    Devices {
        #[command(subcommand)]
        action: Option<DevicesAction>,
    },
    // This home
    Passphrase {
        #[command(subcommand)]
        action: PassphraseAction,
    },
    Storage,
    Hold {
        switch: Option<Switch>,
    },
    Check,
    Salvage,
    Dump,
    Shell,
    Completions {
        shell: Shell,
    },
    Demo {
        #[arg(long, value_hint = clap::ValueHint::DirPath)]
        keep: Option<PathBuf>,
    },
    Help {
        command: Vec<String>,
    },
    // In a shell, and between processes: steps of a pairing, the clock, what has come in
    #[command(hide = true)]
    Next,
    #[command(hide = true)]
    Same,
    #[command(hide = true)]
    Different,
    #[command(hide = true)]
    Accept,
    #[command(hide = true)]
    Decline,
    #[command(hide = true)]
    Clock,
    #[command(hide = true)]
    Arrivals {
        #[arg(long, default_value_t = 0)]
        patience: u64,
    },
}

#[derive(Args, Debug)]
pub struct Invite {
    #[arg(long, requires = "guardian", conflicts_with = "own_device")]
    pub young: Option<Age>,
    #[arg(long, requires = "young")]
    pub guardian: Option<String>,
    #[arg(long)]
    pub own_device: bool,
    #[arg(long)]
    pub listen: Option<SocketAddr>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Age {
    #[value(name = "13_17")]
    From13To17,
    #[value(name = "under_13")]
    Under13,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
}

#[derive(Subcommand, Debug)]
pub enum DevicesAction {
    Name { device: String, nickname: String },
    Renew,
}

#[derive(Subcommand, Clone, Copy, Debug)]
pub enum PassphraseAction {
    #[command(visible_aliases = ["add", "change"])]
    Set,
    Remove,
}

#[derive(Args, Debug)]
pub struct Add {
    pub kind: String,
    #[arg(long)]
    pub body: String,
    #[arg(long)]
    pub subject: Option<String>,
    #[arg(long)]
    pub with: Option<String>,
    #[arg(long)]
    pub about: Option<String>,
    #[arg(long)]
    pub expires_on: Option<Day>,
}

#[derive(Args, Debug)]
pub struct List {
    pub kind: Option<String>,
    #[arg(long)]
    pub person: Option<String>,
    #[arg(long)]
    pub from: Option<Day>,
    #[arg(long)]
    pub to: Option<Day>,
    #[arg(long)]
    pub about: Option<String>,
    #[arg(long)]
    pub conflicts: bool,
    #[arg(long)]
    pub oldest_first: bool,
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
    #[arg(long)]
    pub after: Option<String>,
}

/// Reads what was typed. A refusal is in the words of the language that it asks for.
pub fn parse<T: AsRef<str>>(words: &[T]) -> Result<Cli, Failure> {
    screen::heed(words);
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    let mut command = command();
    let found = command.try_get_matches_from_mut(std::iter::once("kinweave").chain(words.iter().copied()));
    found
        .and_then(|found| Cli::from_arg_matches(&found))
        .map_err(|error| refusal::failure(&error, &named_command(&command, &words)))
}

/// `kinweave promise make`, out of all that was typed.
fn named_command(command: &clap::Command, words: &[&str]) -> String {
    let mut at = command;
    let mut name = command.get_name().to_owned();
    for word in words {
        if let Some(next) = at.find_subcommand(word) {
            at = next;
            name = format!("{name} {}", next.get_name());
        }
    }
    name
}

/// A word of the model, as the model writes it or as people say it; `-` stands for `_`, as hands expect at a terminal.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let read = |name: &str| serde_json::from_value::<T>(name.into());
    let written = read(&text.trim().to_lowercase().replace(['-', ' '], "_"));
    written.or_else(|error| {
        let spoken = words::meant(text).iter().find_map(|name| read(name).ok());
        spoken.ok_or_else(|| error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Cli, Failure> {
        parse(&shlex::split(line).unwrap())
    }

    #[test]
    fn the_definitions_fit_together() {
        command().debug_assert();
    }

    #[test]
    fn every_command_of_the_story_parses() {
        for line in [
            "create Reyes --as Marta",
            "invite --young 13_17 --guardian Marta --listen 127.0.0.1:0",
            "invite --own-device",
            "join ABCD-EFGH --as 'Tomás'",
            "meet marta 127.0.0.1:4000",
            "timeline set 2026-01-12",
            "timeline",
            "share '30 days' --with everyone",
            "celebrate family_dinner_outing --milestone 0123 --place \"Luigi's\" --at 2026-02-14T19:00",
            "celebration held 0123 --on 2026-02-14",
            "rsvp 0123 maybe",
            "encourage Dani 'I am proud of you.' --open-on 2026-02-14 --kind hope_note",
            "edit 0123 \"place=Nonna's kitchen\" at=2026-02-14T19:00",
            "resolve 0123 place \"Nonna's kitchen\"",
            "add recovery_timeline --body '{}' --subject Dani",
            "list rsvp --person Dani --from 2026-01-01 --conflicts --limit 5 --now 2026-02-11T07:00[America/New_York]",
            "--json who",
            "who --language es",
            "",
        ] {
            assert!(typed(line).is_ok(), "{line}: {:?}", typed(line).unwrap_err());
        }
    }

    #[test]
    fn what_is_half_said_is_not_guessed() {
        for line in ["invite --young 13_17", "invite --guardian Marta", "rsvp 0123 perhaps", "list --limit 0"] {
            let failure = typed(line).unwrap_err();
            assert_eq!((failure.exit, failure.error["error"].as_str()), (2, Some("usage")), "{line}");
        }
        assert!(typed("who --now 2026-03-08T02:30[America/New_York]").is_err(), "an hour that never was");
    }
}
