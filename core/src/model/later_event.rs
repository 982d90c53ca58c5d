//! Events that this version keeps and relays without acting on them. Their tags and forms are fixed already, so that
//! phones of today and of tomorrow mean the same bytes.

use serde::{Deserialize, Serialize};

use super::codec::encode;
use super::ids::MemberId;
use super::roster_event::Fact;

/// roster: a member leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Whether they ask others to erase what they wrote.
    pub erase_mine: bool,
}

/// roster: a member asks that another be removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveVote {
    /// Whom.
    pub target: MemberId,
    /// Who else must agree, sorted.
    pub voters: Vec<MemberId>,
}

/// The tags that are spoken for, by name; those with a struct here have their form too.
pub const TAGS: &[(u8, &str)] = &[
    (5, "recovery_key"),
    (6, "recovered"),
    (Leave::TAG, "leave"),
    (RemoveVote::TAG, "remove_vote"),
    (23, "helpers"),
    (24, "helper_vouch"),
    (25, "limit"),
    (26, "bereaved"),
];

impl Leave {
    /// Its tag.
    pub const TAG: u8 = 21;
}

impl RemoveVote {
    /// Its tag.
    pub const TAG: u8 = 22;
}

/// An event of a later version, in the form in which this version keeps it.
pub fn later<T: Serialize>(tag: u8, event: &T) -> Fact {
    Fact::Later { tag, payload: encode(event) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::roster_event::{RosterEvent, Seen};

    #[test]
    fn later_events_are_kept_byte_for_byte() {
        let vote = RemoveVote { target: MemberId::from_bytes([2; 32]), voters: vec![MemberId::from_bytes([3; 32])] };
        for fact in [later(Leave::TAG, &Leave { erase_mine: true }), later(RemoveVote::TAG, &vote)] {
            let event = RosterEvent { seen: Seen::default(), fact };
            assert_eq!(RosterEvent::decode(&event.encode()), Some(event));
        }
    }

    #[test]
    fn no_tag_is_given_twice_or_taken_from_an_event_that_is_known() {
        let tags: std::collections::BTreeSet<u8> = TAGS.iter().map(|(tag, _)| *tag).collect();
        assert_eq!(tags.len(), TAGS.len());
        for tag in tags {
            let event = RosterEvent { seen: Seen::default(), fact: Fact::Later { tag, payload: vec![0xff] } };
            assert_eq!(RosterEvent::decode(&event.encode()), Some(event));
        }
    }
}
