//! One moment of the database: as long as anybody reads, what is read is all of that moment.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::StoreError;
use crate::model::{Audience, AudienceId, Position, RecordId};

/// Who reads, and what they have found out that can't change before they are done.
#[derive(Default)]
pub(super) struct Moment {
    readers: Cell<usize>,
    found: RefCell<Found>,
}

/// What is asked for again with each line of a screen.
#[derive(Default)]
pub(super) struct Found {
    pub audiences: BTreeMap<AudienceId, Option<Audience>>,
    pub has_sides: Option<bool>,
    pub ids: BTreeMap<(AudienceId, Position), Option<RecordId>>,
}

/// A read under way. The first begins a transaction and the last to be dropped ends it: without one, SQLite takes and leaves
/// its locks with every single statement, which costs more than most of them.
pub(super) struct Snapshot<'a> {
    connection: &'a Connection,
    moment: &'a Moment,
}

impl<'a> Snapshot<'a> {
    /// Takes no lock yet: the first statement does.
    pub fn take(connection: &'a Connection, moment: &'a Moment) -> Result<Self, StoreError> {
        if moment.readers.get() == 0 {
            connection.prepare_cached("BEGIN")?.execute([])?;
        }
        moment.readers.set(moment.readers.get() + 1);
        Ok(Self { connection, moment })
    }

    pub fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// What has been found out so far.
    pub fn found(&self) -> &RefCell<Found> {
        &self.moment.found
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        self.moment.readers.set(self.moment.readers.get() - 1);
        if self.moment.readers.get() > 0 {
            return;
        }
        self.moment.found.take();
        let ended = self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        if ended.is_err() {
            // Nothing was written that could be lost; what must not be is that the next write finds a transaction open.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}
