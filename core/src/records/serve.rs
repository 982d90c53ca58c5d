//! What is held, as runs that another phone can verify.

use crate::model::entry::genesis;
use crate::model::limits::{RUN_ENTRIES_MAX, SIGNED_EVERY};
use crate::model::run::Carried;
use crate::model::{AudienceId, CircleId, DeviceKey, EntryHash, FeedId, Position, Run};
use crate::store::{Reader, StoreError, StoredEntry};

/// The entries of a feed from `from` on, up to `to` at least and as the budget allows, ending at a signed number. None
/// if there are none.
///
/// Whether the other phone may have them is the caller's to know.
pub fn run(
    reader: &Reader<'_>,
    circle: &CircleId,
    audience: &AudienceId,
    device: &DeviceKey,
    from: u64,
    to: u64,
    budget_bytes: usize,
) -> Result<Option<Run>, StoreError> {
    let Some(previous) = previous_hash(reader, circle, audience, device, from)? else { return Ok(None) };
    // A run must end where a signature is kept, so it may have to go on a little.
    let to = to.saturating_add(SIGNED_EVERY - 1).min(from.saturating_add(RUN_ENTRIES_MAX as u64 - 1));
    let mut entries = reader.entries(audience, device, from, to, budget_bytes)?;
    if entries.last().is_some_and(|last| last.signature.is_none()) {
        let signed = entries.iter().rposition(|entry| entry.signature.is_some());
        match signed {
            Some(last) => entries.truncate(last + 1),
            // The budget ended before the first signature: one block always fits into a message.
            None => {
                entries = reader.entries(audience, device, from, from.next_multiple_of(SIGNED_EVERY), usize::MAX)?
            }
        }
    }
    if entries.last().is_none_or(|last| last.signature.is_none()) {
        return Ok(None);
    }
    let last = entries.last().map_or(0, |entry| entry.position.number);
    let due = |entry: &StoredEntry| {
        let number = entry.position.number;
        entry.signature.map(|signature| (number, signature))
    };
    let signatures = entries.iter().filter_map(due).collect();
    debug_assert!(last >= from);
    let entries = entries.into_iter().map(carried).collect();
    Ok(Some(Run { audience: *audience, device: *device, from, previous, entries, signatures }))
}

fn previous_hash(
    reader: &Reader<'_>,
    circle: &CircleId,
    audience: &AudienceId,
    device: &DeviceKey,
    from: u64,
) -> Result<Option<EntryHash>, StoreError> {
    if from <= 1 {
        return Ok((from == 1).then(|| genesis(&FeedId::of(circle, device, audience))));
    }
    let before = reader.entry(audience, Position { device: *device, number: from - 1 })?;
    Ok(before.map(|entry| entry.hash))
}

fn carried(entry: StoredEntry) -> Carried {
    match entry.body {
        Some((salt, body)) => Carried::Whole { salt, body },
        None if entry.state.is_final_stub() => Carried::StubFinal(entry.commitment),
        None => Carried::StubOpen(entry.commitment),
    }
}
