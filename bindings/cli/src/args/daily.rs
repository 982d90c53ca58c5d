//! What is typed about oneself, day by day.

use clap::{Args, Subcommand, ValueEnum};
use kinweave_core::model::kinds::{Ask, Association, Band, CountPolicy, Feeling, Halt, KitForm, SetbackKind};

use super::{Day, word};

#[derive(Subcommand, Debug)]
pub enum TimelineAction {
    Set { date: Day },
}

#[derive(Args, Debug, Default)]
pub struct CheckInArgs {
    #[arg(long, value_parser = word::<Band>)]
    pub band: Option<Band>,
    #[arg(long, value_delimiter = ',', value_parser = felt)]
    pub feelings: Vec<Felt>,
    #[arg(long, value_delimiter = ',', value_parser = word::<Association>)]
    pub because: Vec<Association>,
    #[arg(long)]
    pub note: Option<String>,
    #[arg(long, value_parser = word::<Ask>)]
    pub ask: Option<Ask>,
    #[arg(long, allow_negative_numbers = true)]
    pub valence: Option<f64>,
    #[arg(long, allow_negative_numbers = true)]
    pub energy: Option<f64>,
    #[arg(long)]
    pub craving: Option<u8>,
    #[arg(long)]
    pub stress: Option<u8>,
    #[arg(long)]
    pub sleep: Option<f64>,
    #[arg(long, value_delimiter = ',', value_parser = word::<Halt>)]
    pub halt: Vec<Halt>,
    #[arg(long)]
    pub on: Option<Day>,
    #[arg(long)]
    pub momentary: bool,
    #[arg(long)]
    pub share: Option<String>,
    #[arg(long, requires = "share")]
    pub whole: bool,
    #[arg(long, requires = "whole")]
    pub with_craving: bool,
}

/// People call hunger and tiredness feelings too; the model keeps needs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Felt {
    Feeling(Feeling),
    Need(Halt),
}

fn felt(text: &str) -> Result<Felt, String> {
    let need = || word::<Halt>(text).map(Felt::Need);
    word::<Feeling>(text).map(Felt::Feeling).or_else(|why| need().map_err(|_| why))
}

impl CheckInArgs {
    /// Whether nothing of it was said yet, so that a person at a terminal is asked.
    pub fn says_nothing(&self) -> bool {
        self.band.is_none()
            && self.feelings.is_empty()
            && self.because.is_empty()
            && self.note.is_none()
            && self.ask.is_none()
            && self.valence.is_none()
            && self.craving.is_none()
            && self.halt.is_empty()
    }
}

#[derive(Args, Debug)]
pub struct JournalArgs {
    pub text: Vec<String>,
    #[arg(long)]
    pub on: Option<Day>,
    #[arg(long)]
    pub prompt: Option<String>,
}

#[derive(Args, Debug, Default)]
pub struct SetbackArgs {
    #[arg(long)]
    pub from: Option<Day>,
    #[arg(long, requires = "from")]
    pub to: Option<Day>,
    #[arg(long, value_parser = word::<SetbackKind>)]
    pub kind: Option<SetbackKind>,
    #[arg(long, value_parser = word::<CountPolicy>)]
    pub count: Option<CountPolicy>,
    #[arg(long, value_delimiter = ',')]
    pub before: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    pub helped: Vec<String>,
    #[arg(long)]
    pub learned: Option<String>,
    #[arg(long)]
    pub safe: Option<YesNo>,
    #[arg(long, conflicts_with = "from")]
    pub words: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum YesNo {
    Yes,
    No,
}

#[derive(Args, Debug)]
pub struct NaloxoneArgs {
    #[arg(long)]
    pub place: Option<String>,
    #[arg(long, value_parser = word::<KitForm>)]
    pub form: Option<KitForm>,
    #[arg(long)]
    pub expires: Option<Day>,
    #[arg(long)]
    pub trained: Option<String>,
}
