//! Both handshakes: which pattern, which bytes in clear, which message when.

use snow::{Builder, HandshakeState, TransportState};

use super::primitives::SeededResolver;
use super::{ChannelError, StaticKey};
use crate::model::NoiseKey;

/// The versions of the protocol that we speak.
///
/// The clear bytes tell which of them the initiator offers; as they are in the prologue, nobody on the way can strike
/// out the better ones.
pub(super) const VERSIONS: [u8; 1] = [1];

/// What a channel is opened for: the first byte on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Two phones meet for the first time, by a code that one shows and the other reads.
    Pairing = 1,
    /// The initiator knows the responder's key already.
    Session = 2,
}

impl Purpose {
    /// The purpose that this first byte names.
    pub(super) fn from_byte(byte: u8) -> Option<Self> {
        [Self::Pairing, Self::Session].into_iter().find(|purpose| *purpose as u8 == byte)
    }

    fn pattern(self) -> &'static str {
        match self {
            Self::Pairing => "Noise_XXpsk0_25519_ChaChaPoly_BLAKE2s",
            Self::Session => "Noise_IK_25519_ChaChaPoly_BLAKE2s",
        }
    }

    /// How long each handshake message is. Payloads are empty, so there is one right length and no need for a cap.
    fn message_bytes(self) -> &'static [u16] {
        match self {
            Self::Pairing => &[48, 96, 64],
            Self::Session => &[96, 48],
        }
    }

    /// How long the initiator's first message is.
    pub(super) fn first_message_bytes(self) -> u16 {
        self.message_bytes().first().copied().unwrap_or_default()
    }
}

/// What one side knows before the first byte.
pub(super) struct Knowledge<'a> {
    pub(super) purpose: Purpose,
    pub(super) key: &'a StaticKey,
    /// Pairing: what the code holds.
    pub(super) psk: Option<&'a [u8; 32]>,
    /// The initiator of a session: whom it dials.
    pub(super) responder: Option<&'a NoiseKey>,
    pub(super) seed: &'a [u8; 32],
}

impl Knowledge<'_> {
    /// Takes up a handshake from the initiator's clear bytes and first message.
    pub(super) fn answer(&self, clear: &[u8], first: &[u8]) -> Result<Handshake, ChannelError> {
        let noise = self.builder(&prologue(clear))?.build_responder().map_err(error)?;
        let mut handshake = Handshake { noise: Box::new(noise), purpose: self.purpose, done: 0 };
        handshake.read(first)?;
        Ok(handshake)
    }

    /// Begins a handshake. Also gives the bytes to send: the clear ones and the first message.
    pub(super) fn initiate(&self) -> Result<(Handshake, Vec<u8>), ChannelError> {
        let count = u8::try_from(VERSIONS.len()).map_err(|_| ChannelError::Internal)?;
        let mut output = vec![self.purpose as u8, count];
        output.extend_from_slice(&VERSIONS);
        let noise = self.builder(&prologue(&output))?.build_initiator().map_err(error)?;
        let mut handshake = Handshake { noise: Box::new(noise), purpose: self.purpose, done: 0 };
        output.extend(handshake.write_if_due()?);
        Ok((handshake, output))
    }

    fn builder<'b>(&'b self, prologue: &'b [u8]) -> Result<Builder<'b>, ChannelError> {
        let pattern = self.purpose.pattern().parse().map_err(error)?;
        let mut builder = Builder::with_resolver(pattern, Box::new(SeededResolver::new(self.seed)))
            .prologue(prologue)
            .and_then(|builder| builder.local_private_key(self.key.as_secret_bytes()))
            .map_err(error)?;
        if let Some(psk) = self.psk {
            builder = builder.psk(0, psk).map_err(error)?;
        }
        if let Some(responder) = self.responder {
            builder = builder.remote_public_key(responder.as_bytes()).map_err(error)?;
        }
        Ok(builder)
    }
}

/// What both sides must have seen alike in clear.
fn prologue(clear: &[u8]) -> Vec<u8> {
    [b"kinweave/1", clear].concat()
}

/// A handshake under way.
pub(super) struct Handshake {
    noise: Box<HandshakeState>,
    purpose: Purpose,
    /// How many of the pattern's messages are done, theirs and ours.
    done: usize,
}

