//! A channel from its first byte to its last: bytes of a pipe on one side, messages on the other, no socket inside.

use std::fmt;
use std::mem;

use snow::TransportState;

use super::frame::{FrameReader, FrameWriter, ciphertext_bytes};
use super::handshake::{Agreement, Handshake, Knowledge};
use super::opening::{Opening, Responder};
use super::{ChannelError, Purpose, StaticKey};
use crate::model::NoiseKey;

/// What came out of the bytes that arrived.
#[derive(Clone, PartialEq, Eq)]
pub enum ChannelEvent {
    /// The peer holds the secret of `remote_static` and is there now; from here on messages can be sent.
    ///
    /// The responder of a session hears this only with the initiator's first frame, because the handshake before it may
    /// be a recording: the initiator always speaks first.
    Established {
        /// What the initiator asked for.
        purpose: Purpose,
        /// The same on both sides, and on no other channel.
        handshake_hash: [u8; 32],
        /// Who is there. Whether that key is one we know is for the caller to judge.
        remote_static: NoiseKey,
    },
    /// A message, whole.
    Message(Vec<u8>),
}

impl fmt::Debug for ChannelEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Established { purpose, remote_static, .. } => {
                write!(f, "Established({purpose:?}, {remote_static:?})")
            }
            // Never the content: this is what ends up in a log.
            Self::Message(message) => write!(f, "Message({} bytes)", message.len()),
        }
    }
}

/// One end of a channel.
///
/// Bytes go in by [`receive`](Self::receive) in any portions and come out by [`take_output`](Self::take_output). After
/// an error from `receive` it is dead and gives not one byte more, not even a reason: what we say to someone who failed
/// to authenticate, we say to a stranger.
pub struct Channel {
    state: State,
    /// The part of the next unit that has arrived: at most one handshake message or one frame.
    held: Vec<u8>,
    /// Handshake bytes not yet taken. Frames are sealed only when they are taken.
    output: Vec<u8>,
    pairing_code: Option<usize>,
    remote_ephemeral: Option<[u8; 32]>,
}

enum State {
    /// The responder before the first message.
    Opening(Opening),
    Handshake(Handshake),
    Transport(Box<Transport>),
    /// After an error; keys and queues are gone.
    Closed,
}

struct Transport {
    noise: TransportState,
    reader: FrameReader,
    writer: FrameWriter,
    /// Told with the first frame that opens.
    unproven: Option<ChannelEvent>,
}

impl Channel {
    /// The newcomer's end of a pairing. `psk` comes from the code, `seed` is random and used for nothing else, ever.
    pub fn initiate_pairing(key: &StaticKey, psk: [u8; 32], seed: [u8; 32]) -> Result<Self, ChannelError> {
        let psk = Some(&psk);
        Self::initiate(&Knowledge { purpose: Purpose::Pairing, key, psk, responder: None, seed: &seed })
    }

    /// The dialler's end of a session with the phone that holds `responder`. `seed` is random and used for nothing
    /// else.
    pub fn initiate_session(key: &StaticKey, responder: &NoiseKey, seed: [u8; 32]) -> Result<Self, ChannelError> {
        let responder = Some(responder);
        Self::initiate(&Knowledge { purpose: Purpose::Session, key, psk: None, responder, seed: &seed })
    }

    /// The end of whoever was dialled; the first bytes tell what for. `seed` is random and used for nothing else.
    pub fn accept(responder: Responder<'_>, seed: [u8; 32]) -> Self {
        Self::in_state(State::Opening(Opening::new(&responder, seed)), Vec::new())
    }

    fn initiate(knowledge: &Knowledge<'_>) -> Result<Self, ChannelError> {
        let (handshake, output) = knowledge.initiate()?;
        Ok(Self::in_state(State::Handshake(handshake), output))
    }

    fn in_state(state: State, output: Vec<u8>) -> Self {
        Self { state, held: Vec::new(), output, pairing_code: None, remote_ephemeral: None }
    }

