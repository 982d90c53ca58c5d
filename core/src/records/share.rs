//! Copies. A copy is a new record with a fresh history and no trace of its source; only its author's own devices know.

use super::author::Author;
use super::error::RecordError;
use super::write::Draft;
use crate::model::kinds::Share;
use crate::model::op::Op;
use crate::model::{Audience, Body, Row};
use crate::store::Transaction;

impl Author<'_> {
    /// Copies a record of this member's into `audience`, and notes it in the share ledger in the same transaction.
    ///
    /// Where the source was shared with some of the same people, a `moved` tells their phones where it went on.
    pub fn share(&mut self, tx: &Transaction<'_>, source: &Row, audience: &Audience) -> Result<Row, RecordError> {
        if source.author != self.member {
            return Err(RecordError::NotAWriter);
        }
        let from = tx.audience(&source.audience)?.ok_or(RecordError::Internal("a row without its audience"))?;
        if matches!(from, Audience::Journal(_)) {
            // The journal is never shared from.
            return Err(RecordError::AudienceNotAllowed);
        }
        if from == *audience {
            return Ok(source.clone());
        }
        let body = Body::from_fields(&source.kind, source.fields.clone());
        let draft = Draft { body: &body, audience, about: None, expires_on: source.expires_on };
        let copy = self.create(tx, &draft)?;
        let ledger = Share { source: source.first, copy: copy.first, audience: copy.audience, since: self.now.today() };
        let me = Audience::Me(self.member);
        self.create(tx, &Draft { body: &ledger.into(), audience: &me, about: None, expires_on: None })?;
        if is_part_of(&from, audience) {
            let moved = Op::Moved { from: source.first, to: copy.first };
            let written = self.append(tx, &from, moved)?;
            self.settle(tx, written.audience, source.first.position)?;
        }
        Ok(copy)
    }
}

/// Whether everyone who can read `from` can read `to`: only then may they learn of it.
fn is_part_of(from: &Audience, to: &Audience) -> bool {
    match (from, to) {
        (Audience::Set(from), Audience::Set(to)) => from.iter().all(|member| to.contains(member)),
        _ => false,
    }
}
