//! Documents on a real automerge: merging, and changes that nobody should have made.
#![cfg(test)]

mod hostile;
mod merging;
mod order;
mod raw;

use serde_json::{Value, json};

use super::*;
use crate::model::DeviceKey;
use crate::model::kind::{Fields, Kind, KindSpec, Merge};
use crate::model::kinds::{Celebration, CircleInfo};

/// A device of the family, by number.
fn device(number: u8) -> Actor {
    actor_of(&DeviceKey::from_bytes([number; 32]))
}

/// The fields of a JSON object.
fn fields(value: Value) -> Fields {
    value.as_object().cloned().unwrap_or_default()
}

fn celebration() -> Option<&'static KindSpec> {
    Some(&Celebration::SPEC)
}

fn circle_info() -> Option<&'static KindSpec> {
    Some(&CircleInfo::SPEC)
}

/// The device of a document, its writer and the spec it writes by.
struct Phone {
    document: Document,
    actor: Actor,
    spec: Option<&'static KindSpec>,
}

impl Phone {
    /// `count` phones that hold the same new record, and its create.
    fn family<const N: usize>(spec: Option<&'static KindSpec>, body: Value) -> ([Self; N], Vec<u8>) {
        let (_, create) = Document::create(spec, &fields(body), device(0)).unwrap();
        let mut number = 0;
        let phones = [(); N].map(|()| {
            let mut document = Document::new();
            assert_eq!(document.apply(&create, device(0)), Ok(Applied::New));
            number += 1;
            Self { document, actor: device(number - 1), spec }
        });
        (phones, create)
    }

    /// Writes the body as it is, but for these fields; null takes one away.
    fn set(&mut self, changes: Value) -> Vec<u8> {
        let heads = self.document.heads();
        self.set_at(&heads, &self.read(), changes)
    }

    /// Writes from what was seen at `heads`.
    fn set_at(&mut self, heads: &[[u8; 32]], seen: &Fields, changes: Value) -> Vec<u8> {
        let mut body = seen.clone();
        body.extend(fields(changes));
        self.document.edit(self.spec, heads, &body, self.actor).unwrap().unwrap()
    }

    fn resolve(&mut self, field: &str, value: Value) -> Vec<u8> {
        self.document.resolve(self.spec, field, &value, self.actor).unwrap()
    }

    fn read(&self) -> Fields {
        self.document.read(self.spec)
    }

    fn conflicts(&self) -> Vec<FieldConflict> {
        self.document.conflicts(self.spec)
    }

    /// What differs in a field: values sorted by their text, with who put them.
    fn candidates(&self, field: &str) -> Vec<(Value, Actor)> {
        let conflicts = self.conflicts();
        let found = conflicts.into_iter().find(|conflict| conflict.field == field);
        let mut candidates = found.map_or(Vec::new(), |conflict| conflict.candidates);
        candidates.sort_by_key(|(value, _)| value.to_string());
        candidates
    }

    fn take(&mut self, change: &[u8]) -> Result<Applied, ApplyError> {
        let author = inspect(change).map_err(|_| ApplyError::BadChange)?.actor;
        self.document.apply(change, author)
    }
}
