//! The rows again, from the entries alone.

use super::judge::Scope;
use super::settle::{Agenda, Settled};
use super::trust;
use crate::model::CircleId;
use crate::store::{StoreError, Transaction};

/// Takes all rows away and projects them again. The result must be what was there: a test says so, and an app may do
/// it whenever it doubts.
pub fn rebuild(tx: &Transaction<'_>, circle: &CircleId) -> Result<Settled, StoreError> {
    tx.clear_rows()?;
    let roster = trust::roster(tx, circle)?;
    let mut agenda = Agenda::default();
    for (audience, _) in tx.audiences()? {
        for device in tx.vector(&audience)?.into_keys() {
            for entry in tx.entries(&audience, &device, 1, u64::MAX, usize::MAX)? {
                agenda.add(&entry);
            }
        }
    }
    agenda.settle(tx, Scope { circle, roster: &roster })
}
