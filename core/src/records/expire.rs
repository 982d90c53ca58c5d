//! What has run out: a body past its record's last day leaves every phone but those of the record's author.
//!
//! One rule for both sides of it: what a sweep takes from this phone, and what this phone doesn't give to others.

use std::collections::BTreeSet;

use super::agenda::{Agenda, Settled};
use super::judge::{Scope, note};
use crate::identity::Roster;
use crate::model::op::{Create, EntryBody, Op};
use crate::model::run::Carried;
use crate::model::{Date, EntryState, MemberId, Position, Run};
use crate::store::{Reader, StoreError, Transaction};

/// A day, and who is who on it.
#[derive(Clone, Copy)]
pub struct Expiry<'a> {
    /// Who is who: tells whose record it is.
    pub roster: &'a Roster,
    /// The civil date of this phone.
    pub today: Date,
}

impl Expiry<'_> {
    /// Whether `keeper` is to have this body no more. A record goes whole, with the changes that others made to it, and
    /// stays whole with its author: half a document is of no use to anyone.
    fn is_over(
        &self,
        reader: &Reader<'_>,
        position: Position,
        body: &[u8],
        keeper: &MemberId,
    ) -> Result<bool, StoreError> {
        match EntryBody::decode(body).map(|body| body.op) {
            Ok(Op::Create(create)) => Ok(self.is_past(&create, position, keeper)),
            Ok(Op::Change(change)) => {
                let Some(entry) = reader.entry_of(&change.record)? else { return Ok(false) };
                let op = entry.body.as_ref().and_then(|(_, body)| EntryBody::decode(body).ok()).map(|body| body.op);
                Ok(match op {
                    Some(Op::Create(create)) => self.is_past(&create, entry.position, keeper),
                    _ => entry.state == EntryState::Expired,
                })
            }
            _ => Ok(false),
        }
    }

    /// Of a writer who isn't known yet it can't be told whether they are the keeper's own other phone, so it stays.
    fn is_past(&self, create: &Create, position: Position, keeper: &MemberId) -> bool {
        let is_over = create.expires_on.is_some_and(|last| last < self.today);
        is_over && self.roster.member_of(&position.device).is_some_and(|author| author != *keeper)
    }

    /// The run as `keeper` may have it. What has run out goes as a stub, which is final if this phone is sure of its date;
    /// else it is only kept back, and may be asked for again.
    pub fn withhold(&self, reader: &Reader<'_>, run: Run, keeper: &MemberId, is_sure: bool) -> Result<Run, StoreError> {
        let Run { device, from, .. } = run;
        let mut entries = Vec::with_capacity(run.entries.len());
        for (number, carried) in (from..).zip(run.entries) {
            let position = Position { device, number };
            let is_over = match &carried {
                Carried::Whole { body, .. } => self.is_over(reader, position, body, keeper)?,
                Carried::StubFinal(_) | Carried::StubOpen(_) => false,
            };
            entries.push(match is_over {
                true if is_sure => Carried::StubFinal(carried.commitment()),
                true => Carried::StubOpen(carried.commitment()),
                false => carried,
            });
        }
        Ok(Run { entries, ..run })
    }
}

/// Takes away what others' records have on this phone past their last day: bodies, salts and rows. Whether the date is
/// to be trusted is the caller's to know.
pub fn expire(tx: &Transaction<'_>, scope: Scope<'_>, keeper: &MemberId, today: Date) -> Result<Settled, StoreError> {
    let expiry = Expiry { roster: scope.roster, today };
    let others: BTreeSet<_> = scope.roster.writers().map(|(_, member)| member).filter(|it| *it != keeper).collect();
    let mut past = Vec::new();
    for author in others {
        past.append(&mut tx.rows_past(today, author)?);
    }
    tx.expect_to_go(past.len())?;
    let mut entries = Vec::new();
    for (audience, root) in past {
        entries.extend(tx.entries_of_record(&audience, root)?);
    }
    // What waits for something has no row, and runs out all the same.
    for (audience, _) in tx.audiences()? {
        entries.extend(tx.held(&audience)?);
    }
    let mut agenda = Agenda::default();
    for entry in entries {
        let Some((_, body)) = &entry.body else { continue };
        if expiry.is_over(tx, entry.position, body, keeper)? {
            note(tx, &entry, EntryState::Expired)?;
            agenda.add(&entry);
        }
    }
    agenda.settle(tx, scope)
}
