//! What a phone puts on the air to be found: nothing that anyone but the phones it is paired with can read.

use std::collections::BTreeSet;
use std::fmt::Write;

use zeroize::Zeroizing;

use super::static_key::PairSecret;
use crate::model::hash::{cut, hash};
use crate::model::limits::{BEACON_TOKENS_MAX, BEACON_TOKENS_MIN};

const RANDOM_BYTES: usize = 8;
const TOKEN_BYTES: usize = 6;

/// Random bytes, and for each phone that may come a token that only it and this one can compute from them.
///
/// There is no clock in it, no name, no key and no circle. A new one has nothing in common with the last; its tokens are
/// padded with random ones to 8 or 16, so that it doesn't say how many phones there are, and sorted, so that it doesn't
/// say which is whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beacon {
    random: [u8; RANDOM_BYTES],
    tokens: BTreeSet<[u8; TOKEN_BYTES]>,
}

impl Beacon {
    /// A beacon for these phones, all of whose randomness follows from `seed`. Of more than [`BEACON_TOKENS_MAX`] phones
    /// it names some, others with another seed.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a PairSecret>, seed: &[u8; 32]) -> Self {
        let drawn = |purpose: &str, number: u64| {
            Zeroizing::new(hash("beacon", &[seed, purpose.as_bytes(), &number.to_be_bytes()]))
        };
        let random = cut(&*drawn("random", 0));
        let mut named: Vec<_> = secrets.into_iter().map(|secret| token(secret, secret.calling(), &random)).collect();
        // Tokens are as good as random: their order draws lots.
        named.sort_unstable();
        named.truncate(BEACON_TOKENS_MAX);
        let size = if named.len() <= BEACON_TOKENS_MIN { BEACON_TOKENS_MIN } else { BEACON_TOKENS_MAX };
        let mut tokens: BTreeSet<_> = named.into_iter().collect();
        let mut padding = 0;
        while tokens.len() < size {
            tokens.insert(cut(&*drawn("padding", padding)));
            padding += 1;
        }
        Self { random, tokens }
    }

    /// Whether the phone with whom this secret is shared put it there, for us.
    pub fn is_from(&self, secret: &PairSecret) -> bool {
        self.tokens.contains(&token(secret, secret.called(), &self.random))
    }

    /// As hexadecimal digits, which every system's service records carry unchanged.
    pub fn to_text(&self) -> String {
        let bytes = self.random.iter().chain(self.tokens.iter().flatten());
        bytes.fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Reads the text; `None` for any other.
    pub fn from_text(text: &str) -> Option<Self> {
        let lengths = [BEACON_TOKENS_MIN, BEACON_TOKENS_MAX].map(|tokens| 2 * (RANDOM_BYTES + tokens * TOKEN_BYTES));
        if !lengths.contains(&text.len()) || !text.is_ascii() {
            return None;
        }
        let byte = |at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        let bytes: Vec<u8> = (0..text.len()).step_by(2).map(byte).collect::<Option<_>>()?;
        let (random, tokens) = bytes.split_at_checked(RANDOM_BYTES)?;
        Some(Self { random: cut(random), tokens: tokens.chunks(TOKEN_BYTES).map(cut).collect() })
    }
}

fn token(secret: &PairSecret, direction: u8, random: &[u8; RANDOM_BYTES]) -> [u8; TOKEN_BYTES] {
    cut(&hash("beacon token", &[secret.as_bytes(), &[direction], random]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::StaticKey;

    fn secret(own: u8, other: u8) -> PairSecret {
        let [own, other] = [own, other].map(|byte| StaticKey::from_bytes([byte; 32]));
        own.pair_secret(&other.public()).unwrap()
    }

    #[test]
    fn the_phones_it_is_for_know_it_and_nobody_else_does() {
        let beacon = Beacon::new([&secret(1, 2), &secret(1, 3)], &[7; 32]);
        assert!(beacon.is_from(&secret(2, 1)) && beacon.is_from(&secret(3, 1)));
        assert!(!beacon.is_from(&secret(4, 1)), "not for this phone");
        assert!(!beacon.is_from(&secret(2, 3)), "not from that phone");
        assert!(!beacon.is_from(&secret(1, 2)), "one's own call isn't an answer");
    }

    #[test]
    fn two_beacons_of_one_phone_share_nothing() {
        let secrets = [secret(1, 2), secret(1, 3)];
        let [one, two] = [[7; 32], [8; 32]].map(|seed| Beacon::new(&secrets, &seed));
        assert_ne!(one.random, two.random);
        assert!(one.tokens.is_disjoint(&two.tokens));
    }

    #[test]
    fn it_is_as_long_for_one_phone_as_for_eight_and_for_nine_as_for_sixteen_and_more() {
        let count = |phones: u8| {
            let secrets: Vec<_> = (0..phones).map(|other| secret(1, 10 + other)).collect();
            Beacon::new(&secrets, &[7; 32]).tokens.len()
        };
        assert_eq!([0, 1, 8, 9, 16, 40].map(count), [8, 8, 8, 16, 16, 16]);
    }

    #[test]
    fn it_reads_back_from_its_text_and_nothing_else_does() {
        let beacon = Beacon::new([&secret(1, 2)], &[7; 32]);
        let text = beacon.to_text();
        assert_eq!(Beacon::from_text(&text), Some(beacon));
        let bad = [String::new(), text.replace(|digit: char| digit.is_ascii_digit(), "g"), text[2..].to_owned()];
        for bad in bad.into_iter().chain(["é".repeat(text.len() / 2)]) {
            assert_eq!(Beacon::from_text(&bad), None, "{bad}");
        }
        assert!(text.len() < 250, "a service record has room for 255 bytes");
    }
}
