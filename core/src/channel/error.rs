//! Why a channel ended, or refused to do something. Fixed words only: nothing a peer sent can end up in a log.

use std::fmt;

/// Why a channel ended, or refused to do something.
///
/// The difference is for us. A peer is never told: it sees the connection close, whatever the reason was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelError {
    /// The first bytes are not those of this protocol.
    BadClearBytes,
    /// The initiator offers no version that we speak.
    NoCommonVersion,
    /// Somebody tries to pair, and no pairing code is open.
    PairingNotOpen,
    /// The handshake failed to authenticate: another code, another key, or bytes changed on the way.
    WrongKey,
    /// A frame failed to authenticate: changed, repeated, missing or out of order.
    BadTag,
    /// Authentic or not, these bytes are not formed as the protocol says.
    Malformed,
    /// A message is longer than [`MESSAGE_BYTES_MAX`](crate::model::limits::MESSAGE_BYTES_MAX).
    TooLong,
    /// Nothing can be sent before [`ChannelEvent::Established`](super::ChannelEvent::Established).
    NotEstablished,
    /// More is queued than the pipe has taken; write out what is there first.
    QueueFull,
    /// The channel has ended.
    Closed,
    /// The Noise library refused what it never should: our bug.
    Internal,
}

impl fmt::Display for ChannelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadClearBytes => "the first bytes are not those of this protocol",
            Self::NoCommonVersion => "the two sides share no version of the protocol",
            Self::PairingNotOpen => "no pairing is open",
            Self::WrongKey => "the handshake failed to authenticate",
            Self::BadTag => "a frame failed to authenticate",
            Self::Malformed => "bytes not formed as the protocol says",
            Self::TooLong => "a message longer than allowed",
            Self::NotEstablished => "the channel is not established yet",
            Self::QueueFull => "too much is waiting to be written",
            Self::Closed => "the channel has ended",
            Self::Internal => "the Noise library refused to work",
        })
    }
}

impl std::error::Error for ChannelError {}
