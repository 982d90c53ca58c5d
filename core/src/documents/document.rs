//! A record's document, in memory only: rebuilt from its entries, and thrown away.

use automerge::{ActorId, Automerge, TextEncoding};

use super::actor::Actor;
use super::change::parse;
use super::error::ApplyError;
use super::history::History;
use super::seam::guarded;
use crate::model::record::ChangeHash;

/// The document of one record.
pub struct Document {
    pub(super) automerge: Automerge,
    pub(super) history: History,
    quarantined: bool,
}

/// A change is part of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Now.
    New,
    /// It already was.
    Already,
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

impl Document {
    /// An empty document, to which the changes of a record are applied entry by entry.
    pub fn new() -> Self {
        Self { automerge: blank(ActorId::from([0; 16].as_slice())), history: History::default(), quarantined: false }
    }

    /// Makes a change part of the document. `author` is the actor of the device whose entry brought it.
    ///
    /// The create comes first, and each change after all that it depends on; automerge would queue what comes too
    /// early, where no verdict sees it. Apart from `MissingDependency` and `DuplicateSequence` the answer depends on the
    /// change and its ancestors only, so every phone gives the same.
    pub fn apply(&mut self, change: &[u8], author: Actor) -> Result<Applied, ApplyError> {
        if self.quarantined {
            return Err(ApplyError::Quarantined);
        }
        let parsed = parse(change)?;
        if parsed.info.actor != author {
            return Err(ApplyError::WrongActor);
        }
        if self.history.contains(&parsed.info.hash) {
            return Ok(Applied::Already);
        }
        let admitted = self.history.admit(&parsed)?;
        let one = [parsed.change.clone()];
        let applied = guarded(|| self.automerge.apply_changes(one).is_ok());
        if applied != Ok(true) {
            self.quarantined = true;
            return Err(ApplyError::Quarantined);
        }
        self.history.record(&parsed, admitted);
        Ok(Applied::New)
    }

    /// The changes that no other builds on, sorted: the version of what is read now.
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.history.heads().copied().collect()
    }

    /// Whether this change is part of the document.
    pub fn contains(&self, hash: &ChangeHash) -> bool {
        self.history.contains(hash)
    }
}

/// An empty automerge document of this actor. automerge would mint a random one, and the same edit would then have
/// other bytes each time; and its default unit of text depends on the features of the build.
pub(super) fn blank(actor: ActorId) -> Automerge {
    Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint).with_actor(actor)
}
