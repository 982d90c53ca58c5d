//! Noise: bytes in, authenticated bytes out. Knows frames and padding; knows nothing of records.
//!
//! ```text
//! Pairing, Noise_XXpsk0                            Session, Noise_IK
//! newcomer                        inviter          dialler                       listener
//!    | 1, count, versions (clear)    |                | 2, count, versions (clear)   |
//!    | psk, e                  48 B  |                | e, es, s, ss           96 B  |
//!    |------------------------------>|                |----------------------------->|
//!    |        e, ee, s, es     96 B  |                |          e, ee, se     48 B  |
//!    |<------------------------------|                |<-----------------------------|
//!    | s, se                   64 B  |  both are      |  established here            |
//!    |------------------------------>|  established   | first frame                  |
//!    |            frames             |                |----------------------------->|  established here
//!    |<----------------------------->|                |<---------- frames ---------->|
//! ```
//!
//! | On the wire | Bytes |
//! |---|---|
//! | clear bytes, once, from the initiator | kind u8, count u8, count × version u8; bound into the prologue |
//! | handshake message | length u16, the message; its payload is empty |
//! | frame | k u8 in 0 ..= 4, then exactly 256·2^k bytes of ciphertext with its tag |
//! | inside a frame | used u16, that many bytes of the stream, zeros |
//! | the stream | messages, each length u32 and bytes |
//!
//! All integers are big-endian.
//!
//! **The attacker** owns the network: reads, drops, reorders, changes, replays and invents bytes, dials us, answers in
//! another phone's place, and may hold keys of their own. Against them the channel keeps what is said secret, also if
//! the static keys leak later; nobody without the code gets a byte out of a pairing; nobody without the dialled phone's
//! key completes a session; and a changed, missing, repeated or reordered frame ends the channel, silently.
//!
//! **Not protected**: the volume of traffic up to the padding, its timing, and that these two addresses talk. A
//! recorded first message of a session hides the dialler's key only as long as the listener's static key stays secret,
//! and replayed to that listener draws one more answer: a sign that it is there, of no other use. A cut connection is
//! not told apart from a quiet one. snow does not wipe its cipher keys: whoever reads this process's memory has won.

mod beacon;
#[expect(clippy::module_inception, reason = "a file is named after its type, here as everywhere")]
mod channel;
mod channel_tests;
mod error;
mod frame;
mod handshake;
mod opening;
mod primitives;
mod static_key;

pub use beacon::Beacon;
pub use channel::{Channel, ChannelEvent};
pub use error::ChannelError;
pub use handshake::Purpose;
pub use opening::{PairingAnswer, Responder};
pub use static_key::{PairSecret, StaticKey};
