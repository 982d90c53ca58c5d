//! What goes into a session and what comes out.

use crate::model::{AudienceId, DeviceKey, MemberId, NoiseKey, WallMinutes};

/// Something that a session is told.
#[derive(Clone, PartialEq, Eq)]
pub enum Event {
    /// The channel stands. First, and once.
    Established {
        /// The same on both sides, and on no other channel.
        handshake_hash: [u8; 32],
        /// Who is there.
        remote_noise_key: NoiseKey,
    },
    /// A message arrived. Answers come with the next [`Event::Flush`].
    Message(Vec<u8>),
    /// All messages of a portion of bytes have been delivered: what they brought is committed at once, and answered.
    Flush,
    /// Entries of these audiences were committed here, by the app or by way of another session.
    NewEntries(Vec<AudienceId>),
    /// The time that was asked for has passed.
    Timer,
    /// The app wants to end.
    Close,
}

/// What a session wants done. In this order: send, tell, arm, close.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// Messages for the peer. Handed to the channel together, they share frames.
    pub send: Vec<Vec<u8>>,
    /// Audiences in which something is different now: for observers, and as [`Event::NewEntries`] for other sessions.
    pub changed: Vec<AudienceId>,
    /// The peer sent something without its body: see [`Session::held_back`](super::Session::held_back).
    pub held_back: bool,
    /// Wants [`Event::Timer`] in so many milliseconds. Never more than one at a time is asked for.
    pub timer_ms: Option<u64>,
    /// The peer has proved who it is.
    pub met: Option<Meeting>,
    /// Both sides have said that there is nothing more, for now.
    pub done: Option<Summary>,
    /// The session is over: send what is in `send`, then hang up. From here on it answers nothing.
    pub close: Option<CloseReason>,
}

/// Who was met, and what it claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The device.
    pub device: DeviceKey,
    /// Its member.
    pub member: MemberId,
    /// What its clock says.
    pub wall: WallMinutes,
    /// The version of its rules.
    pub rules: u16,
}

/// How a meeting stands when both are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Whether both hold the same entries of all they share. If not, something can't be made equal: a fork, say.
    pub equal: bool,
    /// Entries sent in this session, in runs; some may have been known to the peer.
    pub sent: u64,
    /// Entries received in this session, in runs; some may have been known here.
    pub received: u64,
}

/// Why a session is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// One side said goodbye; 0 is the only code of this version.
    Bye(u8),
    /// The peer sent what no honest phone sends.
    PeerMisbehaved {
        /// The rule that it broke.
        rule: &'static str,
    },
    /// By our roster the other device isn't an active device of a joined member, or isn't the one that was dialled.
    NotPaired,
    /// No version of the protocol in common.
    Incompatible {
        /// The latest version that the peer offers.
        theirs: u8,
        /// The latest version of this phone.
        ours: u8,
    },
    /// The disk is at fault.
    StoreFailed,
}

impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Established { remote_noise_key, .. } => write!(f, "Established({remote_noise_key:?})"),
            // Never the content: this is what ends up in a log.
            Self::Message(bytes) => write!(f, "Message({} bytes)", bytes.len()),
            Self::Flush => f.write_str("Flush"),
            Self::NewEntries(audiences) => write!(f, "NewEntries({audiences:?})"),
            Self::Timer => f.write_str("Timer"),
            Self::Close => f.write_str("Close"),
        }
    }
}

impl std::fmt::Debug for Effects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes: Vec<usize> = self.send.iter().map(Vec::len).collect();
        f.debug_struct("Effects")
            .field("send_bytes", &sizes)
            .field("changed", &self.changed)
            .field("timer_ms", &self.timer_ms)
            .field("met", &self.met)
            .field("done", &self.done)
            .field("close", &self.close)
            .finish()
    }
}
