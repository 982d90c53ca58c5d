//! What meetings ask of the log again and again, kept at hand: mostly little of it changes meanwhile, and what is missing grows with
//! the years.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::model::limits::WANT_RANGES_MAX;
use crate::model::{AudienceId, DeviceKey, Vector};
use crate::store::{Ranges, Store, StoreError};

/// Bodies that haven't come, by feed.
type Missing = Vec<(DeviceKey, Ranges)>;

/// What was read of each audience since the log last changed there.
#[derive(Default)]
pub(super) struct Asked {
    heads: BTreeMap<AudienceId, Vector>,
    missing: BTreeMap<AudienceId, Missing>,
}

impl Asked {
    /// The ends of the feeds of an audience.
    pub fn heads(asked: &RefCell<Self>, store: &Store, audience: &AudienceId) -> Result<Vector, StoreError> {
        let mut asked = asked.borrow_mut();
        asked.forget_what_has_changed(store);
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
        asked.forget_what_has_changed(store);
        if let Some(known) = asked.missing.get(audience) {
            return Ok(known.clone());
        }
        let missing = store.read()?.missing(audience, WANT_RANGES_MAX)?;
        asked.missing.insert(*audience, missing.clone());
        Ok(missing)
    }

    fn forget_what_has_changed(&mut self, store: &Store) {
        let changes = store.take_changes();
        self.heads.retain(|audience, _| !changes.heads.contains(audience));
        self.missing.retain(|audience, _| !changes.missing.contains(audience));
    }
}
