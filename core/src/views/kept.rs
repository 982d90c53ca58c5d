//! Kept promises: of one person to another, over weeks. Never a score of a person.

use serde::Serialize;

use super::promises::{PromiseSlot, SlotOutcome};

/// The windows that are looked at, in days.
pub const KEPT_WINDOWS_DAYS: [u32; 2] = [28, 90];
/// With fewer days than this told of, there is no word for them.
const TOLD_MIN: u32 = 5;

/// How the promises of one person to another went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct KeptCounts {
    /// Kept.
    pub kept: u32,
    /// Moved to another day.
    pub moved: u32,
    /// Missed, and said so before.
    pub missed_with_notice: u32,
    /// Missed.
    pub missed: u32,
    /// Seen differently, settled or not.
    pub seen_differently: u32,
    /// Not recorded.
    pub not_recorded: u32,
}

/// A word for many promises. There is none for few, nor for those of which fewer than half were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum KeptBand {
    /// At least four of five were kept.
    Most,
    /// At least half were.
    MoreThanNot,
}

impl KeptCounts {
    /// Counts slots. What is still open, still to come or not yet confirmed isn't among them.
    pub fn of<'a>(slots: impl IntoIterator<Item = &'a PromiseSlot>) -> Self {
        let mut counts = Self::default();
        for slot in slots {
            match slot.outcome {
                SlotOutcome::Kept => counts.kept += 1,
                SlotOutcome::Moved => counts.moved += 1,
                SlotOutcome::MissedWithNotice => counts.missed_with_notice += 1,
                SlotOutcome::Missed => counts.missed += 1,
                SlotOutcome::SeenDifferently | SlotOutcome::Settled => counts.seen_differently += 1,
                SlotOutcome::NotRecorded => counts.not_recorded += 1,
                SlotOutcome::Upcoming | SlotOutcome::Open | SlotOutcome::Unconfirmed => {}
            }
        }
        counts
    }

    /// How many count: moved, missed with notice and not recorded never count against anyone.
    pub fn told(&self) -> u32 {
        self.kept + self.missed + self.seen_differently
    }

    /// The word for them, if there is one.
    pub fn band(&self) -> Option<KeptBand> {
        let (kept, told) = (self.kept, self.told());
        match () {
            () if told < TOLD_MIN || kept * 2 < told => None,
            () if kept * 5 >= told * 4 => Some(KeptBand::Most),
            () => Some(KeptBand::MoreThanNot),
        }
    }

    /// Whether to ask if the promises should be made smaller.
    pub fn may_be_too_large(&self) -> bool {
        self.told() >= TOLD_MIN && self.band().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_word_for_most_and_one_for_more_and_none_for_less() {
        let band = |kept, missed| KeptCounts { kept, missed, ..KeptCounts::default() }.band();
        assert_eq!(band(4, 0), None, "too few to say");
        assert_eq!(band(5, 0), Some(KeptBand::Most));
        assert_eq!(band(4, 1), Some(KeptBand::Most));
        assert_eq!(band(3, 2), Some(KeptBand::MoreThanNot));
        assert_eq!(band(3, 3), Some(KeptBand::MoreThanNot));
        assert_eq!(band(2, 3), None);
        let few = KeptCounts { kept: 2, missed: 3, ..KeptCounts::default() };
        assert!(few.may_be_too_large());
        let moved = KeptCounts { kept: 5, moved: 9, missed_with_notice: 9, not_recorded: 9, ..KeptCounts::default() };
        assert_eq!(moved.band(), Some(KeptBand::Most), "what doesn't count against anyone doesn't");
    }
}
