//! To which record an entry belongs, as the index of entries by record needs to know.

use crate::model::Position;
use crate::model::op::{EntryBody, Op};

/// The record an entry belongs to, and the one that record belongs to; both in the entry's own audience.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The record's create; of a chain of replacements the first.
    pub record: Option<Position>,
    /// The parent of the record created here.
    pub about: Option<Position>,
}

impl Links {
    /// The links of the entry at `position` with this body.
    pub fn of(body: &EntryBody, position: Position) -> Self {
        match &body.op {
            Op::Create(create) => Self {
                record: Some(create.replaces.as_ref().map_or(position, |replaces| replaces.first.position)),
                about: create.about.map(|about| about.position),
            },
            Op::Change(change) => Self { record: Some(change.record.position), about: None },
            Op::Erase(erase) => Self { record: erase.records.first().map(|first| first.position), about: None },
            Op::Moved { from, .. } => Self { record: Some(from.position), about: None },
            Op::Open(_) | Op::Event(_) | Op::Later { .. } => Self::default(),
        }
    }
}
