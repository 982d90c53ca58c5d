//! The secret by which a device is known on channels.

use std::fmt;

use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::model::NoiseKey;
use crate::model::hash::hash;

/// An X25519 secret that outlives a channel.
///
/// Neither `Clone` nor serialisable: each copy is one more place to leak from. It is wiped on drop and prints nothing.
pub struct StaticKey(StaticSecret);

impl StaticKey {
    /// The key with these secret bytes, which the caller drew at random.
    pub fn from_bytes(secret: [u8; 32]) -> Self {
        Self(StaticSecret::from(secret))
    }

    /// What others know of it.
    pub fn public(&self) -> NoiseKey {
        NoiseKey::from_bytes(PublicKey::from(&self.0).to_bytes())
    }

    /// The secret itself, for the app to keep in the platform's key store and nowhere else.
    pub fn as_secret_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// What this phone and one other can compute and nobody else. `None` for a key that is no phone's.
    pub fn pair_secret(&self, other: &NoiseKey) -> Option<PairSecret> {
        let shared = self.0.diffie_hellman(&PublicKey::from(*other.as_bytes()));
        let own = self.public();
        let is_first = own.as_bytes() < other.as_bytes();
        let (first, second) = if is_first { (&own, other) } else { (other, &own) };
        let secret = Zeroizing::new(hash("pair", &[shared.as_bytes(), first.as_bytes(), second.as_bytes()]));
        shared.was_contributory().then_some(PairSecret { secret, is_first })
    }

    /// A second holder inside this room: a responder waits for its first message with keys of its own.
    pub(super) fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }
}

/// A secret of two phones, for finding each other. Wiped on drop; prints nothing.
pub struct PairSecret {
    secret: Zeroizing<[u8; 32]>,
    /// Whether this phone's key sorts before the other's: so the two call in different voices, and neither can be made
    /// to answer its own call.
    is_first: bool,
}

impl PairSecret {
    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        &self.secret
    }

    /// Stands for a call from here to there.
    pub(super) fn calling(&self) -> u8 {
        if self.is_first { 1 } else { 2 }
    }

    /// Stands for a call from there to here.
    pub(super) fn called(&self) -> u8 {
        3 - self.calling()
    }
}

impl fmt::Debug for PairSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairSecret(..)")
    }
}

impl fmt::Debug for StaticKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaticKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_key_prints_nothing_of_itself() {
        assert_eq!(format!("{:?}", StaticKey::from_bytes([7; 32])), "StaticKey(..)");
    }
}
