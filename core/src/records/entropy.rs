//! Randomness comes in, by purpose: drawn from one seed, a whole world can be replayed.

use crate::model::AudienceId;

/// A source of random bytes.
pub trait Entropy {
    /// 32 random bytes for `purpose`, in `audience`, for entry `number`. The three are labels: a source that replays
    /// from a seed gives equal bytes for equal labels, so that what is written privately changes nothing elsewhere.
    fn draw(&mut self, purpose: &str, audience: &AudienceId, number: u64) -> [u8; 32];
}

/// The label for draws that belong to no audience.
pub const NOWHERE: AudienceId = AudienceId::from_bytes([0; 32]);
