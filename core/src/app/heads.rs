//! The ends of feeds, kept at hand: a meeting asks for each of them several times, and mostly nothing is written meanwhile.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::model::{AudienceId, Vector};
use crate::store::{Store, StoreError};

/// What was read since the store was last written to.
#[derive(Default)]
pub(super) struct Heads {
    /// How many rows had been written when it was read. By what the store itself counts, so that no way of writing is forgotten.
    as_of: u64,
    known: BTreeMap<AudienceId, Vector>,
}

impl Heads {
    /// What is held of an audience.
    pub fn of(heads: &RefCell<Self>, store: &Store, audience: &AudienceId) -> Result<Vector, StoreError> {
        let mut heads = heads.borrow_mut();
        let as_of = store.rows_written()?;
        if heads.as_of != as_of {
            *heads = Self { as_of, known: BTreeMap::new() };
        }
        if let Some(known) = heads.known.get(audience) {
            return Ok(known.clone());
        }
        let vector = store.read()?.vector(audience)?;
        heads.known.insert(*audience, vector.clone());
        Ok(vector)
    }
}