/// What a finished handshake proves.
pub(super) struct Agreement {
    pub(super) noise: TransportState,
    pub(super) purpose: Purpose,
    pub(super) handshake_hash: [u8; 32],
    pub(super) remote_static: NoiseKey,
}

impl Handshake {
    /// How long the message is that has to arrive next.
    pub(super) fn expected_bytes(&self) -> Result<u16, ChannelError> {
        self.purpose.message_bytes().get(self.done).copied().ok_or(ChannelError::Internal)
    }

    /// Reads the next message. Nothing of it is used unless its tags are right.
    pub(super) fn read(&mut self, message: &[u8]) -> Result<(), ChannelError> {
        // No room for a payload: one that is there makes snow fail.
        self.noise.read_message(message, &mut []).map_err(error)?;
        self.done += 1;
        Ok(())
    }

    /// The next message with its length, if it is ours to write.
    pub(super) fn write_if_due(&mut self) -> Result<Vec<u8>, ChannelError> {
        if self.is_finished() || !self.noise.is_my_turn() {
            return Ok(Vec::new());
        }
        let length = self.expected_bytes()?;
        let mut message = vec![0; usize::from(length)];
        let written = self.noise.write_message(&[], &mut message).map_err(error)?;
        if written != message.len() {
            return Err(ChannelError::Internal);
        }
        self.done += 1;
        Ok([&length.to_be_bytes()[..], &message].concat())
    }

    /// Are all messages of the pattern done?
    pub(super) fn is_finished(&self) -> bool {
        self.noise.is_handshake_finished()
    }

    /// Has this side nothing but a first message, which anyone may have recorded and sent again?
    ///
    /// In IK the responder is done after one message that asked nothing of it. Only a frame under the new keys proves
    /// that the dialler is there now.
    pub(super) fn may_be_replayed(&self) -> bool {
        self.purpose == Purpose::Session && !self.noise.is_initiator()
    }

    /// Ends the handshake. Hash and remote key are read first: snow's transport no longer has the hash.
    pub(super) fn finish(self) -> Result<Agreement, ChannelError> {
        let handshake_hash = self.noise.get_handshake_hash().try_into().map_err(|_| ChannelError::Internal)?;
        let remote_static = self.noise.get_remote_static().and_then(NoiseKey::from_slice);
        let remote_static = remote_static.ok_or(ChannelError::Internal)?;
        let noise = self.noise.into_transport_mode().map_err(error)?;
        Ok(Agreement { noise, purpose: self.purpose, handshake_hash, remote_static })
    }
}

fn error(error: snow::Error) -> ChannelError {
    match error {
        // `Dh` is our own refusal of a shared secret of zero: the other side's key is none.
        snow::Error::Decrypt | snow::Error::Dh => ChannelError::WrongKey,
        _ => ChannelError::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_in_a_handshake_message_is_refused() {
        let (dialler, listener) = (StaticKey::from_bytes([1; 32]), StaticKey::from_bytes([2; 32]));
        let public = listener.public();
        let purpose = Purpose::Session;
        let knows = Knowledge { purpose, key: &dialler, psk: None, responder: Some(&public), seed: &[3; 32] };
        let clear = [2, 1, 1];
        let mut noise = knows.builder(b"kinweave/1\x02\x01\x01").unwrap().build_initiator().unwrap();
        let mut first = [0; 97];
        assert_eq!(noise.write_message(b"?", &mut first), Ok(97));
        let knows = Knowledge { purpose, key: &listener, psk: None, responder: None, seed: &[4; 32] };
        assert!(knows.answer(&clear, &first).is_err());
    }

    #[test]
    fn a_responder_key_of_small_order_is_not_dialled() {
        let (key, nobody) = (StaticKey::from_bytes([1; 32]), NoiseKey::from_bytes([0; 32]));
        let purpose = Purpose::Session;
        let knows = Knowledge { purpose, key: &key, psk: None, responder: Some(&nobody), seed: &[3; 32] };
        assert_eq!(knows.initiate().err(), Some(ChannelError::WrongKey));
    }
}
