//! Names of things: fixed-length byte strings, each with a type of its own, shown as lower-case hex.

use std::fmt;
use std::str::FromStr;

use serde::de::{SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hash::hash;
use super::hex;

/// The text is not the hex form of an id of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdError;

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the hex form of this id")
    }
}

impl std::error::Error for IdError {}

/// Reads a fixed number of bytes; serde itself stops at arrays of 32.
struct ArrayVisitor<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for ArrayVisitor<N> {
    type Value = [u8; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} bytes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<[u8; N], A::Error> {
        let mut bytes = [0; N];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = sequence.next_element()?.ok_or_else(|| serde::de::Error::invalid_length(index, &self))?;
        }
        Ok(bytes)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// Length in bytes.
            pub const LENGTH: usize = $length;

            /// The id with these bytes.
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// The bytes of this id.
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }

            /// The id with these bytes, if their number is right.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// The first eight hex digits: enough for a person to tell two apart.
            pub fn short(&self) -> String {
                self.to_string()[..8].to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex::write(f, &self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; $length];
                hex::read(text, &mut bytes).ok_or(IdError)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return serializer.collect_str(self);
                }
                let mut tuple = serializer.serialize_tuple($length)?;
                self.0.iter().try_for_each(|byte| tuple.serialize_element(byte))?;
                tuple.end()
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    text.parse().map_err(serde::de::Error::custom)
                } else {
                    deserializer.deserialize_tuple($length, ArrayVisitor).map(Self)
                }
            }
        }
    };
}

id!(
    /// A circle: the hash of the event that founded it.
    CircleId, 32
);
id!(
    /// A member of a circle: the hash of the event that started them. Rejoining makes a new one.
    MemberId, 32
);
id!(
    /// A device, named by its Ed25519 verifying key. Keys are made per circle.
    DeviceKey, 32
);
id!(
    /// The X25519 public key with which a device opens Noise channels.
    NoiseKey, 32
);
id!(
    /// A set of members with whom records are shared; see [`Audience`](super::audience::Audience).
    AudienceId, 32
);
id!(
    /// One device's chain of entries in one audience.
    FeedId, 32
);
id!(
    /// The hash that names an entry and, through the chain, all before it.
    EntryHash, 32
);
id!(
    /// The hash of an entry's salt and body; all that is left of them in a stub.
    Commitment, 32
);
id!(
    /// An Ed25519 signature.
    Signature, 64
);
id!(
    /// What an app calls a record. It is local, never sent, and gone with the record.
    RecordId, 32
);
id!(
    /// Something in this phone's trash. Random, so that it says nothing of the record that was removed.
    TrashId, 16
);

impl FeedId {
    /// The feed of `device` in `audience`.
    pub fn of(circle: &CircleId, device: &DeviceKey, audience: &AudienceId) -> Self {
        Self(hash("feed", &[circle.as_bytes(), device.as_bytes(), audience.as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_goes_there_and_back_and_nothing_else_parses() {
        let id = MemberId::from_bytes([0xa7; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("zz".parse::<MemberId>(), Err(IdError));
        assert_eq!("+1".repeat(32).parse::<MemberId>(), Err(IdError));
    }
}
