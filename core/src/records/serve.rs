//! What is held, as runs that another phone can verify.

use crate::model::entry::genesis;
use crate::model::limits::{RUN_ENTRIES_MAX, SIGNED_EVERY};
use crate::model::run::Carried;
use crate::model::{AudienceId, CircleId, DeviceKey, EntryHash, FeedId, ForkProof, Position, Run, Side, SideProof};
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
    let sides = reader.sides_of(audience, device)?;
    // A side of a fork begins where the feed forked: whoever holds nothing of it lacks nothing before.
    let from = sides.iter().find(|side| side.key() == *device).map_or(from, |side| side.from.max(from));
    let Some(previous) = previous_hash(reader, circle, audience, device, from, &sides)? else { return Ok(None) };
    // A run must end where a signature is kept, so it may have to go on a little.
    let to = to.saturating_add(SIGNED_EVERY - 1).min(from.saturating_add(RUN_ENTRIES_MAX as u64 - 1));
    let mut entries = reader.entries(audience, device, from, to, budget_bytes)?;
    // Where the feed has forked, the signatures of its sides hold for the entry before them too.
    let is_end = |entry: &StoredEntry| {
        let next = entry.position.number + 1;
        entry.signature.is_some() || sides.iter().any(|side| side.from == next && side.previous == entry.hash)
    };
    if entries.last().is_some_and(|last| !is_end(last)) {
        let signed = entries.iter().rposition(is_end);
        match signed {
            Some(last) => entries.truncate(last + 1),
            // The budget ended before the first signature: one block always fits into a message.
            None => {
                entries = reader.entries(audience, device, from, from.next_multiple_of(SIGNED_EVERY), usize::MAX)?
            }
        }
    }
    if entries.last().is_none_or(|last| !is_end(last)) {
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

/// A feed from its beginning as its device wrote it, through every fork on the way: for somebody who doesn't know of those. None
/// for a feed whose forks others go on from, for it is part of what they give.
pub fn whole_feed(
    reader: &Reader<'_>,
    circle: &CircleId,
    audience: &AudienceId,
    feed: &DeviceKey,
) -> Result<Option<Run>, StoreError> {
    let head = reader.head(audience, feed)?;
    let goes_on = |side: &Side| head.is_none_or(|head| (side.from, side.previous) == (head.number + 1, head.hash));
    if reader.sides_of(audience, feed)?.iter().any(goes_on) {
        return Ok(None);
    }
    let path = reader.path_to(audience, feed)?;
    let device = path.first().map_or(*feed, |side| side.device);
    let begins = std::iter::once((device, 1)).chain(path.iter().map(|side| (side.key(), side.from)));
    let ends = path.iter().map(|side| side.from - 1).chain([u64::MAX]);
    let mut entries = Vec::new();
    for ((feed, from), to) in begins.zip(ends) {
        entries.extend(reader.entries(audience, &feed, from, to, usize::MAX)?);
    }
    if entries.last().is_none_or(|last| last.signature.is_none()) {
        return Ok(None);
    }
    let previous = genesis(&FeedId::of(circle, &device, audience));
    let signatures = entries.iter().filter_map(|entry| Some((entry.position.number, entry.signature?))).collect();
    let entries = entries.into_iter().map(carried).collect();
    Ok(Some(Run { audience: *audience, device, from: 1, previous, entries, signatures }))
}

/// What proves to another phone where feeds of an audience part: each side together with the first one of its fork.
pub fn fork_proofs(reader: &Reader<'_>, audience: &AudienceId) -> Result<Vec<ForkProof>, StoreError> {
    let sides = reader.sides_in(audience)?;
    let mut proofs = Vec::new();
    for fork in sides.chunk_by(|a, b| (a.device, a.from, a.previous) == (b.device, b.from, b.previous)) {
        let mut first = None;
        for side in fork {
            let Some(half) = side_proof(reader, side, &sides)? else { continue };
            let Some(other) = &first else {
                first = Some(half);
                continue;
            };
            let Side { audience, device, from, previous, .. } = *side;
            let sides = [SideProof::clone(other), half];
            proofs.push(ForkProof { audience, device, from, previous, sides });
        }
    }
    Ok(proofs)
}

/// A side up to its first signature, which may stand where it has parted again.
fn side_proof(reader: &Reader<'_>, side: &Side, sides: &[Side]) -> Result<Option<SideProof>, StoreError> {
    // Of what somebody else proved nothing more may have come yet.
    if let Some(known) = reader.side_proof(side)? {
        return Ok(Some(known));
    }
    let mut commitments = Vec::new();
    let mut side = *side;
    loop {
        let entries = reader.entries(&side.audience, &side.key(), side.from, side.from + SIGNED_EVERY, usize::MAX)?;
        let Some(last) = entries.last().map(|last| (last.position.number, last.hash)) else { return Ok(None) };
        for entry in entries {
            commitments.push(entry.commitment);
            if let Some(signature) = entry.signature {
                return Ok(Some(SideProof { commitments, signature }));
            }
        }
        let Some(next) = sides.iter().find(|side| (side.from - 1, side.previous) == last) else { return Ok(None) };
        side = *next;
    }
}

fn previous_hash(
    reader: &Reader<'_>,
    circle: &CircleId,
    audience: &AudienceId,
    device: &DeviceKey,
    from: u64,
    sides: &[Side],
) -> Result<Option<EntryHash>, StoreError> {
    if let Some(side) = sides.iter().find(|side| side.key() == *device && side.from == from) {
        return Ok(Some(side.previous));
    }
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
