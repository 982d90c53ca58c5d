//! What others may know of somebody's days, as that person last put it.

use std::collections::BTreeSet;

use chrono::Days;
use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldRole, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Merge, Placement, Retention,
    SubjectRule, YoungRule, check_optional_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// Days that a counting card may go on at most.
pub const COUNTING_DAYS_MAX: u64 = 30;
/// Days that it goes on unless its author says otherwise.
pub const COUNTING_DAYS: u64 = 7;

/// A recovery card: values as they were on a day, never a live count. Logging a setback doesn't edit it.
///
/// It holds exactly the values it shows: what is not shown is not on others' phones either. A card that is hidden or
/// paused holds none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RecoveryCard {
    /// How it is read.
    #[serde(default)]
    pub mode: CardMode,
    /// The day on which its values were true.
    pub as_of: Date,
    /// What it shows.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub shows: BTreeSet<CardShows>,
    /// Days of all runs together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub total: Option<u32>,
    /// Days of the current run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub current: Option<u32>,
    /// Days of the longest run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub longest: Option<u32>,
    /// The first day of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub since: Option<Date>,
    /// A milestone in words, up to 60 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub milestone: Option<String>,
    /// Own words, up to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub words: Option<String>,
    /// Of a counting card the last day on which readers count on, 1 to 30 days after `as_of`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub valid_until: Option<Date>,
}

/// How a card is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CardMode {
    /// Nothing is shown; readers see the same as of a paused one.
    Hidden,
    /// Nothing is shown for now.
    Paused,
    /// The values as they were on the day.
    #[default]
    Snapshot,
    /// The values, counted on by each reader until `valid_until`.
    Counting,
}

/// What a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CardShows {
    /// Days of all runs together.
    Total,
    /// Days of the current run.
    Current,
    /// Days of the longest run.
    Longest,
    /// The first day of all.
    Since,
    /// A milestone and no number.
    MilestoneOnly,
    /// Words and no number.
    WordsOnly,
}

impl RecoveryCard {
    /// A card that shows nothing for now.
    pub fn paused(as_of: Date) -> Self {
        Self {
            mode: CardMode::Paused,
            as_of,
            shows: BTreeSet::new(),
            total: None,
            current: None,
            longest: None,
            since: None,
            milestone: None,
            words: None,
            valid_until: None,
        }
    }

    /// Whether readers see nothing of it.
    pub fn is_closed(&self) -> bool {
        matches!(self.mode, CardMode::Hidden | CardMode::Paused)
    }

    fn values(&self) -> [(CardShows, &'static str, bool); 6] {
        [
            (CardShows::Total, "total", self.total.is_some()),
            (CardShows::Current, "current", self.current.is_some()),
            (CardShows::Longest, "longest", self.longest.is_some()),
            (CardShows::Since, "since", self.since.is_some()),
            (CardShows::MilestoneOnly, "milestone", self.milestone.is_some()),
            (CardShows::WordsOnly, "words", self.words.is_some()),
        ]
    }

    fn check_values(&self) -> Result<(), InvalidInput> {
        for (shown, field, has_value) in self.values() {
            let is_shown = self.shows.contains(&shown);
            // Own words may stand beside numbers.
            let may_have = is_shown || (shown == CardShows::WordsOnly && !self.is_closed());
            if is_shown && !has_value {
                return Err(InvalidInput::new(field, InvalidReason::Missing));
            }
            if has_value && !may_have {
                return Err(InvalidInput::new(field, InvalidReason::OutOfRange));
            }
        }
        let alone = [CardShows::MilestoneOnly, CardShows::WordsOnly];
        let is_mixed = self.shows.len() > 1 && alone.iter().any(|only| self.shows.contains(only));
        match (self.is_closed(), self.shows.is_empty()) {
            (true, true) => Ok(()),
            (false, false) if !is_mixed => Ok(()),
            (false, true) => Err(InvalidInput::new("shows", InvalidReason::Missing)),
            _ => Err(InvalidInput::new("shows", InvalidReason::OutOfRange)),
        }
    }
}

impl Kind for RecoveryCard {
    const SPEC: KindSpec = KindSpec {
        name: "recovery_card",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Chosen,
        audience: Placement::Circle,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec {
                name: "mode",
                merge: Merge::ClosedFirst(&[&["hidden", "paused"], &["snapshot"], &["counting"]]),
                role: FieldRole::Value,
            },
            FieldSpec::date("as_of"),
            FieldSpec::set("shows"),
            FieldSpec::register("total"),
            FieldSpec::register("current"),
            FieldSpec::register("longest"),
            FieldSpec::register("since"),
            FieldSpec::words("milestone"),
            FieldSpec::words("words"),
            FieldSpec::register("valid_until"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        self.check_values()?;
        check_optional_words("milestone", self.milestone.as_ref(), 60)?;
        check_optional_words("words", self.words.as_ref(), 140)?;
        let last = self.as_of.checked_add_days(Days::new(COUNTING_DAYS_MAX));
        match (self.mode, self.valid_until) {
            (CardMode::Counting, None) => Err(InvalidInput::new("valid_until", InvalidReason::Missing)),
            (CardMode::Counting, Some(until)) if until > self.as_of && Some(until) <= last => Ok(()),
            (CardMode::Counting, Some(_)) | (_, Some(_)) => {
                Err(InvalidInput::new("valid_until", InvalidReason::OutOfRange))
            }
            (_, None) => Ok(()),
        }
    }

    fn example() -> Self {
        Self {
            mode: CardMode::Counting,
            shows: [CardShows::Total].into(),
            total: Some(108),
            words: Some("one day at a time".to_owned()),
            valid_until: Date::default().checked_add_days(Days::new(COUNTING_DAYS)),
            ..Self::paused(Date::default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(card: &RecoveryCard) -> Option<(String, InvalidReason)> {
        card.validate().err().map(|invalid| (invalid.field, invalid.reason))
    }

    #[test]
    fn a_card_holds_exactly_what_it_shows() {
        let card = RecoveryCard::example();
        assert_eq!(problem(&card), None);
        let with_longest = RecoveryCard { longest: Some(99), ..card.clone() };
        assert_eq!(problem(&with_longest), Some(("longest".to_owned(), InvalidReason::OutOfRange)));
        let without = RecoveryCard { total: None, ..card.clone() };
        assert_eq!(problem(&without), Some(("total".to_owned(), InvalidReason::Missing)));
        let paused = RecoveryCard { mode: CardMode::Paused, valid_until: None, ..card };
        assert!(problem(&paused).is_some(), "a paused card holds no number");
        assert_eq!(problem(&RecoveryCard::paused(Date::default())), None);
    }

    #[test]
    fn only_a_counting_card_counts_on_and_not_for_long() {
        let card = RecoveryCard::example();
        let until = |days| RecoveryCard { valid_until: card.as_of.checked_add_days(Days::new(days)), ..card.clone() };
        assert_eq!(problem(&until(30)), None);
        assert_eq!(problem(&until(31)), Some(("valid_until".to_owned(), InvalidReason::OutOfRange)));
        assert_eq!(problem(&until(0)), Some(("valid_until".to_owned(), InvalidReason::OutOfRange)));
        let snapshot = RecoveryCard { mode: CardMode::Snapshot, ..card };
        assert_eq!(problem(&snapshot), Some(("valid_until".to_owned(), InvalidReason::OutOfRange)));
    }
}
