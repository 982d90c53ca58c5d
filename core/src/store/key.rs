//! The key of the database: told to SQLCipher, told from a wrong one, and not kept.

use std::hint::black_box;

use rusqlite::Connection;

use crate::model::hash::{cut, hash};

/// 16 bytes that tell this key from any other, kept beside the database.
pub type KeyCheck = [u8; 16];

/// The check of this key.
///
/// Without a salt, and that is no help to a guesser: keys are 32 random bytes, or the output of Argon2id under a salt of
/// its own, so that one guess costs as much with this file as with the database.
pub fn check(key: &[u8; 32]) -> KeyCheck {
    cut(&hash("key check", &[key]))
}

/// Tells SQLCipher the key, raw: it is as good as random, and SQLCipher's own derivation would take 200 ms.
///
/// Through the call and not `PRAGMA key`: that would leave the key behind in the text of a statement.
pub fn tell(connection: &Connection, key: &[u8; 32]) -> rusqlite::Result<()> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 67];
    text[..2].copy_from_slice(b"x'");
    text[66] = b'\'';
    for (pair, byte) in text[2..66].chunks_exact_mut(2).zip(key) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    let told = connection.key(None::<&str>, &text[..], false);
    // As good as it gets without unsafe code: the compiler is asked, not forced, to really overwrite it.
    text.fill(0);
    black_box(&text);
    told
}
