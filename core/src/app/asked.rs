//! Bodies that other phones were asked for today. What one had not to give it isn't asked for again before tomorrow: else two who
//! lack the same, or of whom one holds it back because its time is over, would go through all of it at every meeting.

use std::collections::BTreeMap;

use crate::model::codec::{decode, encode};
use crate::model::limits::WANT_RANGES_MAX;
use crate::model::{Date, DeviceKey};
use crate::store::{Reader, StoreError, Transaction};
use crate::sync::Bodies;

const META: &str = "asked";
/// Of one phone. Beyond it the rest is asked for again.
const RANGES_MAX: usize = 16 * WANT_RANGES_MAX;

/// What was asked for, of whom, on one day.
#[derive(Default)]
pub(super) struct Asked {
    on: Option<Date>,
    of: BTreeMap<DeviceKey, Bodies>,
    is_new: bool,
}

impl Asked {
    pub fn load(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let kept = reader.meta(META)?.and_then(|bytes| decode::<(Option<Date>, BTreeMap<DeviceKey, Bodies>)>(&bytes));
        let (on, of) = kept.unwrap_or_default();
        Ok(Self { on, of, is_new: false })
    }

    /// Writes down what was asked for since the last time, if anything was: the days of meetings are nobody's to keep.
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

    /// What this phone was asked for today.
    pub fn of(&self, device: &DeviceKey, today: Date) -> Bodies {
        if self.on == Some(today) { self.of.get(device).cloned().unwrap_or_default() } else { Bodies::new() }
    }

    /// Notes all that this phone has been asked for by now.
    pub fn note(&mut self, device: DeviceKey, asked: &Bodies, today: Date) {
        if asked.is_empty() || asked.len() > RANGES_MAX {
            return;
        }
        if self.on != Some(today) {
            *self = Self { on: Some(today), ..Self::default() };
        }
        if self.of.get(&device) != Some(asked) {
            self.of.insert(device, asked.clone());
            self.is_new = true;
        }
    }
}
