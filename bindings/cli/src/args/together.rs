//! What is typed about what people do with each other.

use clap::{Args, Subcommand};
use kinweave_core::model::kinds::{CelebrationStep, EncouragementKind, RsvpAnswer};

use super::{Day, word};

#[derive(Args, Debug)]
pub struct Share {
    pub what: String,
    #[arg(long)]
    pub with: Option<String>,
    #[arg(long)]
    pub band_only: bool,
    #[arg(long, conflicts_with = "band_only")]
    pub with_craving: bool,
}

#[derive(Args, Debug)]
pub struct Celebrate {
    pub idea: String,
    #[arg(long)]
    pub milestone: Option<String>,
    #[arg(long)]
    pub place: Option<String>,
    #[arg(long)]
    pub at: Option<String>,
    #[arg(long)]
    pub with: Option<String>,
}

#[derive(Args, Debug)]
pub struct CelebrationArgs {
    #[arg(value_parser = word::<CelebrationStep>)]
    pub event: CelebrationStep,
    pub id: String,
    #[arg(long)]
    pub on: Option<Day>,
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Args, Debug)]
pub struct Rsvp {
    pub id: String,
    #[arg(value_parser = word::<RsvpAnswer>)]
    pub answer: RsvpAnswer,
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Args, Debug)]
pub struct Encourage {
    pub name: String,
    pub text: String,
    #[arg(long)]
    pub open_on: Option<Day>,
    #[arg(long, value_parser = word::<EncouragementKind>)]
    pub kind: Option<EncouragementKind>,
    #[arg(long)]
    pub with: Option<String>,
}

#[derive(Subcommand, Debug)]
pub enum CardAction {
    Show { name: Option<String> },
    Publish(PublishCard),
    Pause,
    Hide,
}

#[derive(Args, Debug, Default)]
pub struct PublishCard {
    #[arg(long)]
    pub total: bool,
    #[arg(long)]
    pub current: bool,
    #[arg(long)]
    pub longest: bool,
    #[arg(long)]
    pub since: bool,
    #[arg(long)]
    pub milestone: Option<String>,
    #[arg(long)]
    pub words: Option<String>,
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=30))]
    pub counting: Option<u32>,
    #[arg(long)]
    pub with: Option<String>,
}

#[derive(Subcommand, Debug)]
pub enum PromiseAction {
    List,
    Make(MakePromise),
    Kept(PromiseSlot),
    Moved {
        #[command(flatten)]
        slot: PromiseSlot,
        #[arg(long)]
        to: Day,
    },
    Missed {
        #[command(flatten)]
        slot: PromiseSlot,
        #[arg(long)]
        with_notice: bool,
    },
    Confirm(PromiseSlot),
    Differently(PromiseSlot),
    Thank(PromiseSlot),
    Settle(PromiseSlot),
    Witness {
        id: String,
        #[arg(long)]
        resign: bool,
    },
}

#[derive(Args, Debug)]
pub struct MakePromise {
    pub title: String,
    #[arg(long)]
    pub to: Option<String>,
    #[arg(long)]
    pub on: Option<Day>,
    #[arg(long)]
    pub every: Option<String>,
    #[arg(long)]
    pub until: Option<Day>,
    #[arg(long)]
    pub witness: Option<String>,
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=72))]
    pub grace: Option<u8>,
}

#[derive(Args, Debug)]
pub struct PromiseSlot {
    pub id: String,
    #[arg(long)]
    pub due: Option<Day>,
    #[arg(long)]
    pub note: Option<String>,
}
