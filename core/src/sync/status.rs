//! How far a peer is behind, from what it has shown to hold.

use crate::model::Vector;

/// What a peer lacks of one audience, as far as we know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeerStatus {
    /// Entries held here and not known to be held there.
    pub entries_behind: u64,
    /// Feeds of which the two hold different entries in one place.
    pub forked_feeds: u64,
}

impl PeerStatus {
    /// Compares what is held here with what the peer was last known to hold. It may hold more by now, never less.
    pub fn of(mine: &Vector, theirs: &Vector) -> Self {
        let mut status = Self::default();
        for (device, head) in mine {
            match theirs.get(device) {
                Some(known) if known.number == head.number && known.hash != head.hash => status.forked_feeds += 1,
                known => {
                    let known = known.map_or(0, |known| known.number);
                    status.entries_behind = status.entries_behind.saturating_add(head.number.saturating_sub(known));
                }
            }
        }
        status
    }

    /// Whether the peer holds all that is held here.
    pub fn is_up_to_date(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DeviceKey, EntryHash, Head};

    fn vector(heads: &[(u8, u64, u8)]) -> Vector {
        let head = |(device, number, hash): &(u8, u64, u8)| {
            (DeviceKey::from_bytes([*device; 32]), Head { number: *number, hash: EntryHash::from_bytes([*hash; 32]) })
        };
        heads.iter().map(head).collect()
    }

    #[test]
    fn what_a_peer_lacks_is_counted_and_what_it_has_beyond_us_is_not() {
        let mine = vector(&[(1, 10, 1), (2, 5, 1), (3, 4, 1)]);
        let theirs = vector(&[(1, 7, 9), (3, 9, 9), (4, 100, 1)]);
        assert_eq!(PeerStatus::of(&mine, &theirs), PeerStatus { entries_behind: 8, forked_feeds: 0 });
        assert!(PeerStatus::of(&mine, &mine).is_up_to_date());
        assert_eq!(PeerStatus::of(&vector(&[(1, 2, 1)]), &vector(&[(1, 2, 8)])).forked_feeds, 1);
    }
}
