//! Promises, and what became of them.

use serde::Serialize;

use super::records::Record;
use crate::model::MemberId;
use crate::views::{KeptBand, KeptCounts, PromiseSlot};

/// A promise with its days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PromiseView {
    /// The promise.
    pub commitment: Record,
    /// Whose it is.
    pub owner: MemberId,
    /// Its days, the oldest first.
    pub slots: Vec<PromiseSlot>,
    /// Whether the witness that it names has accepted.
    pub has_witness: bool,
    /// Whether it asks the owner of this phone to bear witness, and they haven't answered yet.
    pub asks_me: bool,
}

/// How the promises of one person to another went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct KeptView {
    /// Who promised.
    pub from: MemberId,
    /// To whom.
    pub to: MemberId,
    /// Over how many days.
    pub window_days: u32,
    /// What became of each day.
    pub counts: KeptCounts,
    /// The word for it, where there is one.
    pub band: Option<KeptBand>,
    /// Whether to ask their owner if they should be smaller. Nobody else is told.
    pub asks_for_smaller: bool,
}
