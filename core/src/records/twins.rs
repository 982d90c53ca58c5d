//! Changes of one record that claim the same place in automerge's order: two copies of a phone went on from one edit.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::Scope;
use crate::documents::{Actor, ChangeInfo, inspect};
use crate::model::record::ChangeHash;
use crate::model::{EntryHash, EntryState, Hold, MemberId, Refusal};
use crate::store::StoredEntry;

/// Which of them don't count. A pure function of the changes held.
#[derive(Default)]
pub struct Twins {
    losers: BTreeMap<EntryHash, EntryState>,
}

struct Known<'a> {
    entry: &'a StoredEntry,
    info: ChangeInfo,
    member: Option<MemberId>,
}

impl Twins {
    /// Finds them among the changes of a record. A change under another's actor takes no place from the one whose actor it is;
    /// the document refuses it by itself.
    pub fn among(scope: Scope<'_>, changes: &[(StoredEntry, Vec<u8>)]) -> Self {
        let mut places = BTreeMap::<(Actor, u64, u64), Vec<Known<'_>>>::new();
        for (entry, change) in changes {
            let Ok(info) = inspect(change) else { continue };
            let member = scope.roster.member_of(&entry.position.device);
            if info.actor == scope.actor_of(&entry.position.device) {
                places.entry((info.actor, info.level, info.seq)).or_default().push(Known { entry, info, member });
            }
        }
        if places.values().all(|claims| claims.len() < 2) {
            return Self::default();
        }
        let anchored = anchored(&places);
        let (mut twins, mut lost) = (Self::default(), BTreeSet::<ChangeHash>::new());
        for claims in places.values().filter(|claims| claims.len() > 1) {
            // Whoever lost once doesn't come back with what they built on it. Of the others that counts on which another
            // member has built: their words would go with it. Else the lower entry hash.
            let rank = |it: &Known<'_>| {
                let is_lost = it.info.deps.iter().any(|dep| lost.contains(dep));
                (is_lost, !anchored.contains(&it.info.hash), it.entry.hash)
            };
            let Some(first) = claims.iter().min_by_key(|it| rank(it)).map(|it| it.entry.hash) else { continue };
            let feeds = claims.iter().map(|it| it.entry.position.device);
            let has_sides = feeds.into_iter().any(|feed| scope.roster.writer_of(&feed) != feed);
            let state =
                if has_sides { EntryState::Held(Hold::Twin) } else { EntryState::Refused(Refusal::DuplicateChange) };
            for loser in claims.iter().filter(|it| it.entry.hash != first) {
                lost.insert(loser.info.hash);
                twins.losers.insert(loser.entry.hash, state);
            }
        }
        twins
    }

    /// What becomes of an entry that doesn't count beside its twin; none for all others.
    pub fn verdict(&self, entry: &StoredEntry) -> Option<EntryState> {
        self.losers.get(&entry.hash).copied()
    }
}

/// The changes on which another member than their own has built, near or far.
fn anchored(places: &BTreeMap<(Actor, u64, u64), Vec<Known<'_>>>) -> BTreeSet<ChangeHash> {
    let by_hash: BTreeMap<ChangeHash, &Known<'_>> = places.values().flatten().map(|it| (it.info.hash, it)).collect();
    let members: BTreeSet<_> = by_hash.values().filter_map(|it| it.member).collect();
    let mut anchored = BTreeSet::new();
    for member in members {
        let own = by_hash.values().filter(|it| it.member == Some(member));
        let mut to_visit: Vec<ChangeHash> = own.flat_map(|it| it.info.deps.iter().copied()).collect();
        let mut visited = BTreeSet::new();
        while let Some(hash) = to_visit.pop() {
            let Some(known) = by_hash.get(&hash).filter(|_| visited.insert(hash)) else { continue };
            if known.member != Some(member) {
                anchored.insert(hash);
            }
            to_visit.extend(known.info.deps.iter().copied());
        }
    }
    anchored
}
