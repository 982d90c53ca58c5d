//! A list from outside that can't be longer than it may.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// At most `MAX` values. Reading more fails at the announced count, before memory is reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounded<T, const MAX: usize>(Vec<T>);

impl<T, const MAX: usize> Bounded<T, MAX> {
    /// The first `MAX` of `values`: what we hold beyond a limit of the protocol isn't sent.
    pub(super) fn cut(mut values: Vec<T>) -> Self {
        values.truncate(MAX);
        Self(values)
    }

    /// The values.
    pub(super) fn into_inner(self) -> Vec<T> {
        self.0
    }
}

impl<T, const MAX: usize> std::ops::Deref for Bounded<T, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize, const MAX: usize> Serialize for Bounded<T, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>, const MAX: usize> Deserialize<'de> for Bounded<T, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(BoundedVisitor::<T, MAX>(PhantomData)).map(Self)
    }
}

struct BoundedVisitor<T, const MAX: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MAX: usize> Visitor<'de> for BoundedVisitor<T, MAX> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {MAX} values")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<T>, A::Error> {
        if sequence.size_hint().is_some_and(|announced| announced > MAX) {
            return Err(A::Error::invalid_length(MAX + 1, &self));
        }
        // Grows with what is really there. To reserve the announced count, even one within the limit, would let a
        // message of a few bytes claim the memory of a full one.
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element()? {
            if values.len() == MAX {
                return Err(A::Error::invalid_length(MAX + 1, &self));
            }
            values.push(value);
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::codec;

    #[test]
    fn a_list_beyond_its_limit_is_refused() {
        let bytes = codec::encode(&vec![7_u64; 4]);
        assert_eq!(codec::decode(&bytes), Some(Bounded::<u64, 4>::cut(vec![7; 9])));
        assert_eq!(codec::decode::<Bounded<u64, 3>>(&bytes), None);
        let claim = codec::encode(&(1_u64 << 40));
        assert_eq!(codec::decode::<Bounded<u64, 3>>(&claim), None);
    }
}
