//! Runs of entries, as they travel.

use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::entry::{Salt, commitment};
use super::ids::{AudienceId, Commitment, DeviceKey, EntryHash, Signature};
use super::op::{EntryBody, Op};

/// What an entry carries when it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carried {
    /// The body and its salt.
    Whole {
        /// Erased together with the body.
        salt: Salt,
        /// The canonical bytes of an [`EntryBody`].
        body: Vec<u8>,
    },
    /// The body is gone for good, says the sender.
    StubFinal(Commitment),
    /// The sender misses the body and would like to have it.
    StubOpen(Commitment),
}

impl Carried {
    /// The commitment that the chain holds, whether the body is here or not.
    pub fn commitment(&self) -> Commitment {
        match self {
            Self::Whole { salt, body } => commitment(salt, body),
            Self::StubFinal(commitment) | Self::StubOpen(commitment) => *commitment,
        }
    }
}

impl Carried {
    /// About how many bytes it takes on the wire.
    pub fn wire_bytes(&self) -> usize {
        match self {
            Self::Whole { body, .. } => body.len() + 20,
            Self::StubFinal(_) | Self::StubOpen(_) => 33,
        }
    }
}

/// Entries of one feed that follow one another, as they travel. Ends at a number whose signature travels with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The audience of the feed.
    pub audience: AudienceId,
    /// The device whose feed it is.
    pub device: DeviceKey,
    /// Number of the first entry.
    pub from: u64,
    /// Hash of the entry before `from`; the feed id before the first.
    pub previous: EntryHash,
    /// The entries, in order.
    pub entries: Vec<Carried>,
    /// Signatures over entry hashes, by number.
    pub signatures: Vec<(u64, Signature)>,
}

impl Run {
    /// The audience that the `open` at the run's beginning gives; none if it begins elsewhere.
    pub fn opened_audience(&self) -> Option<Audience> {
        match self.entries.first() {
            Some(Carried::Whole { body, .. }) if self.from == 1 => match EntryBody::decode(body).ok()?.op {
                Op::Open(open) => Audience::from_open(open.tag, &open.members),
                _ => None,
            },
            _ => None,
        }
    }
}
