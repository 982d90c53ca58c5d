//! To which record an entry belongs, as the index of entries by record needs to know.

use crate::model::op::{EntryBody, Op};
use crate::model::{Position, RecordRef};
use crate::store::{Reader, StoreError};

/// The record an entry belongs to, and the one that record belongs to; both in the entry's own audience.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The record's create; of a chain of replacements the first.
    pub record: Option<Position>,
    /// The parent of the record created here.
    pub about: Option<Position>,
}

impl Links {
    /// The links of the entry at `position` with this body, by where the records that it names stand here.
    pub fn of(reader: &Reader<'_>, body: &EntryBody, position: Position) -> Result<Self, StoreError> {
        let find = |reference: Option<&RecordRef>| reference.map(|it| reader.position_of(it)).transpose();
        let record = find(body.op.record())?;
        Ok(match &body.op {
            Op::Create(create) => Self { record: record.or(Some(position)), about: find(create.about.as_ref())? },
            _ => Self { record, about: None },
        })
    }
}
