//! A small sign that something was read and felt.

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
};
use crate::model::op::Writers;

/// A reaction to a record, seen by everyone who can see that. One of each sort a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Reaction {
    /// The sign.
    pub emoji: Emoji,
}

/// The twelve signs. None of them says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Emoji {
    Heart,
    Hug,
    Thanks,
    Party,
    Smile,
    Strong,
    Growing,
    Sun,
    Clap,
    Star,
    Tear,
    ThumbsUp,
}

impl Emoji {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Heart,
        Self::Hug,
        Self::Thanks,
        Self::Party,
        Self::Smile,
        Self::Strong,
        Self::Growing,
        Self::Sun,
        Self::Clap,
        Self::Star,
        Self::Tear,
        Self::ThumbsUp,
    ];

    /// The sign itself.
    pub const fn as_char(self) -> char {
        match self {
            Self::Heart => '\u{2764}',
            Self::Hug => '\u{1f917}',
            Self::Thanks => '\u{1f64f}',
            Self::Party => '\u{1f389}',
            Self::Smile => '\u{1f60a}',
            Self::Strong => '\u{1f4aa}',
            Self::Growing => '\u{1f331}',
            Self::Sun => '\u{2600}',
            Self::Clap => '\u{1f44f}',
            Self::Star => '\u{2b50}',
            Self::Tear => '\u{1f622}',
            Self::ThumbsUp => '\u{1f44d}',
        }
    }
}

impl Kind for Reaction {
    const SPEC: KindSpec = KindSpec {
        name: "reaction",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::Everyone,
        retention: Retention::UntilErased,
        about: AboutRule::Required,
        fields: &[FieldSpec::register("emoji")],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        Ok(())
    }

    fn example() -> Self {
        Self { emoji: Emoji::Heart }
    }
}
