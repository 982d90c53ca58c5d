//! The first screen.

use serde::Serialize;

use super::celebrating::{CelebrationView, MilestoneView};
use super::people::PendingAdmission;
use super::promising::PromiseView;
use super::records::Record;
use crate::model::{Date, RecordId};
use crate::views::Trend;

/// What the first screen shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Today {
    /// The date it is of.
    pub date: Date,
    /// What the owner of this phone, and nobody else, is asked.
    pub prompts: Vec<Prompt>,
    /// What others wrote since it was last looked at.
    pub news: News,
    /// What is coming, by date; what has none yet first.
    pub coming: Vec<Coming>,
    /// Promises of which one has something to say today, with those of their days.
    pub promises_due: Vec<PromiseView>,
    /// One's own check-ins in words; none before the first.
    pub check_in_lines: Vec<String>,
    /// One's own days in words; none without a timeline.
    pub days_lines: Vec<String>,
}

/// A question for the owner of this phone alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(tag = "prompt", rename_all = "snake_case")]
pub enum Prompt {
    /// A milestone was reached. The question is [`MilestoneView::prompt`].
    Milestone {
        /// It.
        milestone: MilestoneView,
    },
    /// There was a setback, and the card still counts.
    Card {
        /// The card.
        card: RecordId,
        /// Until then it counts on.
        valid_until: Date,
        /// The question: pause it, update it, or leave it as it is.
        text: String,
    },
    /// This device's clock is certainly off: see [`ClockState`](super::ClockState).
    Clock {
        /// By about how many minutes it is ahead; less than 0 if it is behind.
        minutes: i64,
        /// What to look at.
        text: String,
    },
    /// Somebody asks for a witness to a promise.
    Witness {
        /// The promise.
        promise: RecordId,
        /// The question.
        text: String,
    },
    /// Somebody waits to be let in.
    Admission {
        /// Who, and by whom they were invited.
        admission: PendingAdmission,
    },
}

/// What others wrote since this device's owner last looked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct News {
    /// The newest first.
    pub records: Vec<Record>,
    /// Whether there is more than this.
    pub has_more: bool,
}

/// Something that is coming.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(tag = "coming", rename_all = "snake_case")]
pub enum Coming {
    /// A celebration that is neither held nor cancelled.
    Celebration {
        /// Its day, if it has one yet.
        on: Option<Date>,
        /// It.
        celebration: Box<CelebrationView>,
    },
    /// Milestones of one's own that are due on a day, if nothing happens. For their owner's eyes alone.
    Milestones {
        /// The day.
        on: Date,
        /// Their names.
        titles: Vec<String>,
    },
    /// A naloxone pack runs out within 60 days, or has.
    Pack {
        /// The date on the pack.
        on: Date,
        /// The kit.
        kit: RecordId,
        /// Where it is.
        place: String,
        /// The same in words.
        text: String,
    },
}

impl Coming {
    /// Its day, if it has one.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Celebration { on, .. } => *on,
            Self::Milestones { on, .. } | Self::Pack { on, .. } => Some(*on),
        }
    }
}

/// Whether it got lighter, each where there is enough to say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TrendView {
    /// The mood.
    pub mood: Option<Trend>,
    /// The craving.
    pub craving: Option<Trend>,
    /// The stress.
    pub stress: Option<Trend>,
}