    /// Takes bytes that arrived, in any portions, and tells what they amount to.
    ///
    /// On an error the channel is dead, and with it go the events of the same portion: messages lost this way were
    /// never acknowledged, so the peer sends them again on the next channel.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<Vec<ChannelEvent>, ChannelError> {
        let mut events = Vec::new();
        let result = self.read(bytes, &mut events);
        if let Err(error) = result {
            self.state = State::Closed;
            self.held = Vec::new();
            self.output = Vec::new();
            return Err(error);
        }
        Ok(events)
    }

    /// Queues one message. An error here leaves the channel as it was.
    pub fn send(&mut self, message: &[u8]) -> Result<(), ChannelError> {
        match &mut self.state {
            State::Transport(transport) if transport.unproven.is_none() => transport.writer.push(message),
            State::Closed => Err(ChannelError::Closed),
            _ => Err(ChannelError::NotEstablished),
        }
    }

    /// The bytes to write to the pipe now. All messages queued since the last call share frames, so whoever calls this
    /// after every message pays, and shows, a frame for each.
    pub fn take_output(&mut self) -> Vec<u8> {
        let mut output = mem::take(&mut self.output);
        if let State::Transport(transport) = &mut self.state {
            match transport.writer.seal(&mut transport.noise) {
                Ok(frames) => output.extend(frames),
                Err(_) => self.state = State::Closed,
            }
        }
        output
    }

    /// Which of the [`Responder`]'s codes the newcomer has, once its first message is read.
    pub fn pairing_code(&self) -> Option<usize> {
        self.pairing_code
    }

    /// As responder, the initiator's ephemeral key, once its first message is read.
    ///
    /// A caller that has met it before under the same code drops the channel before it takes any output: then a
    /// replayed first message is answered with no byte, as a wrong one is.
    pub fn remote_ephemeral(&self) -> Option<[u8; 32]> {
        self.remote_ephemeral
    }

    /// Gathers bytes to whole units, each read as soon as it is complete. So the portions in which they arrive change
    /// nothing, and never more than one unit waits.
    fn read(&mut self, mut bytes: &[u8], events: &mut Vec<ChannelEvent>) -> Result<(), ChannelError> {
        loop {
            let missing = self.unit_bytes()?.saturating_sub(self.held.len());
            if missing == 0 {
                let unit = mem::take(&mut self.held);
                self.read_unit(&unit, events)?;
            } else if bytes.is_empty() {
                return Ok(());
            } else {
                let (part, rest) = bytes.split_at(missing.min(bytes.len()));
                self.held.extend_from_slice(part);
                bytes = rest;
            }
        }
    }

    /// How long the unit being gathered is, as far as its first bytes tell; more than nothing, in every state.
    fn unit_bytes(&self) -> Result<usize, ChannelError> {
        match &self.state {
            State::Opening(opening) => opening.unit_bytes(&self.held),
            State::Handshake(handshake) => match self.held.first_chunk() {
                None => Ok(2),
                Some(length) if u16::from_be_bytes(*length) == handshake.expected_bytes()? => {
                    Ok(2 + usize::from(handshake.expected_bytes()?))
                }
                Some(_) => Err(ChannelError::Malformed),
            },
            State::Transport(_) => match self.held.first() {
                None => Ok(1),
                Some(size) => Ok(1 + ciphertext_bytes(*size)?),
            },
            State::Closed => Err(ChannelError::Closed),
        }
    }

    fn read_unit(&mut self, unit: &[u8], events: &mut Vec<ChannelEvent>) -> Result<(), ChannelError> {
        // While a unit is read the channel counts as closed, so that no way out of here leaves half a state behind.
        self.state = match mem::replace(&mut self.state, State::Closed) {
            State::Opening(opening) => {
                let answered = opening.answer(unit)?;
                self.pairing_code = answered.code;
                self.remote_ephemeral = answered.remote_ephemeral;
                self.advance(answered.handshake, events)?
            }
            State::Handshake(mut handshake) => {
                handshake.read(unit.get(2..).unwrap_or_default())?;
                self.advance(handshake, events)?
            }
            State::Transport(mut transport) => {
                transport.read(unit.get(1..).unwrap_or_default(), events)?;
                State::Transport(transport)
            }
            State::Closed => return Err(ChannelError::Closed),
        };
        Ok(())
    }

    /// What follows on a handshake message just read: our own, if it is our turn, and perhaps the end of the handshake.
    fn advance(&mut self, mut handshake: Handshake, events: &mut Vec<ChannelEvent>) -> Result<State, ChannelError> {
        self.output.extend(handshake.write_if_due()?);
        if !handshake.is_finished() {
            return Ok(State::Handshake(handshake));
        }
        let may_be_replayed = handshake.may_be_replayed();
        let Agreement { noise, purpose, handshake_hash, remote_static } = handshake.finish()?;
        let established = ChannelEvent::Established { purpose, handshake_hash, remote_static };
        let mut transport =
            Transport { noise, reader: FrameReader::default(), writer: FrameWriter::default(), unproven: None };
        if may_be_replayed {
            transport.unproven = Some(established);
        } else {
            events.push(established);
        }
        Ok(State::Transport(Box::new(transport)))
    }
}

impl Transport {
    fn read(&mut self, ciphertext: &[u8], events: &mut Vec<ChannelEvent>) -> Result<(), ChannelError> {
        let mut messages = Vec::new();
        self.reader.open(ciphertext, &mut self.noise, &mut messages)?;
        events.extend(self.unproven.take());
        events.extend(messages.into_iter().map(ChannelEvent::Message));
        Ok(())
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.state {
            State::Opening(_) => "Channel(opening)",
            State::Handshake(_) => "Channel(handshake)",
            State::Transport(_) => "Channel(transport)",
            State::Closed => "Channel(closed)",
        })
    }
}
