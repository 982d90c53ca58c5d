//! Writing changes. What is written passes the same gate as what comes from elsewhere, so that no phone makes a change
//! that another would refuse.

use std::collections::BTreeSet;

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ChangeHash as Hash, ObjType, PatchLog, ROOT, ReadDoc};
use serde_json::Value;

use super::actor::Actor;
use super::change::PREFIX_BYTES;
use super::document::{Document, blank};
use super::error::{ApplyError, DocumentError};
use super::plan::{Write, is_element, plan};
use super::seam::guarded;
use super::value::to_scalar;
use crate::model::kind::{Fields, KindSpec, Merge};
use crate::model::limits::CHANGE_OPERATIONS_MAX;
use crate::model::record::ChangeHash;

impl Document {
    /// The create change of a body, and the document that holds it.
    ///
    /// Every text of the spec is made here, empty if the body has none: this is the only change that all others build
    /// on, so no two devices make the same text at once. A text field that a later schema adds is missing in older
    /// records, and is a register there.
    pub fn create(spec: Option<&KindSpec>, fields: &Fields, actor: Actor) -> Result<(Self, Vec<u8>), DocumentError> {
        let of_spec = spec.map_or(&[][..], |spec| spec.fields);
        let texts = of_spec.iter().filter(|field| field.merge == Merge::Text).map(|field| field.name.to_owned());
        let texts: BTreeSet<String> = texts.collect();
        let writes = plan(spec, &texts, &Fields::new(), fields)?;
        let change = draft(blank(actor.to_automerge()), None, |transaction| {
            texts.iter().try_for_each(|key| transaction.put_object(ROOT, key.as_str(), ObjType::Text).map(drop))?;
            writes.iter().try_for_each(|write| put(transaction, write))
        })?;
        let change = change.ok_or(DocumentError::Empty)?;
        let mut document = Self::new();
        document.take(&change, actor)?;
        Ok((document, change))
    }

    /// An edit made from what its writer saw: of `fields` only those are written that differ from the body at `heads`.
    /// None if nothing differs.
    ///
    /// A field that the spec knows and `fields` doesn't hold is taken away; one that the spec doesn't know is left alone.
    /// The edit stands beside what came after `heads`, unless that would lie too far back to be allowed: then it is made
    /// on top of everything here.
    pub fn edit(
        &mut self,
        spec: Option<&KindSpec>,
        heads: &[ChangeHash],
        fields: &Fields,
        actor: Actor,
    ) -> Result<Option<Vec<u8>>, DocumentError> {
        let seen: BTreeSet<&ChangeHash> = heads.iter().collect();
        if seen.is_empty() || !seen.iter().all(|hash| self.contains(hash)) {
            return Err(DocumentError::UnknownHeads);
        }
        let newest = seen.iter().copied().eq(self.history.heads());
        let heads: Vec<Hash> = seen.into_iter().map(|hash| Hash(*hash)).collect();
        let base = self.read_at(spec, &heads)?;
        let writes = plan(spec, self.history.texts(), &base, fields)?;
        if writes.is_empty() {
            return Ok(None);
        }
        if !newest {
            match self.write(Some(&heads), &writes, actor) {
                Err(DocumentError::TooLarge) => {}
                done => return done,
            }
        }
        self.write(None, &writes, actor)
    }

    /// Settles one field, and returns the change that does.
    ///
    /// The key is deleted and then put, at the newest heads. Only to put would not do: where the value is the winner's,
    /// automerge deletes the losers and writes no value of its own, and somebody's opposite choice, made at the same
    /// time, would win without a word. This way both choices stand, and the conflict shows again.
    pub fn resolve(
        &mut self,
        spec: Option<&KindSpec>,
        field: &str,
        value: &Value,
        actor: Actor,
    ) -> Result<Vec<u8>, DocumentError> {
        let invalid = || DocumentError::InvalidField(field.to_owned());
        let is_set = spec.and_then(|spec| spec.field(field)).is_some_and(|field| field.merge == Merge::Set);
        if field.is_empty() || is_set || is_element(spec, field) || self.history.texts().contains(field) {
            return Err(invalid());
        }
        if self.history.heads().next().is_none() {
            return Err(DocumentError::UnknownHeads);
        }
        let put = Write::Put { key: field.to_owned(), value: to_scalar(value).ok_or_else(invalid)? };
        let change = self.write(None, &[Write::Delete { key: field.to_owned() }, put], actor)?;
        // A put over a deleted key always has an effect.
        change.ok_or(DocumentError::Quarantined)
    }

    /// Drafts a change on a copy and takes it in. The copy is what makes a failure half-way harmless.
    fn write(
        &mut self,
        heads: Option<&[Hash]>,
        writes: &[Write],
        actor: Actor,
    ) -> Result<Option<Vec<u8>>, DocumentError> {
        let copy = guarded(|| self.automerge.clone().with_actor(actor.to_automerge()))?;
        let change = draft(copy, heads, |transaction| writes.iter().try_for_each(|write| put(transaction, write)))?;
        if let Some(change) = &change {
            self.take(change, actor)?;
        }
        Ok(change)
    }

    fn take(&mut self, change: &[u8], actor: Actor) -> Result<(), DocumentError> {
        match self.apply(change, actor) {
            Ok(_) => Ok(()),
            Err(ApplyError::Quarantined) => Err(DocumentError::Quarantined),
            // We write nothing else that the gate refuses: too many operations or bytes, too high a counter or level.
            Err(_) => Err(DocumentError::TooLarge),
        }
    }
}

/// Runs `work` in one transaction at these heads, or the newest, and returns the change it makes, if any.
fn draft(
    mut document: Automerge,
    heads: Option<&[Hash]>,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
) -> Result<Option<Vec<u8>>, DocumentError> {
    guarded(move || {
        let mut transaction = match heads {
            None => document.transaction(),
            Some(heads) => {
                let begun = document.transaction_at(PatchLog::inactive(), heads);
                begun.map_err(|_| DocumentError::Quarantined)?
            }
        };
        work(&mut transaction).map_err(|_| DocumentError::Quarantined)?;
        if u64::try_from(transaction.pending_ops()).is_ok_and(|operations| operations > CHANGE_OPERATIONS_MAX) {
            return Err(DocumentError::TooLarge);
        }
        // Its answer, not `get_last_local_change`: without an effect there is no change, and that would be an older one.
        let Some(hash) = transaction.commit().0 else { return Ok(None) };
        let change = document.get_change_by_hash(&hash).ok_or(DocumentError::Quarantined)?;
        change.raw_bytes().get(PREFIX_BYTES..).map(|bytes| Some(bytes.to_vec())).ok_or(DocumentError::Quarantined)
    })?
}

fn put(transaction: &mut Transaction<'_>, write: &Write) -> Result<(), AutomergeError> {
    match write {
        Write::Put { key, value } => transaction.put(ROOT, key.as_str(), value.clone()),
        Write::Delete { key } => transaction.delete(ROOT, key.as_str()),
        Write::Text { key, text } => {
            let Some((_, id)) = transaction.get(ROOT, key.as_str())? else { return Ok(()) };
            transaction.update_text(&id, text)
        }
    }
}
