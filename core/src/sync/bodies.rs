//! Places in feeds, whose bodies are wanted or were asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{AudienceId, DeviceKey};

/// Places of several feeds, by first and last number. A clone costs nothing until one of the two changes: each session begins with
/// all that its peer held back today, which after years is much, and mostly adds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ByFeed", into = "ByFeed")]
pub struct Bodies(Arc<ByFeed>);

type ByFeed = BTreeMap<(AudienceId, DeviceKey), BTreeMap<u64, u64>>;

impl Bodies {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the places from `first` to `last`.
    pub fn add(&mut self, feed: (AudienceId, DeviceKey), first: u64, last: u64) {
        let ranges = Arc::make_mut(&mut self.0).entry(feed).or_default();
        let before = ranges.range(..=first).next_back().map(|(first, last)| (*first, *last));
        match before {
            Some((start, end)) if end.saturating_add(1) >= first => drop(ranges.insert(start, end.max(last))),
            _ => drop(ranges.insert(first, last)),
        }
    }

    /// Whether all places from `first` to `last` are among them.
    pub fn contains(&self, feed: &(AudienceId, DeviceKey), first: u64, last: u64) -> bool {
        let before = self.0.get(feed).and_then(|ranges| ranges.range(..=first).next_back());
        before.is_some_and(|(_, end)| last <= *end)
    }

    /// Takes the earliest of the first feed.
    pub fn pop_first(&mut self) -> Option<((AudienceId, DeviceKey), (u64, u64))> {
        let mut feed = Arc::make_mut(&mut self.0).first_entry()?;
        let name = *feed.key();
        let first = feed.get_mut().pop_first();
        if feed.get().is_empty() {
            feed.remove();
        }
        first.map(|range| (name, range))
    }

    /// Leaves out the places from `first` to `last`, where they begin a range.
    pub fn leave_out(&mut self, feed: &(AudienceId, DeviceKey), first: u64, last: u64) {
        let feeds = Arc::make_mut(&mut self.0);
        let Some(ranges) = feeds.get_mut(feed) else { return };
        let covered: Vec<_> = ranges.range(first..=last).map(|(start, end)| (*start, *end)).collect();
        for (start, end) in covered {
            ranges.remove(&start);
            if end > last {
                ranges.insert(last + 1, end);
            }
        }
        if ranges.is_empty() {
            feeds.remove(feed);
        }
    }

    /// How many ranges there are.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<ByFeed> for Bodies {
    fn from(feeds: ByFeed) -> Self {
        Self(Arc::new(feeds))
    }
}

impl From<Bodies> for ByFeed {
    fn from(bodies: Bodies) -> Self {
        Arc::unwrap_or_clone(bodies.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_added_found_left_out_and_taken() {
        let feed = |name: u8| (AudienceId::from_bytes([name; 32]), DeviceKey::from_bytes([name; 32]));
        let mut bodies = Bodies::new();
        for (first, last) in [(70, 70), (3, 4), (5, 9), (71, 130), (6, 6)] {
            bodies.add(feed(1), first, last);
        }
        assert_eq!(bodies.len(), 2);
        assert!(bodies.contains(&feed(1), 3, 9) && bodies.contains(&feed(1), 128, 130));
        assert!(!bodies.contains(&feed(1), 9, 10) && !bodies.contains(&feed(2), 3, 3));
        bodies.leave_out(&feed(1), 60, 128);
        assert_eq!(bodies.pop_first(), Some((feed(1), (3, 9))));
        assert_eq!(bodies.pop_first(), Some((feed(1), (129, 130))));
        assert!(bodies.is_empty());
        assert_eq!(bodies.pop_first(), None);
    }
}
