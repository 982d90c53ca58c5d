//! The messages of a session and their bytes: a tag, then the canonical form of the fields.

use serde::{Deserialize, Serialize};

use super::bounded::Bounded;
use crate::model::hash::cut;
use crate::model::limits::{AUDIENCES_PER_PAIR_MAX, FEEDS_MAX, MEMBERS_MAX, MESSAGE_BYTES_MAX};
use crate::model::limits::{RUN_ENTRIES_MAX, SIGNED_EVERY, WANT_RANGES_MAX};
use crate::model::{AudienceId, Commitment, DeviceKey, EntryHash, ForkProof, SideProof, Signature, WallMinutes, codec};

/// Audiences in one message: all sets two devices share, or the roster and the keys of all members.
pub(super) const AUDIENCES_MAX: usize = AUDIENCES_PER_PAIR_MAX + MEMBERS_MAX + 1;
/// Protocol versions that a peer may offer.
pub(super) const VERSIONS_MAX: usize = 16;
/// Signatures that travel with one run; at most one for each entry.
const SIGNATURES_MAX: usize = RUN_ENTRIES_MAX;

/// The first 16 bytes of an entry hash: nobody can find a second entry that shares them with a signed one.
pub(super) type ShortHash = [u8; 16];
/// An audience, as far as whoever holds it too needs to recognise it.
pub(super) type ShortId = [u8; 8];
/// First number and last.
pub(super) type Range = (u64, u64);

/// The two halves of what two phones compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Scope {
    /// Roster and keys: who is who. Always settled first.
    Trust,
    /// All records.
    Sets,
}

/// A message of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// Who speaks, proved.
    Hello(Hello),
    /// All that the sender shares with this peer in a scope, as one hash, after so many rounds.
    Digest(Digest),
    /// The audiences that the sender holds something of, each with its digest. Opens a round of sets.
    Digests(Bounded<(ShortId, [u8; 8]), AUDIENCES_PER_PAIR_MAX>),
    /// What the sender holds of some audiences.
    Have(Have),
    /// Entries.
    Run(PackedRun),
    /// The sender has sent all that the peer's `Have`s of this round called for.
    Served(Scope),
    /// What the sender has made durable.
    Ack(Ack),
    /// Two signed entries at one place of one feed.
    Proof(Proof),
    /// The sender has nothing more to say, and stands here.
    Done([u8; 32]),
    /// The sender ends the session.
    Bye(u8),
}

/// Fields of [`Message::Hello`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hello {
    pub(super) versions: Bounded<u8, VERSIONS_MAX>,
    pub(super) rules: u16,
    /// The longest message that the sender takes, in bytes.
    pub(super) message_bytes_max: u32,
    pub(super) wall: WallMinutes,
    pub(super) sign_key: DeviceKey,
    pub(super) signature: Signature,
}

/// Fields of [`Message::Digest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Digest {
    pub(super) scope: Scope,
    /// Rounds of this scope that the sender has completed in this session.
    pub(super) round: u32,
    pub(super) digest: [u8; 32],
}

/// Fields of [`Message::Have`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Have {
    pub(super) scope: Scope,
    /// Whether this is the sender's last of this round.
    pub(super) last: bool,
    pub(super) parts: Bounded<HavePart, AUDIENCES_MAX>,
}

/// What the sender of a [`Have`] holds of one audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HavePart {
    pub(super) audience: AudienceId,
    pub(super) heads: Bounded<(DeviceKey, u64, ShortHash), FEEDS_MAX>,
    /// Bodies it misses and would like to have.
    pub(super) wants: Bounded<(DeviceKey, Bounded<Range, WANT_RANGES_MAX>), FEEDS_MAX>,
}

