//! The pairing code: where the inviter listens and the secret of one pairing, as text that can be read aloud.

use std::net::SocketAddr;

use crate::model::codec;
use crate::model::hash::hash;

/// The letters of a code: no 0, 1, 8 or 9, which are mistaken for letters (RFC 4648 base32).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const GROUP: usize = 4;
const ADDRESSES_MAX: usize = 4;
const TEXT_BYTES_MAX: usize = 512;

/// What a pairing code carries. It names no circle and no person.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode {
    /// Where the inviter listens, the likeliest first.
    pub addresses: Vec<SocketAddr>,
    /// The secret of this one pairing. Anything shorter would need a password-authenticated exchange.
    pub secret: [u8; 16],
}

impl std::fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PairingCode(..)")
    }
}

/// The text isn't a pairing code; most likely a letter was misheard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeError;

impl PairingCode {
    /// The key that both sides mix into the handshake.
    pub fn psk(&self) -> [u8; 32] {
        hash("pair psk", &[&self.secret])
    }

    /// Groups of four letters; the last group's last letter checks the rest.
    pub fn to_text(&self) -> String {
        let mut letters = base32(&codec::encode(&(&self.addresses, self.secret)));
        letters.push(check_letter(&letters));
        let letters: Vec<char> = letters.iter().map(|letter| char::from(*letter)).collect();
        letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// Reads a code in any case, with or without the dashes and blanks between groups.
    pub fn from_text(text: &str) -> Result<Self, CodeError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(CodeError);
        }
        let letters: Vec<u8> = text.bytes().filter(|b| *b != b'-' && !b.is_ascii_whitespace()).collect();
        let letters = letters.to_ascii_uppercase();
        let (check, letters) = letters.split_last().ok_or(CodeError)?;
        if check_letter(letters) != *check {
            return Err(CodeError);
        }
        let bytes = from_base32(letters).ok_or(CodeError)?;
        let (addresses, secret) = codec::decode::<(Vec<SocketAddr>, [u8; 16])>(&bytes).ok_or(CodeError)?;
        if addresses.len() > ADDRESSES_MAX { Err(CodeError) } else { Ok(Self { addresses, secret }) }
    }
}

fn check_letter(letters: &[u8]) -> u8 {
    let [first, ..] = hash("pair check", &[letters]);
    ALPHABET[usize::from(first & 31)]
}

fn base32(bytes: &[u8]) -> Vec<u8> {
    let mut letters = Vec::with_capacity(bytes.len() * 8 / 5 + 2);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xffff;
        held += 8;
        while held >= 5 {
            held -= 5;
            letters.push(ALPHABET[(bits >> held & 31) as usize]);
        }
    }
    if held > 0 {
        letters.push(ALPHABET[(bits << (5 - held) & 31) as usize]);
    }
    letters
}

fn from_base32(letters: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut bits, mut held) = (0u32, 0u32);
    for letter in letters {
        let value = ALPHABET.iter().position(|known| known == letter)?;
        bits = (bits << 5 | u32::try_from(value).ok()?) & 0xffff;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    // Bits that are left over must be zero: a code has one text.
    (held < 5 && bits & ((1 << held) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_code() -> PairingCode {
        PairingCode { addresses: vec!["192.168.1.20:47000".parse().unwrap()], secret: [0x5a; 16] }
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let text = a_code().to_text();
        assert_eq!(PairingCode::from_text(&text), Ok(a_code()));
        assert_eq!(PairingCode::from_text(&text.to_lowercase().replace('-', " ")), Ok(a_code()));
        assert!(text.len() <= 60, "{text}");
    }

    #[test]
    fn a_misheard_letter_is_nearly_always_noticed() {
        let text = a_code().to_text();
        let mut taken = 0;
        for at in (0..text.len()).filter(|at| text.as_bytes()[*at] != b'-') {
            let mut wrong = text.clone().into_bytes();
            wrong[at] = if wrong[at] == b'Q' { b'R' } else { b'Q' };
            taken += usize::from(PairingCode::from_text(std::str::from_utf8(&wrong).unwrap()).is_ok());
        }
        assert!(taken <= 4, "{taken}");
        assert_eq!(PairingCode::from_text(""), Err(CodeError));
        assert_eq!(PairingCode::from_text("0000"), Err(CodeError));
    }
}
