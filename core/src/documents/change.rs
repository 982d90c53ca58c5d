//! One change: checked as far as that is possible without its document.

use automerge::Change;

use super::actor::Actor;
use super::error::BadChange;
use super::operation::{Operation, decode};
use super::reader::Reader;
use super::seam::guarded;
use crate::model::limits::{BODY_BYTES_MAX, OPERATION_COUNTER_MAX};
use crate::model::record::ChangeHash;

/// The chunk type of an uncompressed change. Type 2 is deflated and inflates without a bound.
const UNCOMPRESSED_CHANGE: u8 = 1;
/// automerge's magic, and a checksum of zeros in front of every stored change. automerge hashes type, length and data
/// itself and never compares the checksum of a single change, so there is no need for a second SHA-256 here.
const PREFIX: [u8; PREFIX_BYTES] = [0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0];
/// What a stored change is shorter than automerge's own form.
pub(super) const PREFIX_BYTES: usize = 8;
/// Dependencies, and other actors, that one change may name: as many as a circle can have devices.
const NAMES_MAX: u64 = 256;

/// What a change says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeInfo {
    /// Its hash.
    pub hash: ChangeHash,
    /// The device that made it, whatever the concurrency level.
    pub actor: Actor,
    /// automerge's concurrency level: not 0 for an edit that didn't know its own device's latest.
    pub level: u64,
    /// Its number among the changes of this actor at this level.
    pub seq: u64,
    /// The counter of its first operation.
    pub start_op: u64,
    /// How many operations it holds.
    pub operations: u64,
    /// The changes it builds on, sorted.
    pub deps: Vec<ChangeHash>,
}

/// What a change says about itself, after a scan that bounds what automerge may be made to do.
///
/// Cheap and pure: equal bytes give equal answers on every phone. The rules that need a document are checked by
/// [`Document::apply`](super::Document::apply).
pub fn inspect(change: &[u8]) -> Result<ChangeInfo, BadChange> {
    parse(change).map(|parsed| parsed.info)
}

/// A change that passed the scan.
pub(super) struct ParsedChange<'a> {
    pub(super) info: ChangeInfo,
    /// The bytes of its own actor, then of the others that it names.
    pub(super) actors: Vec<&'a [u8]>,
    pub(super) operations: Vec<Operation<'a>>,
    /// The same, as automerge takes it.
    pub(super) change: Change,
}

/// Scans a change, then lets automerge parse it.
pub(super) fn parse(change: &[u8]) -> Result<ParsedChange<'_>, BadChange> {
    let mut parsed = scan(change).ok_or(BadChange)?;
    let bytes = [&PREFIX, change].concat();
    let theirs = guarded(|| Change::from_bytes(bytes)).map_err(|_| BadChange)?.map_err(|_| BadChange)?;
    let info = &mut parsed.0;
    // Two readings of the same bytes: if they ever differ, ours bounded something else than what would be applied.
    let same = u64::try_from(theirs.len()) == Ok(info.operations)
        && theirs.seq() == info.seq
        && theirs.start_op().get() == info.start_op
        && theirs.deps().iter().map(|hash| hash.0).eq(info.deps.iter().copied());
    if !same {
        return Err(BadChange);
    }
    info.hash = theirs.hash().0;
    let (info, actors, operations) = parsed;
    Ok(ParsedChange { info, actors, operations, change: theirs })
}

type Scanned<'a> = (ChangeInfo, Vec<&'a [u8]>, Vec<Operation<'a>>);

fn scan(change: &[u8]) -> Option<Scanned<'_>> {
    if change.len() > BODY_BYTES_MAX {
        return None;
    }
    let mut chunk = Reader::new(change);
    let right_type = chunk.byte()? == UNCOMPRESSED_CHANGE;
    let mut data = Reader::new(chunk.counted()?);
    if !right_type || !chunk.is_empty() {
        return None;
    }
    let deps = names(&mut data, |data| data.take(32)?.try_into().ok())?;
    let own = data.counted()?;
    let (actor, level) = Actor::parse(own)?;
    let (seq, start_op) = (data.unsigned()?, data.unsigned()?);
    // Neither a time (it would tell when somebody wrote) nor a message (nobody would ever see or erase it).
    if data.signed()? != 0 || data.unsigned()? != 0 || seq == 0 || start_op == 0 {
        return None;
    }
    let others =
        names(&mut data, |data| data.counted().filter(|other| Actor::parse(other).is_some() && *other != own))?;
    let operations = decode(&mut data)?;
    let count = u64::try_from(operations.len()).ok()?;
    if start_op.checked_add(count)? > OPERATION_COUNTER_MAX {
        return None;
    }
    let mut actors = vec![own];
    actors.extend(others);
    let hash = ChangeHash::default();
    Some((ChangeInfo { hash, actor, level, seq, start_op, operations: count, deps }, actors, operations))
}

/// A short list, strictly ascending.
fn names<'a, T: Ord>(data: &mut Reader<'a>, mut read: impl FnMut(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = data.unsigned()?;
    if count > NAMES_MAX {
        return None;
    }
    let list = (0..count).map(|_| read(data)).collect::<Option<Vec<T>>>()?;
    list.is_sorted_by(|a, b| a < b).then_some(list)
}
