//! How a record came to say what it says, read from its entries: there is no log beside them that could say otherwise.

use super::judge::Scope;
use crate::documents::{Document, inspect};
use crate::model::history::{Deed, HistoryStep};
use crate::model::kind::Merge;
use crate::model::limits::HISTORY_STEPS_MAX;
use crate::model::op::{Create, EntryBody, Op};
use crate::model::{EntryState, Row, WallMinutes, kinds};
use crate::store::{Reader, StoreError, StoredEntry};

/// The steps that led to `row`, each after all that its writer had seen; of a very long history the last ones. Equal on
/// every phone that holds the same of it.
///
/// Only what counts is told. Of words that were replaced nothing is: their bodies are gone.
pub fn history(reader: &Reader<'_>, scope: Scope<'_>, row: &Row) -> Result<Vec<HistoryStep>, StoreError> {
    let (mut creates, mut changes) = (Vec::new(), Vec::new());
    for entry in reader.entries_of_record(&row.audience, row.first.position)? {
        let Some((_, bytes)) = entry.body.as_ref().filter(|_| entry.state == EntryState::Accepted) else { continue };
        match EntryBody::decode(bytes).map(|body| body.op) {
            Ok(Op::Create(create)) => creates.push((entry, create)),
            Ok(Op::Change(change)) => changes.push((entry, change.change)),
            _ => {}
        }
    }
    // A version is only shown alone if what others said was more open: then it isn't told either.
    let shows_one = kinds::spec(&row.kind)
        .is_some_and(|spec| spec.fields.iter().any(|field| matches!(field.merge, Merge::ClosedFirst(_))));
    creates.retain(|(entry, _)| !shows_one || entry.position == row.current.position);
    creates.sort_by_key(|(entry, _)| (entry.tick, entry.hash));
    changes.sort_by_key(|(entry, _)| (entry.tick, entry.hash));
    let mut teller = Teller { scope, row, steps: Vec::new(), left: creates.len() + changes.len() };
    let mut document = Document::new();
    for (entry, create) in creates {
        let is_root = entry.position == row.first.position;
        let mut own = Document::new();
        teller.create(&mut own, &entry, &create);
        if is_root {
            document = own;
        }
    }
    // Ticks say in which order to try; what a change builds on says in which order they can be told.
    while !changes.is_empty() {
        let before = changes.len();
        let mut later = Vec::new();
        for (entry, change) in changes {
            if !teller.change(&mut document, &entry, &change) {
                later.push((entry, change));
            }
        }
        changes = later;
        if changes.len() == before {
            break;
        }
    }
    Ok(teller.steps)
}

struct Teller<'a> {
    scope: Scope<'a>,
    row: &'a Row,
    steps: Vec<HistoryStep>,
    /// How many changes are still to come.
    left: usize,
}

impl Teller<'_> {
    fn create(&mut self, document: &mut Document, entry: &StoredEntry, create: &Create) {
        let deed = if create.replaces.is_some() { Deed::Rewrote } else { Deed::Made };
        let is_apart = !self.steps.is_empty();
        self.tell(document, entry, &create.change, Some(create.wall), Some((deed, is_apart)));
    }

    fn change(&mut self, document: &mut Document, entry: &StoredEntry, change: &[u8]) -> bool {
        self.tell(document, entry, change, None, None)
    }

    /// Makes a change part of the document, and tells what it changed. Whether it could be.
    fn tell(
        &mut self,
        document: &mut Document,
        entry: &StoredEntry,
        change: &[u8],
        at: Option<WallMinutes>,
        made: Option<(Deed, bool)>,
    ) -> bool {
        let device = self.scope.roster.writer_of(&entry.position.device);
        let spec = kinds::spec(&self.row.kind);
        let (Ok(info), Some(member)) = (inspect(change), self.scope.roster.member_of(&device)) else { return false };
        let heads = document.heads();
        // To look up the past takes a while. Whoever writes thousands of edits apart shouldn't stop everyone's phone.
        let is_told = self.left <= HISTORY_STEPS_MAX;
        let before = if is_told { document.version(spec, &info.deps) } else { Default::default() };
        if document.apply(change, self.scope.actor_of(&device)).is_err() {
            return false;
        }
        self.left = self.left.saturating_sub(1);
        if is_told {
            let changes = before.changes_to(&document.version(spec, &[info.hash]));
            let settled = changes.iter().any(|change| change.from.len() > 1);
            let deed = if settled { Deed::Settled } else { Deed::Edited };
            let (deed, is_apart) = made.unwrap_or((deed, info.deps != heads));
            self.steps.push(HistoryStep { at, member, device, deed, is_apart, changes });
        }
        true
    }
}