/// Fields of [`Message::Run`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PackedRun {
    /// Length of the inflated entries, in bytes. Comes first, so that it can be refused first.
    pub(super) raw_bytes: u32,
    /// 0: none. Later versions may bring dictionaries, each with a number.
    pub(super) dictionary: u16,
    pub(super) audience: AudienceId,
    pub(super) device: DeviceKey,
    pub(super) from: u64,
    pub(super) previous: EntryHash,
    pub(super) signatures: Bounded<(u64, Signature), SIGNATURES_MAX>,
    /// One zstd frame.
    pub(super) frame: Bounded<u8, MESSAGE_BYTES_MAX>,
}

/// Fields of [`Message::Ack`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ack {
    /// Runs dealt with since the last `Ack`, whatever became of them. Without this count a run that ends in a fork
    /// would never be answered, and would hold back those after it for ever.
    pub(super) runs: u32,
    /// What is held, durably, up to here.
    pub(super) feeds: Bounded<(AudienceId, Bounded<(DeviceKey, u64), FEEDS_MAX>), AUDIENCES_MAX>,
}

/// Fields of [`Message::Proof`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Proof {
    pub(super) audience: AudienceId,
    pub(super) device: DeviceKey,
    /// The first number that differs, and the hash before it.
    pub(super) from: u64,
    pub(super) previous: EntryHash,
    /// From there to a signature, on either side.
    pub(super) sides: [(Bounded<Commitment, { SIGNED_EVERY as usize }>, Signature); 2],
}

impl From<ForkProof> for Proof {
    fn from(proof: ForkProof) -> Self {
        let ForkProof { audience, device, from, previous, sides } = proof;
        Self {
            audience,
            device,
            from,
            previous,
            sides: sides.map(|side| (Bounded::cut(side.commitments), side.signature)),
        }
    }
}

impl From<Proof> for ForkProof {
    fn from(proof: Proof) -> Self {
        let Proof { audience, device, from, previous, sides } = proof;
        let side = |(commitments, signature): (Bounded<_, { SIGNED_EVERY as usize }>, _)| SideProof {
            commitments: commitments.into_inner(),
            signature,
        };
        Self { audience, device, from, previous, sides: sides.map(side) }
    }
}

/// What the bytes of a message amount to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "short-lived; a box for each message would cost more than it saves")]
pub(super) enum Incoming {
    /// A message of this version.
    Known(Message),
    /// A tag of a later version, or of another room of this one: not for a session.
    Other,
}

// Tags 1 to 15 are those of pairing, which shares the channel; they are never used here.
const HELLO: u8 = 16;
const DIGEST: u8 = 17;
const DIGESTS: u8 = 18;
const HAVE: u8 = 19;
const RUN: u8 = 20;
const SERVED: u8 = 21;
const ACK: u8 = 22;
const PROOF: u8 = 23;
const DONE: u8 = 24;
const BYE: u8 = 25;

impl Message {
    /// The bytes of this message.
    pub(super) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Hello(fields) => tagged(HELLO, fields),
            Self::Digest(fields) => tagged(DIGEST, fields),
            Self::Digests(list) => tagged(DIGESTS, list),
            Self::Have(fields) => tagged(HAVE, fields),
            Self::Run(fields) => tagged(RUN, fields),
            Self::Served(scope) => tagged(SERVED, scope),
            Self::Ack(fields) => tagged(ACK, fields),
            Self::Proof(fields) => tagged(PROOF, fields),
            Self::Done(digest) => tagged(DONE, digest),
            Self::Bye(code) => tagged(BYE, code),
        }
    }
}

fn tagged<T: Serialize>(tag: u8, fields: &T) -> Vec<u8> {
    let mut bytes = vec![tag];
    bytes.extend(codec::encode(fields));
    bytes
}

