//! Something somebody promised.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::ids::MemberId;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_range, check_words,
};
use crate::model::limits::MEMBERS_MAX;
use crate::model::op::Writers;
use crate::model::recurrence::Recurrence;
use crate::model::time::Date;

/// A promise, once or again and again. Only its owner writes it; what became of each day is in
/// [`CommitmentEvent`](super::CommitmentEvent)s, where neither side can overwrite the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Commitment {
    /// What is promised, up to 120 characters.
    pub title: String,
    /// To whom; empty means to oneself.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: BTreeSet<MemberId>,
    /// When it comes again; absent if it is for one day, `starts_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub recurrence: Option<Recurrence>,
    /// The first day on which it is due, or from which the recurrence is counted.
    pub starts_on: Date,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ends_on: Option<Date>,
    /// An adult who is asked to bear witness. They do so only once they have accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub witness: Option<MemberId>,
    /// Hours after the end of the day in which it may still be told, 0 to 72.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub grace_hours: Option<u8>,
}

impl Kind for Commitment {
    const SPEC: KindSpec = KindSpec {
        name: "commitment",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Chosen,
        audience: Placement::Parties(&["to", "witness"]),
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::words("title"),
            FieldSpec::set("to"),
            FieldSpec::register("recurrence"),
            FieldSpec::date("starts_on"),
            FieldSpec::register("ends_on"),
            FieldSpec::register("witness"),
            FieldSpec::register("grace_hours"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("title", &self.title, 120)?;
        if self.recurrence.as_ref().is_some_and(|rule| !rule.is_valid()) {
            return Err(InvalidInput::new("recurrence", InvalidReason::Malformed));
        }
        check_range("grace_hours", self.grace_hours, 0..=72)?;
        if self.to.len() > MEMBERS_MAX {
            return Err(InvalidInput::new("to", InvalidReason::OutOfRange));
        }
        if self.ends_on.is_some_and(|ends_on| ends_on < self.starts_on) {
            return Err(InvalidInput::new("ends_on", InvalidReason::OutOfRange));
        }
        Ok(())
    }

    fn example() -> Self {
        Self {
            title: "Call Mum".to_owned(),
            to: [MemberId::from_bytes([7; 32])].into(),
            recurrence: "FREQ=WEEKLY;BYDAY=SU".parse().ok(),
            starts_on: Date::default(),
            ends_on: None,
            witness: None,
            grace_hours: Some(24),
        }
    }
}
