//! The rows again, from the entries alone.

use super::agenda::{Agenda, Settled};
use super::judge::Scope;
use super::trust;
use crate::model::folding::FOLDING;
use crate::model::hash::hash;
use crate::model::op::RULES;
use crate::model::{CircleId, kinds};
use crate::store::{StoreError, Transaction};

/// Under which small fact a home keeps what its rows and verdicts were made with.
const META: &str = "judged_with";
/// How verdicts are made. Goes up when one is made in another way than before, if no rule of the protocol says so.
const VERDICTS: u16 = 3;

/// Judges everything anew if what is here was judged by another version of the app: what waited for a newer one may
/// count now, and what was shown as far as it went may have a date and words to sort and search by. Whether it did.
///
/// Waiting for the next entry of such a record would not do: it may be the last that its author ever wrote.
pub fn rebuild_after_update(tx: &Transaction<'_>, circle: &CircleId) -> Result<bool, StoreError> {
    if tx.meta(META)?.as_deref() == Some(judged_with().as_slice()) {
        return Ok(false);
    }
    rebuild(tx, circle)?;
    tx.set_meta(META, &judged_with())?;
    Ok(true)
}

/// Lets the next opening judge everything anew.
pub fn judge_anew(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.delete_meta(META)
}

/// Notes of a home in which there is nothing yet that this build will judge what comes. Else it would take its second
/// opening for an update, and on a new phone of an old family that costs as long as ten years of entries take.
pub fn begin_with_this_build(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.set_meta(META, &judged_with())
}

/// All that verdicts and rows are made with, but for the code itself. A needless rebuild costs seconds, a forgotten one
/// would leave words unread, so any difference counts.
fn judged_with() -> [u8; 32] {
    hash("judged with", &[format!("{RULES} {VERDICTS} {FOLDING:?} {:?}", kinds::SPECS).as_bytes()])
}

/// Takes all rows away and projects them again. The result must be what was there: a test says so, and an app may do
/// it whenever it doubts.
pub fn rebuild(tx: &Transaction<'_>, circle: &CircleId) -> Result<Settled, StoreError> {
    tx.clear_rows()?;
    let roster = trust::roster_anew(tx, circle)?;
    let mut agenda = Agenda::default();
    for (audience, _) in tx.audiences()? {
        for device in tx.vector(&audience)?.into_keys() {
            for entry in tx.entries(&audience, &device, 1, u64::MAX, usize::MAX)? {
                agenda.add(&entry);
            }
        }
    }
    let settled = agenda.settle(tx, Scope { circle, roster: &roster })?;
    tx.forget_places()?;
    Ok(settled)
}
