//! The four words that both screens show, so that two people can tell that nobody stands between their phones.

use crate::model::hash::hash;

/// 2,048 words, one a line: 11 bits each.
const LIST: &str = include_str!("../../words/sas.en.txt");
/// The language and version of the list; both sides must mean the same words.
pub const WORD_LIST: &str = "en-1";
const WORDS: usize = 4;

/// Four words = 44 bits of `H("sas" ‖ handshake hash ‖ both nonces)`. The inviter committed to a nonce before the
/// newcomer chose theirs, so a man in the middle has one try in 2⁴⁴.
pub fn four_words(handshake_hash: &[u8; 32], inviter_nonce: &[u8; 16], newcomer_nonce: &[u8; 16]) -> [&'static str; 4] {
    let digest = hash("sas", &[handshake_hash, inviter_nonce, newcomer_nonce]);
    let bits = digest.iter().take(8).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    let mut words = [""; WORDS];
    for (index, word) in words.iter_mut().enumerate() {
        let number = bits >> (64 - 11 * (index + 1)) & 0x7ff;
        *word = LIST.lines().nth(number as usize).unwrap_or_default();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_2048_different_words() {
        let words: std::collections::BTreeSet<_> = LIST.lines().collect();
        assert_eq!(words.len(), 2_048);
        assert!(words.iter().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn the_words_depend_on_all_that_was_said() {
        let words = four_words(&[1; 32], &[2; 16], &[3; 16]);
        assert!(words.iter().all(|word| !word.is_empty()));
        assert_ne!(words, four_words(&[9; 32], &[2; 16], &[3; 16]));
        assert_ne!(words, four_words(&[1; 32], &[9; 16], &[3; 16]));
        assert_ne!(words, four_words(&[1; 32], &[2; 16], &[9; 16]));
    }
}
