//! The responder's side before the first message: what it would answer to, and how much of that it has to read.

use zeroize::Zeroizing;

use super::handshake::{Handshake, Knowledge, VERSIONS};
use super::{ChannelError, Purpose, StaticKey};

/// What a responder answers to. Whoever knows neither the session key nor an open code gets no byte.
pub struct Responder<'a> {
    /// The key that diallers of a session must know.
    pub session_key: &'a StaticKey,
    /// The codes that are open. A newcomer does not say in clear which one it has read, so all are tried.
    pub pairing: &'a [PairingAnswer<'a>],
}

/// One open pairing code, on the inviter's side.
pub struct PairingAnswer<'a> {
    /// The key by which the inviter will be known to the newcomer.
    pub static_key: &'a StaticKey,
    /// What the code makes of its random bytes.
    pub psk: [u8; 32],
}

/// A responder that waits for the initiator's clear bytes and first message, taken as one unit.
pub(super) struct Opening {
    session_key: StaticKey,
    codes: Vec<(StaticKey, Zeroizing<[u8; 32]>)>,
    seed: Zeroizing<[u8; 32]>,
}

/// A first message that authenticated.
pub(super) struct Answered {
    pub(super) handshake: Handshake,
    /// Which of the open codes the newcomer has.
    pub(super) code: Option<usize>,
    pub(super) remote_ephemeral: Option<[u8; 32]>,
}

impl Opening {
    pub(super) fn new(responder: &Responder<'_>, seed: [u8; 32]) -> Self {
        let code = |answer: &PairingAnswer<'_>| (answer.static_key.duplicate(), Zeroizing::new(answer.psk));
        Self {
            session_key: responder.session_key.duplicate(),
            codes: responder.pairing.iter().map(code).collect(),
            seed: Zeroizing::new(seed),
        }
    }

    /// How long the unit is, as far as the bytes held tell. It refuses as early as they allow.
    pub(super) fn unit_bytes(&self, held: &[u8]) -> Result<usize, ChannelError> {
        let Some(&[kind, count]) = held.first_chunk() else { return Ok(2) };
        let purpose = Purpose::from_byte(kind).ok_or(ChannelError::BadClearBytes)?;
        if purpose == Purpose::Pairing && self.codes.is_empty() {
            return Err(ChannelError::PairingNotOpen);
        }
        let clear_bytes = 2 + usize::from(count);
        let Some((clear, rest)) = held.split_at_checked(clear_bytes) else { return Ok(clear_bytes) };
        if !clear.iter().skip(2).any(|version| VERSIONS.contains(version)) {
            return Err(ChannelError::NoCommonVersion);
        }
        let Some(length) = rest.first_chunk() else { return Ok(clear_bytes + 2) };
        let length = u16::from_be_bytes(*length);
        if length != purpose.first_message_bytes() {
            return Err(ChannelError::Malformed);
        }
        Ok(clear_bytes + 2 + usize::from(length))
    }

    /// Reads the whole unit.
    pub(super) fn answer(self, unit: &[u8]) -> Result<Answered, ChannelError> {
        let [kind, count] = *unit.first_chunk().ok_or(ChannelError::Malformed)?;
        let purpose = Purpose::from_byte(kind).ok_or(ChannelError::BadClearBytes)?;
        let (clear, rest) = unit.split_at_checked(2 + usize::from(count)).ok_or(ChannelError::Malformed)?;
        let first = rest.get(2..).ok_or(ChannelError::Malformed)?;
        let (handshake, code) = match purpose {
            Purpose::Pairing => self.pair(clear, first)?,
            Purpose::Session => (self.knows(purpose, &self.session_key, None).answer(clear, first)?, None),
        };
        // Both patterns begin with the bare ephemeral key.
        Ok(Answered { handshake, code, remote_ephemeral: first.first_chunk().copied() })
    }

    fn pair(&self, clear: &[u8], first: &[u8]) -> Result<(Handshake, Option<usize>), ChannelError> {
        for (index, (key, psk)) in self.codes.iter().enumerate() {
            // The same seed for all is safe: randomness is drawn for an answer, and only one of them is written.
            match self.knows(Purpose::Pairing, key, Some(psk)).answer(clear, first) {
                Err(ChannelError::WrongKey) => {}
                result => return result.map(|handshake| (handshake, Some(index))),
            }
        }
        Err(ChannelError::WrongKey)
    }

    fn knows<'a>(&'a self, purpose: Purpose, key: &'a StaticKey, psk: Option<&'a [u8; 32]>) -> Knowledge<'a> {
        Knowledge { purpose, key, psk, responder: None, seed: &self.seed }
    }
}
