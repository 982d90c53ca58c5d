//! What an entry says: one operation, the format it is written in, and its tick.

use serde::{Deserialize, Serialize};

use super::audience::{Audience, AudienceTag};
use super::codec::{decode, encode};
use super::entry::RecordRef;
use super::ids::{CircleId, DeviceKey, EntryHash, FeedId, MemberId};
use super::limits::TICK_MAX;
use super::roster_event::RosterEvent;
use super::time::{Date, WallMinutes};

/// The format that this version writes.
pub const FORMAT: u8 = 1;
/// The version of the rules that verdicts follow.
pub const RULES: u16 = 1;

/// The body of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBody {
    /// 1 + the highest tick held in this audience when it was written: orders lists and nothing else.
    pub tick: u64,
    /// What it does.
    pub op: Op,
}

/// The body is of format 1 and yet can't be read: its author is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndecodableBody;

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Entry 1 of every feed: what audience this is.
    Open(Open),
    /// Says who is who; only in keys and roster feeds.
    Event(RosterEvent),
    /// A new record.
    Create(Create),
    /// An edit of a record.
    Change(Change),
    /// Takes records away for good.
    Erase(Erase),
    /// Says that a record went on in a wider audience.
    Moved {
        /// The record in this audience.
        from: RecordRef,
        /// Its fresh copy.
        to: RecordRef,
    },
    /// An operation of a later version or of a newer format: kept, relayed, not applied.
    Later {
        /// The format it is written in.
        format: u8,
        /// Its tag.
        tag: u8,
        /// Everything after the tag.
        payload: Vec<u8>,
    },
}

impl Op {
    /// The record that it goes on with: none of one that begins a record, or is no record's.
    pub fn record(&self) -> Option<&RecordRef> {
        match self {
            Self::Create(create) => create.replaces.as_ref().map(|replaces| &replaces.first),
            Self::Change(change) => Some(&change.record),
            Self::Erase(erase) => erase.records.first(),
            Self::Moved { from, .. } => Some(from),
            Self::Open(_) | Self::Event(_) | Self::Later { .. } => None,
        }
    }
}

/// Entry 1 of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// The circle.
    pub circle: CircleId,
    /// What sort of audience.
    pub tag: AudienceTag,
    /// The members it names, sorted.
    pub members: Vec<MemberId>,
    /// The rules its author follows.
    pub rules: u16,
}

impl Open {
    /// The `open` of `audience`.
    pub fn of(circle: CircleId, audience: &Audience) -> Self {
        Self { circle, tag: audience.tag(), members: audience.named_members().to_vec(), rules: RULES }
    }
}

/// Who may change a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writers {
    /// Its author's devices.
    Author,
    /// Every member of its audience.
    Audience,
}

/// The header of a record and its first change. The author is the feed's member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Create {
    /// The kind's name, known here or not.
    pub kind: String,
    /// The kind's version.
    pub schema: u16,
    /// Who may change it.
    pub writers: Writers,
    /// Whom it is about.
    pub subject: Option<MemberId>,
    /// When it was written, claims its writer.
    pub wall: WallMinutes,
    /// The last day on which others keep it.
    pub expires_on: Option<Date>,
    /// The record it belongs to and goes with.
    pub about: Option<RecordRef>,
    /// The versions it takes the place of.
    pub replaces: Option<Replaces>,
    /// One automerge change.
    pub change: Vec<u8>,
}

/// How words that only their author writes are edited, so that no older wording stays with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    /// The chain's first create.
    pub first: RecordRef,
    /// `H("id" ‖ first's salt)` cut to 16: lets the app's id outlive the first create's body.
    pub id_key: [u8; 16],
    /// Per own device the highest position of this chain that the writer knew, sorted by device.
    pub seen: Vec<(DeviceKey, u64)>,
}

/// An edit of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The record.
    pub record: RecordRef,
    /// One automerge change with at least one dependency in this record.
    pub change: Vec<u8>,
}

/// Takes records away for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erase {
    /// The record: this version knows what it means of one, and of no other number.
    pub records: Vec<RecordRef>,
    /// Where their author wrote of them, as inclusive ranges, so that bodies still missing elsewhere are known to be gone.
    pub positions: Vec<(DeviceKey, Vec<(u64, u64)>)>,
}

/// An old feed that its author's removal closes. Held by this version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The event that closes it.
    pub closing: RecordRef,
    /// The feed's device.
    pub device: DeviceKey,
    /// The last number that counts.
    pub number: u64,
    /// The hash there.
    pub hash: EntryHash,
}

/// Two entries of one feed with one number. Held by this version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fork {
    /// The feed's device.
    pub device: DeviceKey,
    /// The number.
    pub number: u64,
    /// One hash.
    pub a: EntryHash,
    /// The other.
    pub b: EntryHash,
}

