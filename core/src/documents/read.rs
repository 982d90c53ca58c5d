//! Reading a document: what it says, and where its writers disagree.

use std::collections::{BTreeMap, BTreeSet};

use automerge::iter::{MapRange, MapRangeItem};
use automerge::{Automerge, ChangeHash as Hash, ObjId, ROOT, ReadDoc, Value as Stored, ValueRef};
use serde_json::Value;

use super::actor::Actor;
use super::document::Document;
use super::plan::{is_element, set_of};
use super::seam::{Panicked, guarded};
use super::value::{Element, from_scalar};
use crate::model::kind::{Fields, KindSpec, Merge};

/// A field on which writers who hadn't seen each other disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConflict {
    /// The field.
    pub field: String,
    /// At least two distinct values and who put each: the one that is read first, the others in the order of their
    /// JSON. Null where a writer took the value away. Of several who put an equal value, the smallest actor.
    pub candidates: Vec<(Value, Actor)>,
}

impl Document {
    /// The body. Fields that nobody here knows are in it too; a field that isn't there is left out.
    ///
    /// If automerge fails while it reads, the body is empty; an edit of such a document is refused.
    pub fn read(&self, spec: Option<&KindSpec>) -> Fields {
        guarded(|| fields(&self.automerge, spec, None)).unwrap_or_default()
    }

    /// The body as it was at these heads, all of which must be here.
    pub(super) fn read_at(&self, spec: Option<&KindSpec>, heads: &[Hash]) -> Result<Fields, Panicked> {
        guarded(|| fields(&self.automerge, spec, Some(heads)))
    }

    /// Where writers disagree: every register, and every field that the spec doesn't know, with at least two values.
    ///
    /// Sets and texts merge, and of a `Latest` field nobody needs to know. Equal values are no conflict.
    pub fn conflicts(&self, spec: Option<&KindSpec>) -> Vec<FieldConflict> {
        guarded(|| conflicts(&self.automerge, spec, None)).unwrap_or_default()
    }

    /// Where they disagreed at these heads, all of which must be here.
    pub(super) fn conflicts_at(&self, spec: Option<&KindSpec>, heads: &[Hash]) -> Vec<FieldConflict> {
        guarded(|| conflicts(&self.automerge, spec, Some(heads))).unwrap_or_default()
    }
}

fn conflicts(document: &Automerge, spec: Option<&KindSpec>, heads: Option<&[Hash]>) -> Vec<FieldConflict> {
    let several = winners(document, heads).filter(|winner| winner.conflict);
    several.filter_map(|winner| conflict(document, spec, winner, heads)).collect()
}

/// Where writers put this value and others, if that counts as a disagreement.
fn conflict(
    document: &Automerge,
    spec: Option<&KindSpec>,
    winner: MapRangeItem<'_>,
    heads: Option<&[Hash]>,
) -> Option<FieldConflict> {
    let field = winner.key.clone().into_owned();
    let merge = spec.and_then(|spec| spec.field(&field)).map_or(Merge::Register, |field| field.merge);
    if matches!(merge, Merge::Latest | Merge::Set | Merge::ClosedFirst(_)) || is_element(spec, &field) {
        return None;
    }
    let mut by_text: BTreeMap<String, (Value, Actor)> = BTreeMap::new();
    let all = match heads {
        None => document.get_all(ROOT, field.as_str()),
        Some(heads) => document.get_all_at(ROOT, field.as_str(), heads),
    };
    for (stored, id) in all.ok()? {
        let value = read_value(document, &stored, &id, heads)?;
        let actor = putter(&id)?;
        let candidate = by_text.entry(value.to_string()).or_insert((value, actor));
        candidate.1 = candidate.1.min(actor);
    }
    if by_text.len() < 2 {
        return None;
    }
    let first = by_text.remove(&read_winner(document, winner, heads)?.to_string())?;
    let candidates = std::iter::once(first).chain(by_text.into_values()).collect();
    Some(FieldConflict { field, candidates })
}

/// The winners, at these heads or now.
fn fields(document: &Automerge, spec: Option<&KindSpec>, heads: Option<&[Hash]>) -> Fields {
    let mut fields = Fields::new();
    let mut sets: BTreeMap<String, BTreeSet<Element>> = BTreeMap::new();
    for winner in winners(document, heads) {
        let key = winner.key.clone().into_owned();
        let is_text = matches!(winner.value, ValueRef::Object(_));
        let Some(value) = read_winner(document, winner, heads) else { continue };
        if let Some((name, _)) = set_of(spec, &key) {
            // An element counts only under its own key: otherwise one element could be there twice, and removing it
            // would remove one of the two.
            if let Some(element) = Element::of(&value).filter(|element| element.key(name) == key) {
                sets.entry(name.to_owned()).or_default().insert(element);
            }
            continue;
        }
        let is_set = spec.and_then(|spec| spec.field(&key)).is_some_and(|field| field.merge == Merge::Set);
        let is_empty_text = is_text && value == "";
        if !is_set && !is_empty_text && !value.is_null() {
            fields.insert(key, value);
        }
    }
    fields.extend(sets.into_iter().map(|(name, set)| (name, set.iter().map(Element::value).collect())));
    fields
}

/// What each root key holds, at these heads or now, in one pass: to seek each key alone takes several times as long.
fn winners<'a>(document: &'a Automerge, heads: Option<&[Hash]>) -> MapRange<'a> {
    match heads {
        None => document.map_range(ROOT, ..),
        Some(heads) => document.map_range_at(ROOT, .., heads),
    }
}

fn read_winner(document: &Automerge, winner: MapRangeItem<'_>, heads: Option<&[Hash]>) -> Option<Value> {
    let id = winner.id();
    read_value(document, &winner.value.into(), &id, heads)
}

/// The value of a root key: its scalar, or the words of its text.
fn read_value(document: &Automerge, stored: &Stored<'_>, id: &ObjId, heads: Option<&[Hash]>) -> Option<Value> {
    match (stored, heads) {
        (Stored::Scalar(scalar), _) => from_scalar(scalar),
        (Stored::Object(_), None) => document.text(id).ok().map(Value::String),
        (Stored::Object(_), Some(heads)) => document.text_at(id, heads).ok().map(Value::String),
    }
}

/// The device that put a value.
fn putter(id: &ObjId) -> Option<Actor> {
    match id {
        ObjId::Root => None,
        ObjId::Id(_, actor, _) => Actor::parse(actor.to_bytes()).map(|(actor, _)| actor),
    }
}