impl Incoming {
    /// Reads a message; `None` for what no honest phone sends.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (tag, fields) = bytes.split_first()?;
        if bytes.len() > MESSAGE_BYTES_MAX {
            return None;
        }
        let message = match *tag {
            HELLO => Message::Hello(codec::decode(fields)?),
            DIGEST => Message::Digest(codec::decode(fields)?),
            DIGESTS => Message::Digests(codec::decode(fields)?),
            HAVE => Message::Have(codec::decode(fields)?),
            RUN => Message::Run(codec::decode(fields)?),
            SERVED => Message::Served(codec::decode(fields)?),
            ACK => Message::Ack(codec::decode(fields)?),
            PROOF => Message::Proof(codec::decode(fields)?),
            DONE => Message::Done(codec::decode(fields)?),
            BYE => Message::Bye(codec::decode(fields)?),
            _ => return Some(Self::Other),
        };
        Some(Self::Known(message))
    }
}

/// How an audience is named in [`Message::Digests`].
pub(super) fn short_id(audience: &AudienceId) -> ShortId {
    cut(audience.as_bytes())
}

/// How a head is given in a [`Have`].
pub(super) fn short_hash(hash: &EntryHash) -> ShortHash {
    cut(hash.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of_each() -> Vec<Message> {
        let (audience, device) = (AudienceId::from_bytes([1; 32]), DeviceKey::from_bytes([2; 32]));
        let (hash, signature) = (EntryHash::from_bytes([3; 32]), Signature::from_bytes([4; 64]));
        let wants = Bounded::cut(vec![(device, Bounded::cut(vec![(1, 2), (5, 900)]))]);
        let part = HavePart { audience, heads: Bounded::cut(vec![(device, 7, [8; 16])]), wants };
        vec![
            Message::Hello(Hello {
                versions: Bounded::cut(vec![1, 2]),
                rules: 1,
                message_bytes_max: 1_310_720,
                wall: -5,
                sign_key: device,
                signature,
            }),
            Message::Digest(Digest { scope: Scope::Trust, round: 3, digest: [5; 32] }),
            Message::Digests(Bounded::cut(vec![([1; 8], [2; 8])])),
            Message::Have(Have { scope: Scope::Sets, last: true, parts: Bounded::cut(vec![part]) }),
            Message::Run(PackedRun {
                raw_bytes: 9,
                dictionary: 0,
                audience,
                device,
                from: 1,
                previous: hash,
                signatures: Bounded::cut(vec![(1, signature)]),
                frame: Bounded::cut(vec![1, 2, 3]),
            }),
            Message::Served(Scope::Sets),
            Message::Ack(Ack { runs: 2, feeds: Bounded::cut(vec![(audience, Bounded::cut(vec![(device, 64)]))]) }),
            Message::Proof(Proof {
                audience,
                device,
                from: 2,
                previous: hash,
                sides: [1, 2].map(|count| (Bounded::cut(vec![Commitment::from_bytes([6; 32]); count]), signature)),
            }),
            Message::Done([9; 32]),
            Message::Bye(0),
        ]
    }

    #[test]
    fn every_message_goes_there_and_back_and_no_part_of_one_does() {
        for message in one_of_each() {
            let bytes = message.encode();
            assert_eq!(Incoming::decode(&bytes), Some(Incoming::Known(message)));
            for length in 0..bytes.len() {
                assert_eq!(Incoming::decode(&bytes[..length]), None);
            }
            assert_eq!(Incoming::decode(&[&bytes[..], &[0]].concat()), None);
        }
    }

    #[test]
    fn tags_of_pairing_and_of_later_versions_are_told_apart_from_nonsense() {
        for tag in (0..16).chain(26..=255) {
            assert_eq!(Incoming::decode(&[tag, 1, 2, 3]), Some(Incoming::Other));
        }
        assert_eq!(Incoming::decode(&[]), None);
    }

    #[test]
    fn counts_that_no_message_may_have_are_refused_at_once() {
        for tag in [DIGESTS, HAVE, ACK] {
            let mut bytes = vec![tag, 0, 0];
            bytes.extend(codec::encode(&(u64::MAX >> 1)));
            assert_eq!(Incoming::decode(&bytes), None);
        }
    }
}
