//! Whether somebody comes.

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words,
};
use crate::model::op::Writers;

/// A member's answer to an invitation. A member has one; answering again replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Rsvp {
    /// The answer.
    pub answer: RsvpAnswer,
    /// Up to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

/// An answer to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum RsvpAnswer {
    Yes,
    Maybe,
    No,
}

impl Kind for Rsvp {
    const SPEC: KindSpec = KindSpec {
        name: "rsvp",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::Everyone,
        retention: Retention::UntilErased,
        about: AboutRule::Required,
        fields: &[FieldSpec::register("answer"), FieldSpec::words("note")],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_optional_words("note", self.note.as_ref(), 140)
    }

    fn example() -> Self {
        Self { answer: RsvpAnswer::Yes, note: Some("I will bring bread.".to_owned()) }
    }
}
