//! Signatures. Every one is over a label of its own, so that none can be passed off for another.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::model::roster_event::{DeviceAdd, pop_hash};
use crate::model::{CircleId, DeviceKey, MemberId, Signature};

/// What a signature is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An entry's hash.
    Entry,
    /// A handshake: that this session is mine.
    Hello,
    /// That I hold the key which another device of mine adds.
    Possession,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Entry => b"sig",
            Self::Hello => b"hello",
            Self::Possession => b"pop",
        }
    }

    fn message(self, hash: &[u8; 32]) -> Vec<u8> {
        [self.label(), hash].concat()
    }
}

/// A device's signing key. It is wiped when dropped and can't be cloned or printed.
pub struct SignKey(SigningKey);

impl SignKey {
    /// The key with these secret bytes.
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The secret bytes, for the encrypted store and nothing else.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public key, which names the device.
    pub fn device(&self) -> DeviceKey {
        DeviceKey::from_bytes(self.0.verifying_key().to_bytes())
    }

    /// Signs `hash` for `purpose`.
    pub fn sign(&self, purpose: Purpose, hash: &[u8; 32]) -> Signature {
        Signature::from_bytes(self.0.sign(&purpose.message(hash)).to_bytes())
    }
}

impl fmt::Debug for SignKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignKey(..)")
    }
}

/// Whether `device` signed `hash` for `purpose`.
///
/// Strict verification only: batch verification accepts other sets of signatures, and a verdict must be the same on
/// every phone.
pub fn verify(device: &DeviceKey, purpose: Purpose, hash: &[u8; 32], signature: &Signature) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(device.as_bytes()) else { return false };
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    key.verify_strict(&purpose.message(hash), &signature).is_ok()
}

/// Whether the device that `add` brings has signed that it is to be this member's: nobody can add a device that isn't there.
pub fn is_proven(circle: &CircleId, member: &MemberId, add: &DeviceAdd) -> bool {
    let hash = pop_hash(circle, member, &add.keys, &add.handshake_hash);
    verify(&add.keys.sign_key, Purpose::Possession, &hash, &add.pop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_one_purpose_one_hash_and_one_key() {
        let [key, other] = [1, 2].map(|byte| SignKey::from_bytes(&[byte; 32]));
        let signature = key.sign(Purpose::Entry, &[7; 32]);
        assert!(verify(&key.device(), Purpose::Entry, &[7; 32], &signature));
        assert!(!verify(&key.device(), Purpose::Hello, &[7; 32], &signature));
        assert!(!verify(&key.device(), Purpose::Entry, &[8; 32], &signature));
        assert!(!verify(&other.device(), Purpose::Entry, &[7; 32], &signature));
    }

    #[test]
    fn a_key_never_shows_itself() {
        assert_eq!(format!("{:?}", SignKey::from_bytes(&[9; 32])), "SignKey(..)");
    }
}
