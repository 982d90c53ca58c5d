//! The verdict on one entry, with what the store holds of the records it names.

use std::cell::RefCell;

use crate::documents::{Actor, actor_of};
use crate::identity::{Case, Roster, Target};
use crate::model::hash::cut;
use crate::model::op::{EntryBody, Op, Writers};
use crate::model::{Audience, CircleId, DeviceKey, EntryState, Hold, RecordRef};
use crate::store::{Reader, StoreError, StoredEntry, Transaction};

/// Whose eyes verdicts are made with: the circle and its roster, both pure functions of what is held.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The circle.
    pub circle: &'a CircleId,
    /// Who is who.
    pub roster: &'a Roster,
}

impl Scope<'_> {
    /// The actor as whom the writer of a feed, which may be a side of a fork, works in automerge.
    pub fn actor_of(&self, feed: &DeviceKey) -> Actor {
        actor_of(&self.roster.writer_of(feed))
    }
}

/// What is held of the record that `reference` names by any of its creates.
pub fn target(reader: &Reader<'_>, roster: &Roster, reference: &RecordRef) -> Result<Target, StoreError> {
    named(reader, reference)?.map_or(Ok(Target::NotHere), |entry| target_at(reader, roster, &entry))
}

/// The same by its first create alone, as entries name it. Of a record that begins elsewhere nothing is there: whatever names
/// another entry of it wouldn't be judged again with it (decisions/0032).
fn target_by_first(reader: &Reader<'_>, roster: &Roster, reference: &RecordRef) -> Result<Target, StoreError> {
    let first = named(reader, reference)?.filter(|entry| entry.record.is_none_or(|root| root == entry.position));
    first.map_or(Ok(Target::NotHere), |entry| target_at(reader, roster, &entry))
}

/// The entry that `reference` names, if that is the one that stands there.
fn named(reader: &Reader<'_>, reference: &RecordRef) -> Result<Option<StoredEntry>, StoreError> {
    let entry = reader.entry_of(reference)?;
    Ok(entry.filter(|entry| cut::<8>(entry.hash.as_bytes()) == reference.check))
}

/// What is held of the record of which this is the create.
pub(super) fn target_at(reader: &Reader<'_>, roster: &Roster, entry: &StoredEntry) -> Result<Target, StoreError> {
    let Some(author) = roster.member_of(&entry.position.device) else { return Ok(Target::NotHere) };
    let chain = Target::Here { author, subject: Some(author), writers: Writers::Author };
    Ok(match (entry.state, &entry.body) {
        (EntryState::Held(Hold::UnknownDevice), _) => Target::NotHere,
        (EntryState::Missing, _) => Target::Missing,
        (EntryState::Replaced, _) => chain,
        (EntryState::Expired, _) => Target::Expired,
        (EntryState::Told, _) if has_newer_version(reader, entry)? => chain,
        (EntryState::Told, _) => Target::Stub,
        (_, Some((_, bytes))) => match EntryBody::decode(bytes) {
            Ok(EntryBody { op: Op::Create(create), .. }) => {
                Target::Here { author, subject: create.subject, writers: create.writers }
            }
            _ => Target::Gone,
        },
        _ => Target::Gone,
    })
}

fn has_newer_version(reader: &Reader<'_>, first: &StoredEntry) -> Result<bool, StoreError> {
    let entries = reader.entries_of_record(&first.audience, first.position)?;
    Ok(entries.iter().any(|entry| entry.state == EntryState::Accepted && entry.body.is_some()))
}

/// The verdict by the rules, noted. Stubs keep their state.
pub(super) fn judge_and_note(
    tx: &Transaction<'_>,
    scope: Scope<'_>,
    audience: &Audience,
    entry: &StoredEntry,
) -> Result<EntryState, StoreError> {
    let state = judge(tx, scope, audience, entry)?;
    note(tx, entry, state)?;
    Ok(state)
}

/// Notes what has become of an entry, if that is news.
pub(super) fn note(tx: &Transaction<'_>, entry: &StoredEntry, state: EntryState) -> Result<(), StoreError> {
    if entry.state == state { Ok(()) } else { tx.set_state(&entry.audience, entry.position, state) }
}

/// The verdict by the rules on an entry of this audience, but for what only the document can tell.
pub(super) fn judge(
    reader: &Reader<'_>,
    scope: Scope<'_>,
    audience: &Audience,
    entry: &StoredEntry,
) -> Result<EntryState, StoreError> {
    let Some((_, bytes)) = &entry.body else { return Ok(entry.state) };
    let failure = RefCell::new(None);
    let look_up = |reference: &RecordRef| {
        target_by_first(reader, scope.roster, reference).unwrap_or_else(|error| {
            failure.replace(Some(error));
            Target::NotHere
        })
    };
    let case = Case {
        circle: scope.circle,
        roster: scope.roster,
        audience,
        audience_id: &entry.audience,
        position: entry.position,
        bytes,
        target: &look_up,
    };
    let verdict = case.verdict();
    failure.into_inner().map_or(Ok(verdict), Err)
}
