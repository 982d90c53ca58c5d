//! The one hash of the protocol.

use blake2::{Blake2s256, Digest};

/// `H(label ‖ parts)`: BLAKE2s-256 of u8 length ‖ label, then each part with its u32 length (big-endian).
///
/// Every use has a label of its own, so that a hash made for one purpose can never be passed off for another; every
/// part carries its length, so that moving a byte from one part to its neighbour changes the result.
pub fn hash(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut state = Blake2s256::new();
    state.update([u8::try_from(label.len()).unwrap_or(u8::MAX)]);
    state.update(label.as_bytes());
    for part in parts {
        state.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        state.update(part);
    }
    state.finalize().into()
}

/// The first `N` bytes of `bytes`, zero-padded if there are fewer.
pub fn cut<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut short = [0; N];
    let length = N.min(bytes.len());
    short[..length].copy_from_slice(&bytes[..length]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_split_differently_hash_differently() {
        assert_ne!(hash("a", &[b"bc", b"d"]), hash("a", &[b"b", b"cd"]));
        assert_ne!(hash("ab", &[b"c"]), hash("a", &[b"bc"]));
    }
}