const OPEN: u8 = 1;
const EVENT: u8 = 2;
const CREATE: u8 = 3;
const CHANGE: u8 = 4;
const ERASE: u8 = 5;
const MOVED: u8 = 6;
const LIMIT: u8 = 7;
const FORK: u8 = 8;

impl EntryBody {
    /// Format, tick (varint), tag, and the operation's canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (format, tag, payload) = match &self.op {
            Op::Open(open) => (FORMAT, OPEN, encode(open)),
            Op::Event(event) => (FORMAT, EVENT, event.encode()),
            Op::Create(create) => (FORMAT, CREATE, encode(create)),
            Op::Change(change) => (FORMAT, CHANGE, encode(change)),
            Op::Erase(erase) => (FORMAT, ERASE, encode(erase)),
            Op::Moved { from, to } => (FORMAT, MOVED, encode(&(from, to))),
            Op::Later { format, tag, payload } => (*format, *tag, payload.clone()),
        };
        let mut bytes = vec![format];
        bytes.extend(encode(&self.tick));
        bytes.push(tag);
        bytes.extend(payload);
        bytes
    }

    /// Reads a body. Format and tick are laid out alike in every format, now and later.
    pub fn decode(bytes: &[u8]) -> Result<Self, UndecodableBody> {
        let (&format, rest) = bytes.split_first().ok_or(UndecodableBody)?;
        let (tick, rest) = postcard::take_from_bytes::<u64>(rest).map_err(|_| UndecodableBody)?;
        let (&tag, payload) = rest.split_first().ok_or(UndecodableBody)?;
        if format == 0 || tick > TICK_MAX {
            return Err(UndecodableBody);
        }
        let op = if format == FORMAT { Op::decode(tag, payload) } else { None };
        let known = (OPEN..=MOVED).contains(&tag);
        let body = match op {
            None if format == FORMAT && known => return Err(UndecodableBody),
            None => Self { tick, op: Op::Later { format, tag, payload: payload.to_vec() } },
            Some(op) => Self { tick, op },
        };
        // A tick written in more bytes than it needs would give one body two forms.
        if body.encode() == bytes { Ok(body) } else { Err(UndecodableBody) }
    }
}

impl Op {
    fn decode(tag: u8, payload: &[u8]) -> Option<Self> {
        match tag {
            OPEN => decode(payload).map(Self::Open),
            EVENT => RosterEvent::decode(payload).map(Self::Event),
            CREATE => decode(payload).map(Self::Create),
            CHANGE => decode(payload).map(Self::Change),
            ERASE => decode(payload).map(Self::Erase),
            MOVED => decode(payload).map(|(from, to)| Self::Moved { from, to }),
            _ => None,
        }
    }

    /// The `limit` op, in the form in which this version keeps it.
    pub fn limit(limit: &Limit) -> Self {
        Self::Later { format: FORMAT, tag: LIMIT, payload: encode(limit) }
    }

    /// The `fork` op, in the form in which this version keeps it.
    pub fn fork(fork: &Fork) -> Self {
        Self::Later { format: FORMAT, tag: FORK, payload: encode(fork) }
    }
}

/// Lets an app's id outlive the first create's body; see [`Replaces::id_key`].
pub fn id_key(salt: &super::entry::Salt) -> [u8; 16] {
    super::hash::cut(&super::hash::hash("id", &[salt]))
}

/// The id by which apps know the record, or the chain, whose first create is entry `number` of `feed`.
pub fn record_id(feed: &FeedId, number: u64, id_key: &[u8; 16]) -> super::ids::RecordId {
    let number = number.to_be_bytes();
    super::ids::RecordId::from_bytes(super::hash::hash("record", &[feed.as_bytes(), &number, id_key]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_go_there_and_back_and_later_ones_are_kept_whole() {
        let circle = CircleId::from_bytes([1; 32]);
        for op in [
            Op::Open(Open::of(circle, &Audience::Home)),
            Op::Erase(Erase { records: vec![], positions: vec![(DeviceKey::from_bytes([2; 32]), vec![(1, 4)])] }),
            Op::Later { format: 1, tag: 99, payload: vec![1, 2, 3] },
            Op::Later { format: 7, tag: CREATE, payload: vec![0xff; 9] },
        ] {
            let body = EntryBody { tick: 300, op };
            assert_eq!(EntryBody::decode(&body.encode()), Ok(body));
        }
    }

    #[test]
    fn a_known_op_that_does_not_decode_is_an_error_not_a_later_op() {
        assert_eq!(EntryBody::decode(&[FORMAT, 1, CREATE, 0xff]), Err(UndecodableBody));
        assert_eq!(EntryBody::decode(&[FORMAT, 0x81, 0x00, 99]), Err(UndecodableBody));
        assert_eq!(EntryBody::decode(&[]), Err(UndecodableBody));
        let past = EntryBody { tick: TICK_MAX + 1, op: Op::Later { format: 1, tag: 99, payload: vec![] } };
        assert_eq!(EntryBody::decode(&past.encode()), Err(UndecodableBody));
    }
}
