//! What of a chain of replacements others have taken the place of.

use std::collections::BTreeMap;

use crate::model::DeviceKey;
use crate::store::StoredEntry;

/// Up to which number of each feed a chain was replaced, and by what tick.
#[derive(Default)]
pub(super) struct Replaced(BTreeMap<DeviceKey, BTreeMap<u64, u64>>);

impl Replaced {
    /// Notes that somebody with this tick took the place of what stands in the feed up to this number.
    pub(super) fn add(&mut self, feed: DeviceKey, number: u64, tick: u64) {
        let ticks = self.0.entry(feed).or_default();
        let known = ticks.entry(number).or_insert(tick);
        *known = tick.max(*known);
    }

    /// Whether somebody took its place.
    ///
    /// Whoever has seen a version has a tick that isn't lower than its. What names one with a higher means another, on another side
    /// of a fork: if the two named each other, neither would be left.
    pub(super) fn covers(&self, entry: &StoredEntry) -> bool {
        let ticks = self.0.get(&entry.position.device);
        ticks.is_some_and(|ticks| ticks.range(entry.position.number..).any(|(_, tick)| *tick >= entry.tick))
    }
}
