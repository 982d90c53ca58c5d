//! What snow computes with: its own cipher and hash, our X25519, and randomness from a seed.

use snow::Error;
use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::{CryptoResolver, DefaultResolver};
use snow::types::{Cipher, Dh, Hash, Random};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::model::hash::hash;

/// Hands snow its primitives for one handshake.
pub(super) struct SeededResolver {
    seed: Zeroizing<[u8; 32]>,
}

impl SeededResolver {
    /// A resolver whose randomness follows from `seed` alone, so that a world replays byte for byte.
    ///
    /// A seed is for one channel. A second one would repeat the ephemeral key, with it perhaps both transport keys, and
    /// then two plaintexts under one nonce: their XOR is on the wire, and the authenticator's key can be computed.
    pub(super) fn new(seed: &[u8; 32]) -> Self {
        Self { seed: Zeroizing::new(*seed) }
    }
}

impl CryptoResolver for SeededResolver {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(SeededRandom { seed: self.seed.clone(), counter: 0 }))
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        matches!(choice, DHChoice::Curve25519).then(|| Box::new(X25519::new([0; 32])) as Box<dyn Dh>)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        DefaultResolver.resolve_hash(choice)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        DefaultResolver.resolve_cipher(choice)
    }
}

/// A seed stretched by the protocol's hash: block i is `H("noise rng" ‖ seed ‖ i)`.
struct SeededRandom {
    seed: Zeroizing<[u8; 32]>,
    counter: u64,
}

impl Random for SeededRandom {
    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
        for part in dest.chunks_mut(32) {
            let block = Zeroizing::new(hash("noise rng", &[&*self.seed, &self.counter.to_be_bytes()]));
            for (byte, random) in part.iter_mut().zip(block.iter()) {
                *byte = *random;
            }
            self.counter = self.counter.checked_add(1).ok_or(Error::Rng)?;
        }
        Ok(())
    }
}

/// X25519 that wipes its secret and refuses a shared secret of zero.
///
/// snow's own does neither. Noise permits zero, but then a peer that sends one of the few points of small order fixes
/// the result without knowing any secret; no honest key ever gives it, so refusing costs nothing.
struct X25519 {
    secret: StaticSecret,
    public: PublicKey,
}

impl X25519 {
    fn new(secret: [u8; 32]) -> Self {
        let secret = StaticSecret::from(secret);
        let public = PublicKey::from(&secret);
        Self { secret, public }
    }
}

impl Dh for X25519 {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        32
    }

    fn priv_len(&self) -> usize {
        32
    }

    fn set(&mut self, privkey: &[u8]) {
        // The trait lets no error out. A secret of a wrong length cannot come from a `StaticKey`; were it to, the key
        // of zeros known to everyone authenticates as nobody we know.
        *self = Self::new(privkey.try_into().unwrap_or([0; 32]));
    }

    fn generate(&mut self, rng: &mut dyn Random) -> Result<(), Error> {
        let mut secret = Zeroizing::new([0; 32]);
        rng.try_fill_bytes(&mut *secret)?;
        *self = Self::new(*secret);
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        self.public.as_bytes()
    }

    fn privkey(&self) -> &[u8] {
        self.secret.as_bytes()
    }

    fn dh(&self, pubkey: &[u8], out: &mut [u8]) -> Result<(), Error> {
        // snow passes a buffer as long as its longest curve needs: the key is at the front.
        let theirs: [u8; 32] = *pubkey.first_chunk().ok_or(Error::Dh)?;
        let shared = self.secret.diffie_hellman(&PublicKey::from(theirs));
        if !shared.was_contributory() {
            return Err(Error::Dh);
        }
        out.first_chunk_mut().ok_or(Error::Dh).map(|out| *out = shared.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn randomness_follows_from_the_seed_and_never_repeats_a_block() {
        let draw = |seed: u8| {
            let mut bytes = [0; 80];
            SeededResolver::new(&[seed; 32]).resolve_rng().unwrap().try_fill_bytes(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_ne!(draw(1)[..32], draw(1)[32..64]);
    }

    #[test]
    fn a_point_of_small_order_is_refused() {
        let mut shared = [0; 56];
        assert_eq!(X25519::new([7; 32]).dh(&[0; 56], &mut shared), Err(Error::Dh));
        assert_eq!(X25519::new([7; 32]).dh(X25519::new([8; 32]).pubkey(), &mut shared), Ok(()));
    }
}
