//! What is to be judged anew, and what comes of that.

use std::collections::BTreeSet;

use super::judge::{Scope, judge_and_note};
use super::settle::RecordSettling;
use crate::model::{AudienceId, Position};
use crate::store::{StoreError, StoredEntry, Transaction};

/// What is to be judged anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    records: BTreeSet<(AudienceId, Position)>,
    loose: BTreeSet<(AudienceId, Position)>,
    /// Of `records` those of which a create has just come.
    arrived: BTreeSet<(AudienceId, Position)>,
}

/// What settling did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Audiences with a row that changed.
    pub changed: BTreeSet<AudienceId>,
}

impl Agenda {
    /// Puts the record that `entry` belongs to on the agenda, or the entry alone if it belongs to none.
    pub fn add(&mut self, entry: &StoredEntry) {
        match entry.record {
            Some(root) => self.records.insert((entry.audience, root)),
            None => self.loose.insert((entry.audience, entry.position)),
        };
    }

    /// Puts a record on the agenda of which a create has just come: whatever belongs to it is judged again too.
    pub fn add_arrived(&mut self, audience: AudienceId, root: Position) {
        self.add_record(audience, root);
        self.arrived.insert((audience, root));
    }

    /// Puts a record on the agenda.
    pub fn add_record(&mut self, audience: AudienceId, root: Position) {
        self.records.insert((audience, root));
    }

    /// Whether a create of it has just come; asked once.
    pub(super) fn has_arrived(&mut self, audience: AudienceId, root: Position) -> bool {
        self.arrived.remove(&(audience, root))
    }

    /// Settles everything on the agenda, and whatever that touches in turn.
    pub fn settle(mut self, tx: &Transaction<'_>, scope: Scope<'_>) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        while let Some((audience, position)) = self.loose.pop_first() {
            if let Some((entry, audience)) = tx.entry(&audience, position)?.zip(tx.audience(&audience)?) {
                judge_and_note(tx, scope, &audience, &entry)?;
            }
        }
        let mut known = None;
        while let Some((audience_id, root)) = self.records.pop_first() {
            // They come audience by audience.
            if known.as_ref().is_none_or(|(id, _)| *id != audience_id) {
                known = tx.audience(&audience_id)?.map(|audience| (audience_id, audience));
            }
            if let Some((_, audience)) = &known {
                RecordSettling { tx, scope, audience, audience_id, root }.run(&mut self, &mut settled)?;
            }
        }
        Ok(settled)
    }
}
