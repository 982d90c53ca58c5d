//! Bodies that other phones didn't give today. They aren't asked for them again before tomorrow: else two who lack the same, or of
//! whom one holds it back because its time is over, would go through all of it at every meeting (decisions/0026).

use std::collections::BTreeMap;

use crate::model::codec::{decode, encode};
use crate::model::limits::WANT_RANGES_MAX;
use crate::model::{Date, DeviceKey};
use crate::store::{Reader, StoreError, Transaction};
use crate::sync::Bodies;

const META: &str = "held_back";
/// Of one phone. Beyond it the rest is asked for again.
const RANGES_MAX: usize = 16 * WANT_RANGES_MAX;

/// What wasn't given, by whom, on one day.
#[derive(Default)]
pub(super) struct HeldBack {
    on: Option<Date>,
    of: BTreeMap<DeviceKey, Bodies>,
    is_new: bool,
}

impl HeldBack {
    pub fn load(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let kept = reader.meta(META)?.and_then(|bytes| decode::<(Option<Date>, BTreeMap<DeviceKey, Bodies>)>(&bytes));
        let (on, of) = kept.unwrap_or_default();
        Ok(Self { on, of, is_new: false })
    }

    /// Writes down what is new since the last time, if anything is: the days of meetings are nobody's to keep.
    pub fn save(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        if std::mem::take(&mut self.is_new) {
            tx.set_meta(META, &encode(&(self.on, &self.of)))?;
        }
        Ok(())
    }

    /// Whether there is something to write down.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What this phone didn't give today.
    pub fn of(&self, device: &DeviceKey, today: Date) -> Bodies {
        if self.on == Some(today) { self.of.get(device).cloned().unwrap_or_default() } else { Bodies::new() }
    }

    /// Notes all that this phone hasn't given by now.
    pub fn note(&mut self, device: DeviceKey, bodies: &Bodies, today: Date) {
        if bodies.is_empty() || bodies.len() > RANGES_MAX {
            return;
        }
        if self.on != Some(today) {
            *self = Self { on: Some(today), ..Self::default() };
        }
        if self.of.get(&device) != Some(bodies) {
            self.of.insert(device, bodies.clone());
            self.is_new = true;
        }
    }
}
