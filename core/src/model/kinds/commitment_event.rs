//! What became of a promise on one of its days.

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// A word about a promise: its owner's, or its witness's. Each is a record of its own, so neither overwrites the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CommitmentEvent {
    /// The day it was due; absent for the words about being a witness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub due_on: Option<Date>,
    /// What became of it.
    pub event: PromiseEvent,
    /// The day on which this was said.
    pub on: Date,
    /// Where it was moved to, after `due_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub moved_to: Option<Date>,
    /// Up to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum PromiseEvent {
    /// The owner: done.
    Kept,
    /// The owner, on the day or before: another day. Never counts against anyone.
    Moved,
    /// The owner: not done, and said so on the day or before.
    MissedWithNotice,
    /// The owner: not done.
    Missed,
    /// The witness: seen.
    Confirmed,
    /// The witness: it looked different from here.
    SawItDifferently,
    /// The witness: thank you.
    Thanked,
    /// Either: it is settled between us. It takes both.
    Settled,
    /// The witness: I will bear witness.
    WitnessAccepted,
    /// The witness: no longer.
    WitnessResigned,
}

impl PromiseEvent {
    /// Whether this is for the promise's owner to say; the rest is for its witness, and `Settled` for both.
    pub const fn is_owners(self) -> bool {
        matches!(self, Self::Kept | Self::Moved | Self::MissedWithNotice | Self::Missed | Self::Settled)
    }

    /// Whether this is for the promise's witness to say.
    pub const fn is_witness(self) -> bool {
        !self.is_owners() || matches!(self, Self::Settled)
    }

    /// Whether it is about one of the promise's days.
    pub const fn is_of_a_day(self) -> bool {
        !matches!(self, Self::WitnessAccepted | Self::WitnessResigned)
    }
}

impl Kind for CommitmentEvent {
    const SPEC: KindSpec = KindSpec {
        name: "commitment_event",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Chosen,
        audience: Placement::Everyone,
        retention: Retention::Days(84),
        about: AboutRule::Required,
        fields: &[
            FieldSpec::register("due_on"),
            FieldSpec::register("event"),
            FieldSpec::date("on"),
            FieldSpec::register("moved_to"),
            FieldSpec::words("note"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_optional_words("note", self.note.as_ref(), 140)?;
        match (self.event.is_of_a_day(), self.due_on) {
            (true, None) => return Err(InvalidInput::new("due_on", InvalidReason::Missing)),
            (false, Some(_)) => return Err(InvalidInput::new("due_on", InvalidReason::OutOfRange)),
            _ => {}
        }
        // Told after its day, it isn't moved any more.
        let in_time = self.due_on.is_none_or(|due_on| self.on <= due_on);
        let needs_time = matches!(self.event, PromiseEvent::Moved | PromiseEvent::MissedWithNotice);
        if needs_time && !in_time {
            return Err(InvalidInput::new("on", InvalidReason::OutOfRange));
        }
        match (self.event, self.moved_to) {
            (PromiseEvent::Moved, None) => Err(InvalidInput::new("moved_to", InvalidReason::Missing)),
            (PromiseEvent::Moved, moved_to) if moved_to > self.due_on => Ok(()),
            (_, None) => Ok(()),
            _ => Err(InvalidInput::new("moved_to", InvalidReason::OutOfRange)),
        }
    }

    fn example() -> Self {
        Self {
            due_on: Some(Date::default()),
            event: PromiseEvent::Kept,
            on: Date::default(),
            moved_to: None,
            note: Some("We talked for an hour.".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_moved_in_time_and_to_a_later_day() {
        let day = |day| Date::from_ymd_opt(2026, 3, day).unwrap();
        let moved = |on, to: u32| CommitmentEvent {
            due_on: Some(day(8)),
            event: PromiseEvent::Moved,
            on: day(on),
            moved_to: Some(day(to)),
            note: None,
        };
        assert_eq!(moved(8, 9).validate(), Ok(()));
        assert_eq!(moved(9, 10).validate(), Err(InvalidInput::new("on", InvalidReason::OutOfRange)));
        assert_eq!(moved(7, 8).validate(), Err(InvalidInput::new("moved_to", InvalidReason::OutOfRange)));
        let kept = CommitmentEvent { event: PromiseEvent::Kept, ..moved(8, 9) };
        assert_eq!(kept.validate(), Err(InvalidInput::new("moved_to", InvalidReason::OutOfRange)));
    }

    #[test]
    fn each_word_belongs_to_one_side_and_settling_to_both() {
        use PromiseEvent::*;
        let owners = [Kept, Moved, MissedWithNotice, Missed];
        let witness = [Confirmed, SawItDifferently, Thanked, WitnessAccepted, WitnessResigned];
        assert!(owners.iter().all(|event| event.is_owners() && !event.is_witness()));
        assert!(witness.iter().all(|event| event.is_witness() && !event.is_owners()));
        assert!(Settled.is_owners() && Settled.is_witness());
    }
}
