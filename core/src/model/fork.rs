//! A feed with two entries at one number: a restored phone wrote on from an old place, or somebody copied it.

use super::entry::{entry_hash, genesis};
use super::hash::hash;
use super::ids::{AudienceId, CircleId, Commitment, DeviceKey, EntryHash, FeedId, Signature};

/// A feed with two entries at one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The audience of the feed.
    pub audience: AudienceId,
    /// The device that signed both.
    pub device: DeviceKey,
    /// Whether it is known from where on; else what came begins too late to tell.
    pub is_proven: bool,
}

/// One side of a fork: what follows where two copies of a device parted. It is a feed of its own from there on, so that both
/// sides travel, count and stay (decisions/0028).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// The audience of the feed.
    pub audience: AudienceId,
    /// The device that signed it.
    pub device: DeviceKey,
    /// The first number that differs.
    pub from: u64,
    /// The hash of the entry before, which the sides share; the feed id before the first.
    pub previous: EntryHash,
    /// The hash of this side's first entry.
    pub first: EntryHash,
}

impl Side {
    /// What stands in the place of a device key for the feed of this side: `H("side" ‖ first)`. Nobody signs with it.
    pub fn key(&self) -> DeviceKey {
        DeviceKey::from_bytes(hash("side", &[self.first.as_bytes()]))
    }
}

/// That a device wrote two things at one number: each side from there to its first signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkProof {
    /// The audience of the feed.
    pub audience: AudienceId,
    /// The device that signed both.
    pub device: DeviceKey,
    /// The first number that differs.
    pub from: u64,
    /// The hash of the entry before.
    pub previous: EntryHash,
    /// Both sides.
    pub sides: [SideProof; 2],
}

/// One half of a [`ForkProof`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideProof {
    /// The commitments of its entries, from the first one that differs.
    pub commitments: Vec<Commitment>,
    /// The device's signature over the last of their hashes.
    pub signature: Signature,
}

impl ForkProof {
    /// The hashes of a side's first and last entry; none without entries.
    pub fn ends(&self, circle: &CircleId, side: &SideProof) -> Option<(EntryHash, EntryHash)> {
        let feed = FeedId::of(circle, &self.device, &self.audience);
        let mut hashes = (self.from..).zip(&side.commitments).scan(self.previous, |previous, (number, commitment)| {
            *previous = entry_hash(&feed, number, previous, commitment);
            Some(*previous)
        });
        let first = hashes.next()?;
        Some((first, hashes.last().unwrap_or(first)))
    }

    /// The sides that it is about, unless it contradicts itself. Whether the signatures hold is another question.
    pub fn sides(&self, circle: &CircleId) -> Option<[Side; 2]> {
        let Self { audience, device, from, previous, .. } = *self;
        let begins = from > 1 || previous == genesis(&FeedId::of(circle, &device, &audience));
        let [a, b] = &self.sides;
        let (a, b) = (self.ends(circle, a)?.0, self.ends(circle, b)?.0);
        let side = |first| Side { audience, device, from, previous, first };
        (begins && from > 0 && a != b).then(|| [side(a), side(b)])
    }
}
