//! What meetings ask of the log again and again, kept at hand: mostly nothing is written meanwhile.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::model::limits::WANT_RANGES_MAX;
use crate::model::{AudienceId, DeviceKey, Vector};
use crate::store::{Ranges, Store, StoreError, Transaction};

/// Bodies that haven't come, by feed.
type Missing = Vec<(DeviceKey, Ranges)>;

/// What was read since the store was last written to.
#[derive(Default)]
pub(super) struct Asked {
    /// How many rows had been written when it was read. By what the store itself counts, so that no way of writing is forgotten.
    as_of: u64,
    heads: BTreeMap<AudienceId, Vector>,
    missing: BTreeMap<AudienceId, Missing>,
}

impl Asked {
    /// The ends of the feeds of an audience.
    pub fn heads(asked: &RefCell<Self>, store: &Store, audience: &AudienceId) -> Result<Vector, StoreError> {
        let mut asked = asked.borrow_mut();
        asked.forget_what_has_changed(store)?;
        if let Some(known) = asked.heads.get(audience) {
            return Ok(known.clone());
        }
        let vector = store.read()?.vector(audience)?;
        asked.heads.insert(*audience, vector.clone());
        Ok(vector)
    }

    /// The bodies of an audience that haven't come, as many as one asks for.
    pub fn missing(asked: &RefCell<Self>, store: &Store, audience: &AudienceId) -> Result<Missing, StoreError> {
        let mut asked = asked.borrow_mut();
        asked.forget_what_has_changed(store)?;
        if let Some(known) = asked.missing.get(audience) {
            return Ok(known.clone());
        }
        let missing = store.read()?.missing(audience, WANT_RANGES_MAX)?;
        asked.missing.insert(*audience, missing.clone());
        Ok(missing)
    }

    /// Commits what is nothing of the log: what is known of that outlasts it.
    pub fn outlasting(
        &mut self,
        store: &mut Store,
        write: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.forget_what_has_changed(store)?;
        let tx = store.begin()?;
        write(&tx)?;
        tx.commit()?;
        self.as_of = store.rows_written()?;
        Ok(())
    }

    fn forget_what_has_changed(&mut self, store: &Store) -> Result<(), StoreError> {
        let as_of = store.rows_written()?;
        if self.as_of != as_of {
            *self = Self { as_of, ..Self::default() };
        }
        Ok(())
    }
}
