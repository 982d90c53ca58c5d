//! Milestones and celebrations.

use serde::Serialize;

use super::records::Record;
use crate::model::kinds::RsvpAnswer;
use crate::model::{Date, MemberId, RecordId};
use crate::views::MilestoneKey;

/// A milestone of this phone's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MilestoneView {
    /// What was reached; none for a milestone that no count derives.
    pub key: Option<MilestoneKey>,
    /// In words, such as "30 days".
    pub title: String,
    /// The day.
    pub reached_on: Date,
    /// What has become of it.
    pub state: MilestoneState,
    /// The question to put, where one is due.
    pub prompt: Option<String>,
    /// The private record, if there is one.
    pub record: Option<RecordId>,
    /// The copies that were shared.
    pub copies: Vec<RecordId>,
}

/// What has become of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum MilestoneState {
    /// Reached before the timeline was made, or passed over: listed, never prompted.
    Reached,
    /// Its owner is being asked.
    Prompted,
    /// Noted for oneself.
    Kept,
    /// Shared with others.
    Shared,
    /// Celebrated; stays so, whatever comes later.
    Celebrated,
}

/// A celebration with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CelebrationView {
    /// The celebration.
    pub celebration: Record,
    /// What has become of it.
    pub state: CelebrationState,
    /// Everyone's answer, by member.
    pub answers: Vec<Answer>,
}

/// What has become of a celebration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CelebrationState {
    /// Somebody thought of it.
    Idea,
    /// It is to be.
    Planned,
    /// It is to be at another time.
    Moved,
    /// It isn't to be.
    Cancelled,
    /// It has been.
    Held,
}

impl CelebrationState {
    /// A stable word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Planned => "planned",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::Held => "held",
        }
    }
}

/// A member's answer to an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Answer {
    /// Whose.
    pub member: MemberId,
    /// The answer.
    pub answer: RsvpAnswer,
}
