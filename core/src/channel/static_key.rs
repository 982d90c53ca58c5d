//! The secret by which a device is known on channels.

use std::fmt;

use x25519_dalek::{PublicKey, StaticSecret};

use crate::model::NoiseKey;

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

    /// A second holder inside this room: a responder waits for its first message with keys of its own.
    pub(super) fn duplicate(&self) -> Self {
        Self(self.0.clone())
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
