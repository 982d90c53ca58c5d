//! Copies. A copy is a new record with a fresh history and no trace of its source; only its author's own devices know.

use super::author::Author;
use super::error::RecordError;
use super::write::Draft;
use crate::model::kinds::Share;
use crate::model::op::Op;
use crate::model::{Audience, Body, RecordRef, Row};
use crate::store::Transaction;

impl Author<'_> {
    /// Copies what `body` says of a record of this member's into `audience`, and notes it in the share ledger in the same
    /// transaction.
    ///
    /// Where the source was shared with some of the same people, a `moved` tells their phones where it went on.
    pub fn share(
        &mut self,
        tx: &Transaction<'_>,
        source: &Row,
        body: &Body,
        audience: &Audience,
    ) -> Result<Row, RecordError> {
        let from = self.shareable(tx, source)?;
        if from == *audience {
            return Ok(source.clone());
        }
        let draft = Draft { body, audience, about: None, expires_on: source.expires_on };
        let copy = self.create(tx, &draft)?;
        self.note_copy(tx, source.first, &copy)?;
        if is_part_of(&from, audience) {
            let moved = Op::Moved { from: source.first, to: copy.first };
            let written = self.append(tx, &from, moved)?;
            self.settle(tx, written.audience, source.first.position)?;
        }
        Ok(copy)
    }

    /// Puts a record of this member's before fewer people: a new one for these, and the wider one is erased in the same
    /// transaction. Who isn't among them sees what they see of anything that its author took away.
    ///
    /// `source` is what the wider one is a copy of, if it is one. Where that is for these very people, it is what is left.
    pub fn narrow(
        &mut self,
        tx: &Transaction<'_>,
        wide: &Row,
        source: Option<&Row>,
        audience: &Audience,
    ) -> Result<Row, RecordError> {
        let from = self.shareable(tx, wide)?;
        if from == *audience {
            return Ok(wide.clone());
        }
        if *audience != Audience::Me(self.member) && !is_part_of(audience, &from) {
            return Err(RecordError::AudienceNotAllowed);
        }
        let narrower = match source.filter(|source| source.audience == audience.id(&self.circle)) {
            Some(source) => source.clone(),
            None => {
                let body = Body::from_fields(&wide.kind, wide.fields.clone());
                let draft = Draft { body: &body, audience, about: None, expires_on: wide.expires_on };
                let narrower = self.create(tx, &draft)?;
                if let Some(source) = source {
                    self.note_copy(tx, source.first, &narrower)?;
                }
                narrower
            }
        };
        self.erase(tx, wide)?;
        Ok(narrower)
    }

    /// The audience of a record that this member may copy: one of their own, and no page of the journal.
    fn shareable(&self, tx: &Transaction<'_>, row: &Row) -> Result<Audience, RecordError> {
        if row.author != self.member {
            return Err(RecordError::NotAWriter);
        }
        match tx.audience(&row.audience)? {
            Some(Audience::Journal(_)) => Err(RecordError::AudienceNotAllowed),
            Some(audience) => Ok(audience),
            None => Err(RecordError::Internal("a row without its audience")),
        }
    }

    fn note_copy(&mut self, tx: &Transaction<'_>, source: RecordRef, copy: &Row) -> Result<(), RecordError> {
        let ledger = Share { source, copy: copy.first, audience: copy.audience, since: self.now.today() };
        let me = Audience::Me(self.member);
        self.create(tx, &Draft { body: &ledger.into(), audience: &me, about: None, expires_on: None }).map(drop)
    }
}

/// Whether everyone who can read `from` can read `to`: only then may they learn of it.
fn is_part_of(from: &Audience, to: &Audience) -> bool {
    match (from, to) {
        (Audience::Set(from), Audience::Set(to)) => from.iter().all(|member| to.contains(member)),
        _ => false,
    }
}
