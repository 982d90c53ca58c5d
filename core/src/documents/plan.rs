//! What must be written so that a body becomes another.

use std::collections::BTreeSet;

use automerge::ScalarValue;
use serde_json::Value;

use super::error::DocumentError;
use super::value::{Element, to_scalar};
use crate::model::kind::{Fields, KindSpec, Merge};

/// One thing to write at the root.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Write {
    Put { key: String, value: ScalarValue },
    Delete { key: String },
    Text { key: String, text: String },
}

/// What turns `base` into `wanted`: only fields that differ, in the order of their names.
///
/// Writing the whole body would be shorter and wrong: putting a conflicted key's winner again deletes the losers. A
/// field that the spec doesn't know and `wanted` doesn't hold is left alone, because an older app must not take away
/// what a newer one wrote.
pub(super) fn plan(
    spec: Option<&KindSpec>,
    texts: &BTreeSet<String>,
    base: &Fields,
    wanted: &Fields,
) -> Result<Vec<Write>, DocumentError> {
    let names: BTreeSet<&String> = base.keys().chain(wanted.keys()).collect();
    let mut writes = Vec::new();
    for name in names {
        let [old, new] = [base, wanted].map(|fields| fields.get(name).filter(|value| !value.is_null()));
        let field = spec.and_then(|spec| spec.field(name));
        if old == new || new.is_none() && field.is_none() {
            continue;
        }
        let invalid = || DocumentError::InvalidField(name.clone());
        if name.is_empty() || is_element(spec, name) {
            return Err(invalid());
        }
        if field.is_some_and(|field| field.merge == Merge::Set) {
            let [old, new] = [old, new].map(elements);
            let (old, new) = (old.unwrap_or_default(), new.ok_or_else(invalid)?);
            writes.extend(old.difference(&new).map(|element| Write::Delete { key: element.key(name) }));
            for element in new.difference(&old) {
                let value = to_scalar(&element.value()).ok_or_else(invalid)?;
                writes.push(Write::Put { key: element.key(name), value });
            }
        } else if texts.contains(name) {
            let text = new.map_or(Some(""), Value::as_str).ok_or_else(invalid)?;
            writes.push(Write::Text { key: name.clone(), text: text.to_owned() });
        } else {
            // Taking a register away puts null instead of deleting the key, so that against somebody's concurrent new
            // value it shows as a conflict; a delete would be lost without a word.
            let value = to_scalar(new.unwrap_or(&Value::Null)).ok_or_else(invalid)?;
            writes.push(Write::Put { key: name.clone(), value });
        }
    }
    Ok(writes)
}

/// Whether a root key is an element of one of the spec's sets.
pub(super) fn is_element(spec: Option<&KindSpec>, key: &str) -> bool {
    set_of(spec, key).is_some()
}

/// The set and the element's text that a root key stands for.
pub(super) fn set_of<'a>(spec: Option<&KindSpec>, key: &'a str) -> Option<(&'a str, &'a str)> {
    let (name, element) = key.split_once('/')?;
    let field = spec.and_then(|spec| spec.field(name))?;
    (field.merge == Merge::Set).then_some((name, element))
}

/// The elements of a list; none where there is no list.
fn elements(value: Option<&Value>) -> Option<BTreeSet<Element>> {
    match value {
        None => Some(BTreeSet::new()),
        Some(Value::Array(list)) => list.iter().map(Element::of).collect(),
        Some(_) => None,
    }
}
