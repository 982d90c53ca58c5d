//! Reads of what is committed, or of what a transaction has written so far.

use std::cell::RefCell;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::error::StoreError;
use super::snapshot::{Found, Snapshot};
use crate::model::audience::{Audience, AudienceTag};
use crate::model::{AudienceId, MemberId};

/// Reads. Writes need a [`Transaction`](super::Transaction).
pub struct Reader<'a> {
    connection: &'a Connection,
    /// None in a transaction, which changes what it reads.
    snapshot: Option<Snapshot<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn at(snapshot: Snapshot<'a>) -> Self {
        Self { connection: snapshot.connection(), snapshot: Some(snapshot) }
    }

    pub(super) fn within(transaction: &'a Connection) -> Self {
        Self { connection: transaction, snapshot: None }
    }

    /// What was found out of the moment that is read.
    pub(super) fn found(&self) -> Option<&RefCell<Found>> {
        self.snapshot.as_ref().map(Snapshot::found)
    }

    pub(super) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// A small fact about this home.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// The audience with this id, if entries of it were ever held.
    pub fn audience(&self, id: &AudienceId) -> Result<Option<Audience>, StoreError> {
        if let Some(known) = self.found().and_then(|found| found.borrow().audiences.get(id).cloned()) {
            return Ok(known);
        }
        let mut statement = self.connection.prepare_cached("SELECT tag, members FROM audiences WHERE hash = ?1")?;
        let read = statement.query_row([id.as_bytes()], |row| audience(row, 0)).optional()?;
        if let Some(found) = self.found() {
            found.borrow_mut().audiences.insert(*id, read.clone());
        }
        Ok(read)
    }

    /// All audiences of which entries were ever held.
    pub fn audiences(&self) -> Result<Vec<(AudienceId, Audience)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT hash, tag, members FROM audiences ORDER BY hash")?;
        let all = statement.query_map([], |row| Ok((AudienceId::from_bytes(blob(row, 0)?), audience(row, 1)?)))?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// The highest tick held in an audience.
    pub fn tick(&self, id: &AudienceId) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT tick FROM audiences WHERE hash = ?1")?;
        Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?.unwrap_or(0))
    }
}

fn audience(row: &Row<'_>, at: usize) -> rusqlite::Result<Audience> {
    const TAGS: [AudienceTag; 7] = [
        AudienceTag::Set,
        AudienceTag::Home,
        AudienceTag::HomeAdults,
        AudienceTag::Roster,
        AudienceTag::Keys,
        AudienceTag::Me,
        AudienceTag::Journal,
    ];
    let (tag, members): (usize, Vec<u8>) = (row.get(at)?, row.get(at + 1)?);
    let members: Vec<_> = members.chunks(MemberId::LENGTH).filter_map(MemberId::from_slice).collect();
    let known = TAGS.get(tag).and_then(|tag| Audience::from_open(*tag, &members));
    known.ok_or(rusqlite::Error::IntegralValueOutOfRange(at, tag as i64))
}

/// A blob of exactly `N` bytes.
pub(super) fn blob<const N: usize>(row: &Row<'_>, at: usize) -> rusqlite::Result<[u8; N]> {
    blob_or_none(row, at)?.ok_or(rusqlite::Error::InvalidColumnType(at, String::new(), rusqlite::types::Type::Null))
}

/// A blob of exactly `N` bytes, or null.
pub(super) fn blob_or_none<const N: usize>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<[u8; N]>> {
    match row.get_ref(at)? {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(bytes) => bytes
            .try_into()
            .map(Some)
            .map_err(|_| rusqlite::Error::InvalidColumnType(at, String::new(), rusqlite::types::Type::Blob)),
        other => Err(rusqlite::Error::InvalidColumnType(at, String::new(), other.data_type())),
    }
}
