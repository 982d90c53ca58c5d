//! Bytes as lower-case hex, and back. A list of a thousand records has some ten thousand ids in it, and formatting bytes one by
//! one would be most of what it costs to hand it to an app.

use std::fmt;

const DIGITS: [u8; 16] = *b"0123456789abcdef";
const CHUNK: usize = 32;

/// Writes these bytes as lower-case hex.
pub fn write(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    let mut text = [0; 2 * CHUNK];
    for chunk in bytes.chunks(CHUNK) {
        for (pair, byte) in text.chunks_exact_mut(2).zip(chunk) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text[..2 * chunk.len()]).map_err(|_| fmt::Error)?)?;
    }
    Ok(())
}

/// Fills `bytes` from hex of exactly their length, in either case.
pub fn read(text: &str, bytes: &mut [u8]) -> Option<()> {
    let digits = text.as_bytes();
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(())
}

const fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Hex<'a>(&'a [u8]);

    impl fmt::Display for Hex<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write(f, self.0)
        }
    }

    #[test]
    fn every_byte_goes_there_and_back() {
        let all: Vec<u8> = (0..=255).collect();
        let text = Hex(&all).to_string();
        assert!(text.starts_with("000102") && text.ends_with("fdfeff"));
        let mut back = vec![0; 256];
        assert_eq!(read(&text, &mut back), Some(()));
        assert_eq!(back, all);
        assert_eq!(read(&text.to_uppercase(), &mut back), Some(()));
    }

    #[test]
    fn nothing_else_is_hex() {
        let mut byte = [0];
        for text in ["", "0", "000", "+1", "g0", "0G", " 1", "é"] {
            assert_eq!(read(text, &mut byte), None, "{text:?}");
        }
    }
}
