//! What a document said at some point of its history, and what a change made of it.

use automerge::ChangeHash as Hash;
use serde_json::Value;

use super::document::Document;
use super::read::FieldConflict;
use crate::model::history::FieldChange;
use crate::model::kind::{Fields, KindSpec};
use crate::model::record::ChangeHash;

/// What a document said to whoever had these changes of it and no others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Version {
    /// The body.
    pub fields: Fields,
    /// Where its writers disagreed.
    pub conflicts: Vec<FieldConflict>,
}

impl Document {
    /// What it says now.
    pub fn latest(&self, spec: Option<&KindSpec>) -> Version {
        Version { fields: self.read(spec), conflicts: self.conflicts(spec) }
    }

    /// What it said at these heads, sorted; nothing at none, or at some that aren't here.
    pub fn version(&self, spec: Option<&KindSpec>, heads: &[ChangeHash]) -> Version {
        if heads.is_empty() || !heads.iter().all(|hash| self.contains(hash)) {
            return Version::default();
        }
        // The whole is read much faster than the past is looked up, and most people edit what they see.
        if heads.iter().eq(self.history.heads()) {
            return self.latest(spec);
        }
        let heads: Vec<Hash> = heads.iter().map(|hash| Hash(*hash)).collect();
        let fields = self.read_at(spec, &heads).unwrap_or_default();
        Version { fields, conflicts: self.conflicts_at(spec, &heads) }
    }
}

impl Version {
    /// What was changed between this version and a later one. A field whose conflict was settled on the value that was
    /// shown anyway is among them: somebody picked it.
    pub fn changes_to(&self, later: &Self) -> Vec<FieldChange> {
        let mut names: Vec<&String> = self.fields.keys().chain(later.fields.keys()).collect();
        names.extend(self.conflicts.iter().map(|conflict| &conflict.field));
        names.sort_unstable();
        names.dedup();
        let change = |name: &String| {
            let (before, after) = (self.values(name), later.values(name));
            let to = || later.fields.get(name).cloned().unwrap_or(Value::Null);
            (before != after).then(|| FieldChange { field: name.clone(), from: before, to: to() })
        };
        names.into_iter().filter_map(change).collect()
    }

    /// The values of a field, the one that is shown first.
    pub fn values(&self, name: &str) -> Vec<Value> {
        match self.conflicts.iter().find(|conflict| conflict.field == name) {
            Some(conflict) => conflict.candidates.iter().map(|(value, _)| value.clone()).collect(),
            None => self.fields.get(name).cloned().into_iter().collect(),
        }
    }
}
