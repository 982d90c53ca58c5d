//! Entries: numbered, hash-chained, signed links of a feed, and the names of records.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hash::{cut, hash};
use super::hex;
use super::ids::{AudienceId, Commitment, DeviceKey, EntryHash, FeedId, IdError};
use super::limits::NUMBER_MAX;

/// 16 fresh random bytes, kept in the body's row and erased with it, so that nothing can be confirmed by guessing.
pub type Salt = [u8; 16];

/// Where an entry stands within its audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The device whose feed it is.
    pub device: DeviceKey,
    /// Its number in that feed, from 1 to [`NUMBER_MAX`].
    #[serde(deserialize_with = "feed_number")]
    pub number: u64,
}

/// A number that a feed can have; others come from mischief only, and must not reach an index.
fn feed_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = u64::deserialize(deserializer)?;
    if number <= NUMBER_MAX { Ok(number) } else { Err(serde::de::Error::custom("no feed has this number")) }
}

/// A record, named by the position of its `create`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// The audience of the record and of every change to it.
    pub audience: AudienceId,
    /// Where its `create` stands.
    pub position: Position,
    /// The first 8 bytes of that entry's hash: tells apart the two sides of a fork.
    pub check: [u8; 8],
}

impl RecordRef {
    /// The reference to the record created by the entry at `position` with this hash.
    pub fn new(audience: AudienceId, position: Position, entry: &EntryHash) -> Self {
        Self { audience, position, check: cut(entry.as_bytes()) }
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.", self.audience, self.position.device, self.position.number)?;
        hex::write(f, &self.check)
    }
}

impl FromStr for RecordRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(IdError);
        let audience = next()?.parse()?;
        let device = next()?.parse()?;
        let number = next()?.parse().ok().filter(|number| *number <= NUMBER_MAX).ok_or(IdError)?;
        let check = next()?;
        let check = u64::from_str_radix(check, 16).map_err(|_| IdError)?.to_be_bytes();
        let reference = Self { audience, position: Position { device, number }, check };
        if reference.to_string() == text { Ok(reference) } else { Err(IdError) }
    }
}

impl Serialize for RecordRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.audience, self.position, self.check).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for RecordRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom);
        }
        let (audience, position, check) = Deserialize::deserialize(deserializer)?;
        Ok(Self { audience, position, check })
    }
}

/// `H("body" ‖ salt ‖ body)`.
pub fn commitment(salt: &Salt, body: &[u8]) -> Commitment {
    Commitment::from_bytes(hash("body", &[salt, body]))
}

/// The hash of entry `number` after `previous`.
pub fn entry_hash(feed: &FeedId, number: u64, previous: &EntryHash, commitment: &Commitment) -> EntryHash {
    let number = number.to_be_bytes();
    EntryHash::from_bytes(hash("entry", &[feed.as_bytes(), &number, previous.as_bytes(), commitment.as_bytes()]))
}

/// What stands in for the previous hash before entry 1.
pub fn genesis(feed: &FeedId) -> EntryHash {
    EntryHash::from_bytes(*feed.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_from_its_text() {
        let position = Position { device: DeviceKey::from_bytes([3; 32]), number: 12 };
        let reference = RecordRef::new(AudienceId::from_bytes([4; 32]), position, &EntryHash::from_bytes([5; 32]));
        assert_eq!(reference.to_string().parse(), Ok(reference));
        assert_eq!("a.b".parse::<RecordRef>(), Err(IdError));
    }
}
