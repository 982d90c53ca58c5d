//! Writes. Each needs a [`Transaction`], so that none can happen outside one.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension, params};

use super::changes::LogChanges;
use super::connection::{OWED, clean};
use super::entries::StoredEntry;
use super::error::StoreError;
use super::reader::Reader;
use crate::model::audience::Audience;
use crate::model::entry::Salt;
use crate::model::{AudienceId, DeviceKey, EntryState, Position, Signature};

/// A write under way. Dropped without [`commit`](Self::commit), it leaves nothing behind.
///
/// It reads too, and sees its own writes: it derefs to a [`Reader`].
pub struct Transaction<'a> {
    reader: Reader<'a>,
    open: bool,
    /// Whether anything was taken away that must leave the file.
    has_erased: Cell<bool>,
    changes: &'a RefCell<LogChanges>,
    /// The feed that was appended to last, and the number that comes next there: a run is appended entry by entry.
    next: Cell<Option<(AudienceId, DeviceKey, u64)>>,
    /// Whether rows come back to the place that they had.
    pub(super) keeps_places: Cell<bool>,
    /// The numbers of devices that were asked for.
    devices: RefCell<BTreeMap<DeviceKey, i64>>,
}

impl<'a> Transaction<'a> {
    /// Begins at once to write, so that it can't fail half-way because another got in between.
    pub(super) fn begin(connection: &'a Connection, changes: &'a RefCell<LogChanges>) -> Result<Self, StoreError> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Self {
            reader: Reader::within(connection),
            open: true,
            has_erased: Cell::new(false),
            changes,
            next: Cell::default(),
            keeps_places: Cell::default(),
            devices: RefCell::default(),
        })
    }

    /// Makes it durable: when this returns, a power cut takes nothing of it.
    ///
    /// If bodies were taken away, the file is cleaned too before this returns, where the disk lets it: freed pages are given
    /// back, and the log that still holds the old ones is emptied. Copies that SQLite made when it moved rows about may be left
    /// on pages in use until [`Store::finish_erasing`](super::Store::finish_erasing); that it is owed is noted in the same commit.
    pub fn commit(mut self) -> Result<(), StoreError> {
        if self.has_erased.get() {
            self.set_meta(OWED, &[1])?;
        }
        self.connection().execute_batch("COMMIT")?;
        self.open = false;
        if self.has_erased.get() {
            // Not an error: what is committed is done, and whoever were told otherwise would do it again. It stays owed.
            let _ = clean(self.connection());
        }
        Ok(())
    }

    pub(super) fn connection(&self) -> &'a Connection {
        self.reader.connection()
    }

    pub(super) fn execute(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        Ok(self.connection().prepare_cached(sql)?.execute(params)?)
    }

    /// Notes a small fact about this home.
    pub fn set_meta(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.execute("INSERT OR REPLACE INTO meta(key, value) VALUES (?1, ?2)", params![key, value])?;
        Ok(())
    }

    /// Notes what audience has this id. Nothing changes if it is known.
    pub fn put_audience(&self, id: &AudienceId, audience: &Audience) -> Result<(), StoreError> {
        let members = audience.named_members().iter().flat_map(|member| *member.as_bytes()).collect::<Vec<u8>>();
        self.execute(
            "INSERT OR IGNORE INTO audiences(hash, tag, members) VALUES (?1, ?2, ?3)",
            params![id.as_bytes(), audience.tag() as u8, members],
        )?;
        Ok(())
    }

    /// Raises the highest tick held in an audience.
    pub fn raise_tick(&self, audience: &AudienceId, tick: u64) -> Result<(), StoreError> {
        self.execute("UPDATE audiences SET tick = max(tick, ?2) WHERE hash = ?1", params![audience.as_bytes(), tick])?;
        Ok(())
    }

    /// Appends an entry to its feed.
    ///
    /// # Errors
    /// [`StoreError::Internal`] unless its number follows the feed's head: no feed ever has a gap.
    pub fn append(&self, entry: &StoredEntry) -> Result<(), StoreError> {
        if entry.position.number != self.next_number(&entry.audience, &entry.position.device)? {
            return Err(StoreError::Internal("a gap in a feed"));
        }
        if entry.body.is_some() != entry.state.has_body() {
            return Err(StoreError::Internal("an entry whose state and body disagree"));
        }
        self.note_new_head(&entry.audience);
        if entry.body.is_none() {
            self.note_missing(&entry.audience);
        }
        let (salt, body) = entry.body.as_ref().map(|(salt, body)| (salt, body)).unzip();
        let (record, about) = (self.link(entry.record)?, self.link(entry.about)?);
        self.execute(
            "INSERT INTO entries VALUES
                 ((SELECT id FROM audiences WHERE hash = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![
                entry.audience.as_bytes(),
                self.device_number(&entry.position.device)?,
                entry.position.number,
                entry.hash.as_bytes(),
                entry.commitment.as_bytes(),
                salt,
                body,
                entry.signature.as_ref().map(|signature| &signature.as_bytes()[..]),
                entry.state.code(),
                entry.tick,
                record.0,
                record.1,
                about.0,
                about.1,
            ],
        )?;
        self.next.set(Some((entry.audience, entry.position.device, entry.position.number + 1)));
        Ok(())
    }

    /// The number of the entry that comes next in a feed.
    fn next_number(&self, audience: &AudienceId, device: &DeviceKey) -> Result<u64, StoreError> {
        if let Some((_, _, number)) = self.next.get().filter(|(of, by, _)| (of, by) == (audience, device)) {
            return Ok(number);
        }
        let before = match self.head(audience, device)? {
            Some(head) => head.number,
            None => self.number_before(audience, device)?,
        };
        Ok(before + 1)
    }

    /// Notes what has become of an entry. A state without a body takes body and salt away.
    ///
    /// # Errors
    /// [`StoreError::Internal`] for a state with a body where there is none: nothing that was erased comes back so.
    pub fn set_state(&self, audience: &AudienceId, position: Position, state: EntryState) -> Result<(), StoreError> {
        if !state.has_body() {
            self.note_removal();
        }
        self.note_missing(audience);
        let sql = if state.has_body() {
            "UPDATE entries SET state = ?4 WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
                 AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3 AND body IS NOT NULL"
        } else {
            "UPDATE entries SET state = ?4, salt = NULL, body = NULL
                 WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
                 AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3"
        };
        self.change_one(sql, audience, position, state.code())
    }

    /// Notes that something was taken away, so that the commit cleans the file.
    pub(super) fn note_removal(&self) {
        self.has_erased.set(true);
    }

    /// Notes that a feed of the audience ends elsewhere now.
    pub(super) fn note_new_head(&self, audience: &AudienceId) {
        self.next.set(None);
        self.changes.borrow_mut().heads.insert(*audience);
    }

    /// Notes that other bodies of the audience may be missing now.
    pub(super) fn note_missing(&self, audience: &AudienceId) {
        self.changes.borrow_mut().missing.insert(*audience);
    }

    /// Takes a small fact away.
    pub fn delete_meta(&self, key: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM meta WHERE key = ?1", [key])?;
        Ok(())
    }

    /// Keeps or drops an entry's signature.
    pub fn set_signature(
        &self,
        audience: &AudienceId,
        position: Position,
        signature: Option<&Signature>,
    ) -> Result<(), StoreError> {
        self.change_one(
            "UPDATE entries SET signature = ?4 WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
                 AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3",
            audience,
            position,
            signature.map(|signature| signature.as_bytes().to_vec()),
        )
    }

    /// Puts a body into an entry that lacked it, unless its new state is one without. The caller has checked it against
    /// the commitment.
    pub fn fill_body(&self, entry: &StoredEntry, salt: &Salt, body: &[u8]) -> Result<(), StoreError> {
        self.note_missing(&entry.audience);
        let (salt, body) = entry.state.has_body().then_some((salt, body)).unzip();
        let (record, about) = (self.link(entry.record)?, self.link(entry.about)?);
        let changed = self.execute(
            "UPDATE entries SET salt = ?4, body = ?5, state = ?6, tick = ?7, record_device = ?8, record_number = ?9,
                 about_device = ?10, about_number = ?11
                 WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
                 AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3",
            params![
                entry.audience.as_bytes(),
                entry.position.device.as_bytes(),
                entry.position.number,
                salt,
                body,
                entry.state.code(),
                entry.tick,
                record.0,
                record.1,
                about.0,
                about.1
            ],
        )?;
        if changed == 1 { Ok(()) } else { Err(StoreError::Internal("an entry that isn't there")) }
    }

    fn change_one(
        &self,
        sql: &str,
        audience: &AudienceId,
        position: Position,
        value: impl rusqlite::ToSql,
    ) -> Result<(), StoreError> {
        let (device, number) = (position.device, position.number);
        match self.execute(sql, params![audience.as_bytes(), device.as_bytes(), number, value])? {
            1 => Ok(()),
            _ => Err(StoreError::Internal("an entry, or its body, that isn't there")),
        }
    }

    pub(super) fn link(&self, position: Option<Position>) -> Result<(Option<i64>, Option<u64>), StoreError> {
        match position {
            Some(position) => Ok((Some(self.device_number(&position.device)?), Some(position.number))),
            None => Ok((None, None)),
        }
    }

    pub(super) fn device_number(&self, device: &DeviceKey) -> Result<i64, StoreError> {
        if let Some(number) = self.devices.borrow().get(device) {
            return Ok(*number);
        }
        let known = self
            .connection()
            .prepare_cached("SELECT id FROM devices WHERE key = ?1")?
            .query_row([device.as_bytes()], |row| row.get(0))
            .optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                self.execute("INSERT INTO devices(key) VALUES (?1)", [device.as_bytes()])?;
                self.connection().last_insert_rowid()
            }
        };
        self.devices.borrow_mut().insert(*device, number);
        Ok(number)
    }
}

impl<'a> Deref for Transaction<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // If this fails too, SQLite has already rolled back by itself.
            let _ = self.connection().execute_batch("ROLLBACK");
        }
    }
}
