//! Canonical bytes: what is hashed, signed and sent is written in exactly one way.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The canonical bytes of `value` (postcard).
///
/// Can't fail for the types of this room: none holds a map of unknown length or a type that postcard refuses.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// Reads `bytes` as a `T`, if they are its canonical form and nothing follows.
///
/// Decoding alone would take several forms of one value (a length may be written in more bytes than it needs), and
/// a hash over bytes would then name one value twice: so what was read is written again and compared.
pub fn decode<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (value, rest) = postcard::take_from_bytes::<T>(bytes).ok()?;
    (rest.is_empty() && encode(&value) == bytes).then_some(value)
}

/// Reads what this phone has written for itself. It is in no hash, so there is no second form to look out for, which takes longer
/// than to read.
pub fn decode_own<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shortest_form_of_a_number_is_canonical() {
        assert_eq!(decode::<u64>(&[5]), Some(5));
        assert_eq!(decode::<u64>(&[0x85, 0x00]), None);
        assert_eq!(decode::<u64>(&[5, 0]), None);
    }
}
