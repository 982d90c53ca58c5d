//! What can be typed: one-shot, in `kinweave shell`, and in what one process hands to another.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use kinweave_core::model::kinds::{CelebrationStep, EncouragementKind, RsvpAnswer};
use kinweave_core::model::{Date, ZonedTime};
use serde::de::DeserializeOwned;

/// Where phones usually find a listening one.
pub const LISTEN_PORT: u16 = 47_300;

const AFTER_HELP: &str = "\
Ids may be shortened to any four or more of their first digits; names are people's own, in any case.

Exit codes:
  0  done
  1  not done: refused, not found or not valid; the text says what to do next
  2  not understood: see --help
  3  the home or its key: not there, in use, wrong, damaged or full
  4  the other phone: not reachable, not paired, not of this version

The key of a home comes from KINWEAVE_KEY (64 hex digits) or from a key file that only you may read. Its passphrase, \
if it has one, is asked for or taken from KINWEAVE_PASSPHRASE.
NO_COLOR, if set, keeps the output plain.";

/// Kinweave at a terminal: a family's shared recovery records, on its own devices and synced between them.
#[derive(Parser, Debug)]
#[command(name = "kinweave", version, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Global {
    /// The directory of the home; else one in your data directory
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// The key file; else one beside the homes in your data directory
    #[arg(long, global = true, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Protect a new key file with a passphrase
    #[arg(long, global = true)]
    pub passphrase: bool,
    /// Another time than the clock's, such as 2026-02-11T07:00[America/New_York]
    #[arg(long, global = true, value_name = "TIME")]
    pub now: Option<ZonedTime>,
    /// Answer in JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Start a circle
    Create {
        circle: String,
        /// What the others will call you
        #[arg(long = "as", value_name = "NAME")]
        name: String,
    },
    /// Let somebody in, who sits next to you
    Invite(Invite),
    /// Join a circle with the code that the other phone shows
    Join {
        code: String,
        /// What the others will call you
        #[arg(long = "as", value_name = "NAME")]
        name: String,
    },
    /// Wait for other phones, until you end it
    Listen { address: Option<SocketAddr> },
    /// Sync with somebody's phone
    Meet {
        /// Whose phone, or the first digits of its key
        name: String,
        /// Where; else where it was last met
        address: Option<SocketAddr>,
        /// Stay connected until you end it: what either writes reaches the other within seconds
        #[arg(long)]
        stay: bool,
    },
    /// Your recovery timeline, which stays on your own devices
    Timeline {
        #[command(subcommand)]
        action: Option<TimelineAction>,
    },
    /// What you have reached
    Milestones,
    /// Your days
    Days,
    /// Note a milestone for yourself
    Keep {
        /// Its title, such as "30 days"
        milestone: String,
    },
    /// Share a copy of something of yours
    Share {
        /// A record's id, or a milestone's title such as "30 days"
        what: String,
        #[arg(long, value_name = "WHOM", help = WITH_HELP)]
        with: Option<String>,
    },
    /// Propose to celebrate
    Celebrate {
        /// Such as family_dinner_outing, movie_night, personalised_notes, or your own words
        idea: String,
        /// For which milestone: its id or title
        #[arg(long)]
        milestone: Option<String>,
        #[arg(long)]
        place: Option<String>,
        /// Such as 2026-02-14T19:00; in your zone, unless you name one in [ ]
        #[arg(long)]
        at: Option<String>,
        #[arg(long, value_name = "WHOM", help = WITH_HELP)]
        with: Option<String>,
    },
    /// All celebrations, with everyone's answers
    Celebrations,
    /// Whether a milestone was celebrated
    Celebrated {
        /// Its id
        id: String,
    },
    /// Say what became of a celebration
    Celebration {
        #[arg(value_parser = word::<CelebrationStep>)]
        event: CelebrationStep,
        id: String,
        /// The day; else today
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
        #[arg(long)]
        note: Option<String>,
    },
    /// Answer an invitation
    Rsvp {
        id: String,
        #[arg(value_parser = word::<RsvpAnswer>, help = "yes, maybe or no")]
        answer: RsvpAnswer,
        #[arg(long)]
        note: Option<String>,
    },
    /// Good words for somebody
    Encourage {
        /// For whom; several with commas, or everyone
        name: String,
        text: String,
        /// Nobody else sees it before this day
        #[arg(long, value_name = "DATE")]
        open_on: Option<Date>,
        /// encouragement, appreciation, small_win, hope_note or story
        #[arg(long, value_parser = word::<EncouragementKind>)]
        kind: Option<EncouragementKind>,
        #[arg(long, value_name = "WHOM", help = WITH_HELP)]
        with: Option<String>,
    },
    /// Change fields of a record
    Edit {
        id: String,
        /// FIELD=VALUE; FIELD= takes the value away
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Settle a field on which people disagree
    Resolve { id: String, field: String, value: String },
    /// Write a record of any kind
    Add(Add),
    /// Remove something you wrote, for everybody whose phone learns of it
    Erase { id: String },
    /// Records, the newest first
    List(List),
    /// One record
    Show { id: String },
    /// The people of the circle
    Who,
    /// Who waits to be let in, and for whose approval
    Waiting,
    /// Approve somebody who waits for your word
    Approve {
        /// The first digits of their id, as `waiting` shows it
        id: String,
    },
    /// The devices you know of
    Devices,
    /// What other phones held when they were last met
    Status,
    /// Everything this device holds, as text that is equal on phones that hold the same
    Dump,
    /// Whether what is shown is what the entries say
    Check,
    /// Commands line by line from the standard input, on one open home
    Shell,
    /// In a shell: go on with a pairing (words, who is here, done)
    #[command(hide = true)]
    Next,
    /// In a shell: both screens show the same words
    #[command(hide = true)]
    Same,
    /// In a shell: the words differ
    #[command(hide = true)]
    Different,
    /// In a shell: join this circle
    #[command(hide = true)]
    Accept,
    /// In a shell: don't join this circle
    #[command(hide = true)]
    Decline,
    /// In a shell: show the time, or set it with --now
    #[command(hide = true)]
    Clock,
    /// Five phones and a dinner: a story told by five processes
    Demo {
        /// Leave the homes there, to explore
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },
}

