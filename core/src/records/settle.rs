//! Verdicts, document and row of a record, brought up to date.
//!
//! Each record is judged and projected from all its entries, every time. Carrying a verdict forward entry by entry would
//! be quicker and would sooner or later depend on the order in which entries came; this can't.

use crate::documents::{ApplyError, Document};
use crate::identity::Target;
use crate::model::limits::{RECORD_BYTES_MAX, RECORD_ENTRIES_MAX};
use crate::model::op::{EntryBody, Erase, Op};
use crate::model::{Audience, AudienceId, DeviceKey, EntryState, Hold, Position, RecordRef, Refusal, Side};
use crate::store::{StoreError, StoredEntry, Transaction};

use super::agenda::{Agenda, Settled};
use super::judge::{Scope, judge, judge_and_note, note, target_at};
use super::project::{self, Live};
use super::replaced::Replaced;
use super::twins::Twins;

/// An entry of the record that is here whole, and what it says.
type Judged = (StoredEntry, Op);

/// What has become of a record's creates.
struct Creates {
    /// Those that count and weren't replaced.
    live: Vec<Live>,
    /// Whether one of them has gone with its parent.
    is_erased: bool,
}

/// A change that the rules let through, with its entry.
type Waiting = (StoredEntry, Vec<u8>);

/// One record, or one chain of replacements, on its way to a verdict for each entry and a row.
pub(super) struct RecordSettling<'a> {
    /// Where it is held.
    pub tx: &'a Transaction<'a>,
    /// With whose eyes it is judged.
    pub scope: Scope<'a>,
    /// Its audience.
    pub audience: &'a Audience,
    /// The id of that.
    pub audience_id: AudienceId,
    /// Where its first create stands.
    pub root: Position,
}

