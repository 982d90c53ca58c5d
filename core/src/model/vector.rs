//! What a phone holds of an audience: per feed the last number and its hash.

use std::collections::BTreeMap;

use super::hash::hash;
use super::ids::{AudienceId, DeviceKey, EntryHash};

/// The end of a feed as far as it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last number.
    pub number: u64,
    /// The entry hash there.
    pub hash: EntryHash,
}

/// The heads of one audience, by device.
pub type Vector = BTreeMap<DeviceKey, Head>;

/// The digest of one audience's vector; part of the digest over several.
pub fn digest<'a>(vectors: impl IntoIterator<Item = (&'a AudienceId, &'a Vector)>) -> [u8; 32] {
    let mut lines = Vec::new();
    for (audience, vector) in vectors {
        for (device, head) in vector {
            let mut line = Vec::with_capacity(104);
            line.extend_from_slice(audience.as_bytes());
            line.extend_from_slice(device.as_bytes());
            line.extend_from_slice(&head.number.to_be_bytes());
            line.extend_from_slice(head.hash.as_bytes());
            lines.push(line);
        }
    }
    lines.sort_unstable();
    hash("digest", &lines.iter().map(Vec::as_slice).collect::<Vec<_>>())
}
