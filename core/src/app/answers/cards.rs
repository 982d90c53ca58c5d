//! Recovery cards as they are read.

use serde::Serialize;

use crate::model::MemberId;
use crate::views::CardReading;

/// A member's card as its readers see it. It names no record: a hidden card and a paused one are equal in every byte,
/// whenever they were put there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CardView {
    /// Whose it is.
    pub member: MemberId,
    /// What they call themselves.
    pub name: String,
    /// What it says.
    pub reading: CardReading,
    /// The same in words, line by line.
    pub lines: Vec<String>,
}
