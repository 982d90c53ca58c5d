//! Who made an operation: automerge's actors, one for each device.

use std::fmt;

use automerge::ActorId;

use crate::model::DeviceKey;
use crate::model::hash::{cut, hash};
use crate::model::limits::CONCURRENCY_LEVEL_MAX;

/// How automerge marks the actor of an edit that didn't know its own device's latest.
const CONCURRENCY_MARK: [u8; 4] = [0x13, 0xb2, 0x23, 0x09];

/// A device, as automerge knows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor([u8; 16]);

/// The actor of a device: `H("actor" ‖ device key)` cut to 16 bytes.
pub fn actor_of(device: &DeviceKey) -> Actor {
    Actor(cut(&hash("actor", &[device.as_bytes()])))
}

impl Actor {
    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The actor that automerge works as.
    pub(super) fn to_automerge(self) -> ActorId {
        ActorId::from(self.0.as_slice())
    }

    /// An actor as it stands in a change, and its concurrency level: 16 bytes at level 0, else
    /// mark ‖ leb128(level) ‖ 16 bytes. Any other form is none, so that one device can't pass for many.
    pub(super) fn parse(bytes: &[u8]) -> Option<(Self, u64)> {
        if let Ok(base) = bytes.try_into() {
            return Some((Self(base), 0));
        }
        // Levels up to the limit are one byte of leb128.
        let (&level, base) = bytes.strip_prefix(&CONCURRENCY_MARK)?.split_first()?;
        let level = u64::from(level);
        let base = base.try_into().ok()?;
        (1..=CONCURRENCY_LEVEL_MAX).contains(&level).then_some((Self(base), level))
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Actor(")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_forms_are_actors() {
        let base = [7; 16];
        let form = |level: u8| [CONCURRENCY_MARK.as_slice(), &[level], &base].concat();
        assert_eq!(Actor::parse(&base), Some((Actor(base), 0)));
        assert_eq!(Actor::parse(&form(1)), Some((Actor(base), 1)));
        assert_eq!(Actor::parse(&form(16)), Some((Actor(base), 16)));
        for wrong in [form(0), form(17), form(0x81), base[..15].to_vec(), [form(1), vec![0]].concat(), vec![]] {
            assert_eq!(Actor::parse(&wrong), None);
        }
    }
}