const WITH_HELP: &str = "only-me, circle (the adults), everyone, or names with commas";

#[derive(Args, Debug)]
pub struct Invite {
    /// As a young member, of this age
    #[arg(long, requires = "guardian", conflicts_with = "own_device")]
    pub young: Option<Age>,
    /// Who looks after the young member
    #[arg(long, requires = "young", value_name = "NAME")]
    pub guardian: Option<String>,
    /// Another device of your own
    #[arg(long)]
    pub own_device: bool,
    /// Where to wait for the other phone
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Age {
    #[value(name = "13_17")]
    From13To17,
    #[value(name = "under_13")]
    Under13,
}

#[derive(Subcommand, Debug)]
pub enum TimelineAction {
    /// Set the first day
    Set { date: Date },
}

#[derive(Args, Debug)]
pub struct Add {
    /// The kind's name, such as encouragement
    pub kind: String,
    /// What it says, as a JSON object
    #[arg(long, value_name = "JSON")]
    pub body: String,
    /// Whom it is about; only ever yourself
    #[arg(long, value_name = "NAME")]
    pub subject: Option<String>,
    #[arg(long, value_name = "WHOM", help = WITH_HELP)]
    pub with: Option<String>,
    /// The record it belongs to
    #[arg(long, value_name = "ID")]
    pub about: Option<String>,
    /// The last day on which others keep it
    #[arg(long, value_name = "DATE")]
    pub expires_on: Option<Date>,
}

#[derive(Args, Debug)]
pub struct List {
    /// Only of this kind
    pub kind: Option<String>,
    /// Only by or about this person
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// Only what belongs to this record
    #[arg(long, value_name = "ID")]
    pub about: Option<String>,
    /// Only where people disagree
    #[arg(long)]
    pub conflicts: bool,
    /// The oldest first
    #[arg(long)]
    pub oldest_first: bool,
    /// Records a page, 1 to 500
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
    /// Where the last page ended
    #[arg(long, value_name = "NEXT")]
    pub after: Option<String>,
}

/// A word of the model, read as the model writes it.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(text.into()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(shlex::split(&format!("kinweave {line}")).unwrap())
    }

    #[test]
    fn the_definitions_fit_together() {
        Cli::command().debug_assert();
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
        ] {
            assert!(parse(line).is_ok(), "{line}: {}", parse(line).unwrap_err());
        }
    }

    #[test]
    fn what_is_half_said_is_not_guessed() {
        for line in ["", "invite --young 13_17", "invite --guardian Marta", "rsvp 0123 perhaps", "list --limit 0"] {
            assert!(parse(line).is_err(), "{line}");
        }
        assert!(parse("who --now 2026-03-08T02:30[America/New_York]").is_err(), "an hour that never was");
    }
}
