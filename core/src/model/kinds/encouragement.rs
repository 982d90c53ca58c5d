//! Good words for someone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::entry::RecordRef;
use crate::model::ids::MemberId;
use crate::model::kind::{
    AboutRule, FieldRole, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Merge, Placement, Retention,
    SubjectRule, YoungRule, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// Words of encouragement, thanks or hope. Their author may keep them closed until a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Encouragement {
    /// For whom; empty means everyone it is shared with.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: BTreeSet<MemberId>,
    /// Up to 500 characters.
    pub text: String,
    /// What sort of words.
    #[serde(default)]
    pub encouragement_kind: EncouragementKind,
    /// Until this day only the author's devices show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub open_on: Option<Date>,
    /// A record it speaks of, shared with the same people or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub link: Option<RecordRef>,
}

/// What sort of good words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum EncouragementKind {
    #[default]
    Encouragement,
    Appreciation,
    SmallWin,
    HopeNote,
    Story,
}

impl Kind for Encouragement {
    const SPEC: KindSpec = KindSpec {
        name: "encouragement",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::Everyone,
        retention: Retention::UntilErased,
        about: AboutRule::Optional,
        fields: &[
            FieldSpec::set("to"),
            FieldSpec::words("text"),
            FieldSpec::register("encouragement_kind"),
            FieldSpec { name: "open_on", merge: Merge::Register, role: FieldRole::OpenOn },
            FieldSpec::register("link"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("text", &self.text, 500)?;
        if self.to.len() > crate::model::limits::MEMBERS_MAX {
            return Err(InvalidInput::new("to", InvalidReason::OutOfRange));
        }
        Ok(())
    }

    fn example() -> Self {
        Self {
            to: BTreeSet::new(),
            text: "I am proud of you.".to_owned(),
            encouragement_kind: EncouragementKind::Encouragement,
            open_on: Some(Date::default()),
            link: None,
        }
    }
}