impl RecordSettling<'_> {
    /// Brings it up to date. What that touches in turn goes on the agenda.
    pub(super) fn run(&self, agenda: &mut Agenda, settled: &mut Settled) -> Result<(), StoreError> {
        // Read once: each step judges entries of another op.
        let held = self.tx.entries_of_record(&self.audience_id, self.root)?;
        let stub;
        let root = match held.iter().find(|entry| entry.position == self.root) {
            Some(root) => Some(root),
            None => {
                stub = self.tx.entry(&self.audience_id, self.root)?;
                stub.as_ref()
            }
        };
        let has_arrived = agenda.has_arrived(self.audience_id, self.root);
        let presence = if has_arrived { None } else { self.presence(root)? };
        let was_erased = held.iter().chain(root).any(|entry| entry.state == EntryState::Erased);
        let row = self.tx.row_by_first(&self.audience_id, self.root)?;
        let entries = with_ops(held);
        let Creates { live, is_erased } = self.settle_creates(&entries)?;
        // Before the record goes: what is refused here counts as erased then, whichever of them came first.
        self.settle_moves(&entries)?;
        let gone = self.settle_erases(&entries, was_erased || is_erased, agenda)?;
        let new = if gone {
            None
        } else {
            let live = self.settle_changes(live, &entries)?;
            project::row(self.tx, self.scope, self.root, &live)?
        };
        if new != row {
            settled.changed.insert(self.audience_id);
            match &new {
                Some(new) => self.tx.put_row(new)?,
                None => self.tx.delete_row(&self.audience_id, self.root)?,
            }
        }
        if has_arrived || self.presence(self.tx.entry(&self.audience_id, self.root)?.as_ref())? != presence {
            for child in self.tx.children(&self.audience_id, self.root)? {
                agenda.add_record(self.audience_id, child);
            }
        }
        Ok(())
    }

    fn judge(&self, entry: &StoredEntry) -> Result<EntryState, StoreError> {
        judge(self.tx, self.scope, self.audience, entry)
    }

    /// What the record looks like to entries that name it; when this changes, its children are judged again.
    fn presence(&self, root: Option<&StoredEntry>) -> Result<Option<(EntryState, Target)>, StoreError> {
        let target = |root: &StoredEntry| Ok((root.state, target_at(self.tx, self.scope.roster, root)?));
        root.map(target).transpose()
    }

    /// Judges the creates, and of a chain erases those that were replaced.
    fn settle_creates(&self, entries: &[Judged]) -> Result<Creates, StoreError> {
        let (mut live, mut is_erased) = (Vec::new(), false);
        // What takes its place is judged by what has become of the first, wherever in the order that stands.
        let (first, newer): (Vec<_>, Vec<_>) = entries.iter().partition(|(entry, _)| entry.position == self.root);
        for (entry, op) in first.into_iter().chain(newer) {
            let Op::Create(create) = op else { continue };
            let state = self.judge(entry)?;
            // Also where it goes with its parent: what is bad in itself is so whenever it comes.
            if !matches!(state, EntryState::Accepted | EntryState::Erased) {
                note(self.tx, entry, state)?;
                continue;
            }
            let mut document = Document::new();
            let applied = document.apply(&create.change, self.scope.actor_of(&entry.position.device));
            let state = applied.map_or_else(state_of, |_| state);
            note(self.tx, entry, state)?;
            is_erased |= state == EntryState::Erased;
            if state == EntryState::Accepted {
                live.push(Live { entry: StoredEntry { state, ..entry.clone() }, create: create.clone(), document });
            }
        }
        let replaced = self.replaced(&live)?;
        let (gone, live): (Vec<_>, Vec<_>) = live.into_iter().partition(|live| replaced.covers(&live.entry));
        for live in &gone {
            note(self.tx, &live.entry, EntryState::Replaced)?;
        }
        self.replace_missing(&live)?;
        Ok(Creates { live, is_erased })
    }

    /// An older version that never came is replaced too, where a newer one names it: nobody need ask for it.
    fn replace_missing(&self, live: &[Live]) -> Result<(), StoreError> {
        for Live { entry, create, .. } in live {
            let Some(replaces) = &create.replaces else { continue };
            let mut positions = vec![self.root];
            for (feed, number) in &replaces.seen {
                let feeds = self.meant(feed, &entry.position.device)?.into_iter();
                positions.extend(feeds.map(|device| Position { device, number: *number }));
            }
            for position in positions {
                let author = self.scope.roster.member_of(&position.device);
                let is_theirs = author == self.scope.roster.member_of(&replaces.first.position.device);
                let missing = self.tx.entry(&self.audience_id, position)?.filter(|it| it.state == EntryState::Missing);
                if let Some(entry) = missing.filter(|_| is_theirs) {
                    note(self.tx, &entry, EntryState::Replaced)?;
                }
            }
        }
        Ok(())
    }

    /// Which positions of the chain its accepted creates take the place of. Each takes the place of older ones only,
    /// so of two that were written apart both live.
    fn replaced(&self, live: &[Live]) -> Result<Replaced, StoreError> {
        let mut replaced = Replaced::default();
        let roster = self.scope.roster;
        for Live { entry: StoredEntry { position: at, tick, .. }, create, .. } in live {
            let writer = roster.writer_of(&at.device);
            for (feed, number) in create.replaces.iter().flat_map(|replaces| &replaces.seen) {
                if roster.member_of(feed) == roster.member_of(&at.device) {
                    // Nor does it take its own place, or that of what came after it, however high its writer put `seen`.
                    let own = *feed == at.device || *feed == writer;
                    let number = if own { at.number.saturating_sub(1).min(*number) } else { *number };
                    for feed in self.meant(feed, &at.device)? {
                        replaced.add(feed, number, *tick);
                    }
                }
            }
        }
        Ok(replaced)
    }

    /// The feeds that whoever wrote in `at` means by `feed`, if they didn't know that it has forked: on one side of it, what stands
    /// before on that side. Which side another device has seen can't be told: of words that only their author writes an older
    /// wording goes rather than that it stays on some phones.
    fn meant(&self, feed: &DeviceKey, at: &DeviceKey) -> Result<Vec<DeviceKey>, StoreError> {
        let is_own = *feed == self.scope.roster.writer_of(at);
        let sides = match is_own {
            true => self.tx.path_to(&self.audience_id, at)?,
            false if self.scope.roster.writer_of(feed) == *feed => self.tx.sides_of(&self.audience_id, feed)?,
            false => Vec::new(),
        };
        Ok(std::iter::once(*feed).chain(sides.iter().map(Side::key)).collect())
    }

    /// Judges changes, and applies those that count, in the one order that entries and deps allow.
    fn settle_changes(&self, mut live: Vec<Live>, entries: &[Judged]) -> Result<Vec<Live>, StoreError> {
        let mut waiting = Vec::new();
        for (entry, op) in entries {
            let Op::Change(change) = op else { continue };
            match self.judge(entry)? {
                EntryState::Accepted => waiting.push((entry.clone(), change.change.clone())),
                state => note(self.tx, entry, state)?,
            }
        }
        let waiting = self.first_of_each(waiting)?;
        let mut waiting = self.within_limits(waiting)?;
        let root = live.iter_mut().find(|live| live.entry.position == self.root);
        let Some(Live { document, .. }) = root else {
            for (entry, _) in &waiting {
                note(self.tx, entry, EntryState::Held(Hold::MissingRecord))?;
            }
            return Ok(live);
        };
        loop {
            let before = waiting.len();
            let mut later = Vec::new();
            for (entry, change) in waiting {
                match document.apply(&change, self.scope.actor_of(&entry.position.device)) {
                    Ok(_) => note(self.tx, &entry, EntryState::Accepted)?,
                    Err(ApplyError::MissingDependency) => later.push((entry, change)),
                    Err(error) => note(self.tx, &entry, state_of(error))?,
                }
            }
            waiting = later;
            if waiting.len() == before {
                break;
            }
        }
        for (entry, _) in &waiting {
            note(self.tx, entry, EntryState::Held(Hold::MissingDependency))?;
        }
        Ok(live)
    }

    /// Of changes that claim one place in automerge's order one counts, whichever came first. On a side of a fork the others
    /// wait, for another phone may yet bring what decides for them.
    fn first_of_each(&self, changes: Vec<Waiting>) -> Result<Vec<Waiting>, StoreError> {
        let twins = Twins::among(self.scope, &changes);
        let mut kept = Vec::new();
        for waiting in changes {
            match twins.verdict(&waiting.0) {
                None => kept.push(waiting),
                Some(state) => note(self.tx, &waiting.0, state)?,
            }
        }
        Ok(kept)
    }

    /// The changes that a record may have; the others wait. Which ones is told by tick, not by arrival.
    fn within_limits(&self, mut changes: Vec<Waiting>) -> Result<Vec<Waiting>, StoreError> {
        let bytes: usize = changes.iter().map(|(_, change)| change.len()).sum();
        if changes.len() < RECORD_ENTRIES_MAX && bytes <= RECORD_BYTES_MAX {
            return Ok(changes);
        }
        changes.sort_by_key(|(entry, _)| (entry.tick, entry.hash));
        let mut left = RECORD_BYTES_MAX;
        let mut kept = Vec::new();
        for (entry, change) in changes {
            if kept.len() + 1 < RECORD_ENTRIES_MAX && change.len() <= left {
                left -= change.len();
                kept.push((entry, change));
            } else {
                note(self.tx, &entry, EntryState::Held(Hold::RecordFull))?;
            }
        }
        Ok(kept)
    }

    /// Judges the words that the record went on elsewhere. They stay when the record goes: that is what they are for.
    fn settle_moves(&self, entries: &[Judged]) -> Result<(), StoreError> {
        let mut moves = entries.iter().filter(|(_, op)| matches!(op, Op::Moved { .. }));
        moves.try_for_each(|(entry, _)| judge_and_note(self.tx, self.scope, self.audience, entry).map(drop))
    }

    /// Judges the erases, and lets those that count take what they name. Whether the record is gone, as it is if any of it
    /// `is_erased` already.
    fn settle_erases(&self, entries: &[Judged], is_erased: bool, agenda: &mut Agenda) -> Result<bool, StoreError> {
        // All are judged before any takes what it names: one that is refused afterwards would stay so until the next time.
        let mut counting = Vec::new();
        for (entry, op) in entries {
            let Op::Erase(erase) = op else { continue };
            if judge_and_note(self.tx, self.scope, self.audience, entry)? == EntryState::Accepted {
                counting.push((erase, entry.position.device));
            }
        }
        let mut gone = false;
        for (erase, feed) in counting {
            gone |= self.erase(erase, &feed, agenda)?;
        }
        // A create that was judged gone with its parent takes its changes and its row along, and of a chain all.
        if !gone && is_erased {
            self.erase_record(self.root)?;
            gone = true;
        }
        Ok(gone)
    }

    /// Lets an erase that was written in `feed` take what it names. Whether this record is of it.
    fn erase(&self, erase: &Erase, feed: &DeviceKey, agenda: &mut Agenda) -> Result<bool, StoreError> {
        let Some(record) = erase.records.first() else { return Ok(false) };
        // The record itself is known by its hash, and with it the side that it is on.
        let root = self.tx.position_of(record)?;
        self.erase_record(root)?;
        if root != self.root {
            agenda.add_record(self.audience_id, root);
            for child in self.tx.children(&self.audience_id, root)? {
                agenda.add_record(self.audience_id, child);
            }
        }
        let roster = self.scope.roster;
        // Of nobody else's words: whoever brings them could leave them out, and say so of them at once.
        let is_theirs = |device: &DeviceKey| roster.member_of(device) == roster.member_of(feed);
        for (device, ranges) in erase.positions.iter().filter(|(device, _)| is_theirs(device)) {
            let mut feeds = vec![*device];
            for feed in [*feed, root.device] {
                if roster.writer_of(&feed) == *device {
                    feeds.extend(self.tx.path_to(&self.audience_id, &feed)?.iter().map(Side::key));
                }
            }
            for device in feeds {
                for (position, state) in self.tx.states_in(&self.audience_id, &device, ranges)? {
                    if state == EntryState::Missing {
                        self.tx.set_state(&self.audience_id, position, EntryState::Erased)?;
                    }
                }
            }
        }
        Ok(root == self.root)
    }

    /// Takes every body of the record; its row goes when it is settled. The create's stub is the tombstone: nothing brings it back. What
    /// was refused for the sake of a body that is gone now couldn't be judged any more, so it counts as erased too: a
    /// phone to which it comes only now says the same.
    fn erase_record(&self, root: Position) -> Result<(), StoreError> {
        let create = self.tx.entry(&self.audience_id, root)?;
        let first = create.as_ref().map(|create| RecordRef::new(self.audience_id, root, &create.hash));
        for entry in self.tx.entries_of_record(&self.audience_id, root)? {
            let op = entry.body.as_ref().and_then(|(_, bytes)| EntryBody::decode(bytes).ok()).map(|body| body.op);
            let named = op.as_ref().and_then(Op::record);
            if named.is_some_and(|named| first.is_some_and(|first| first.check != named.check)) {
                // It names what stands on another side of a forked feed, and waits for that. Refused it would lose its body, and
                // with that the name: next time it would be this record's, and erased.
                let state = match self.judge(&entry)? {
                    EntryState::Refused(_) => EntryState::Erased,
                    state => state,
                };
                note(self.tx, &entry, state)?;
            } else if !matches!(op, Some(Op::Erase(_) | Op::Moved { .. })) {
                note(self.tx, &entry, EntryState::Erased)?;
            }
        }
        // A create that never came isn't known to be this record's, but for its position.
        create.map_or(Ok(()), |create| note(self.tx, &create, EntryState::Erased))
    }
}

/// Those that are here whole.
fn with_ops(entries: Vec<StoredEntry>) -> Vec<Judged> {
    let with_op = |entry: StoredEntry| {
        let op = EntryBody::decode(&entry.body.as_ref()?.1).ok()?.op;
        Some((entry, op))
    };
    entries.into_iter().filter_map(with_op).collect()
}

fn state_of(error: ApplyError) -> EntryState {
    match error {
        ApplyError::MissingDependency => EntryState::Held(Hold::MissingDependency),
        ApplyError::Quarantined => EntryState::Held(Hold::Quarantined),
        ApplyError::DuplicateSequence => EntryState::Refused(Refusal::DuplicateChange),
        ApplyError::BadChange | ApplyError::WrongActor => EntryState::Refused(Refusal::BadChange),
    }
}
