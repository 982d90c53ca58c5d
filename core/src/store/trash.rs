//! What the owner of this phone removed lately. It never leaves this phone, and nothing else refers to it.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::reader::{Reader, blob};
use super::transaction::Transaction;
use crate::model::{AudienceId, Date, Fields, RecordRef, TrashId};

/// What it takes to make a removed record anew: what it said and to whom, and nothing that names what was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trashed {
    /// The kind's name.
    pub kind: String,
    /// Its body.
    pub fields: Fields,
    /// With whom it was shared.
    pub audience: AudienceId,
    /// The record it belonged to.
    pub about: Option<RecordRef>,
    /// The last day on which others would have kept it.
    pub expires_on: Option<Date>,
    /// Its own date, if it had one.
    pub date: Option<Date>,
}

/// Something in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrashRow {
    /// Its name here.
    pub id: TrashId,
    /// When it was removed, by this phone's clock: milliseconds since 1970.
    pub removed_at_ms: i64,
    /// What was removed.
    pub item: Trashed,
}

impl Reader<'_> {
    /// Everything in the trash, what was removed last first.
    pub fn trash(&self) -> Result<Vec<TrashRow>, StoreError> {
        let sql = "SELECT id, removed_at_ms, item FROM trash ORDER BY removed_at_ms DESC, id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut found = statement.query([])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let item: String = row.get(2)?;
            let item = serde_json::from_str(&item).map_err(|_| StoreError::Internal("trash that can't be read"))?;
            rows.push(TrashRow { id: TrashId::from_bytes(blob(row, 0)?), removed_at_ms: row.get(1)?, item });
        }
        Ok(rows)
    }
}

impl Transaction<'_> {
    /// Keeps what is about to be removed, or notes another time for it.
    pub fn put_trash(&self, row: &TrashRow) -> Result<(), StoreError> {
        let item = serde_json::to_string(&row.item).map_err(|_| StoreError::Internal("trash that can't be written"))?;
        let values = params![row.id.as_bytes(), row.removed_at_ms, item];
        self.execute("INSERT OR REPLACE INTO trash(id, removed_at_ms, item) VALUES (?1, ?2, ?3)", values)?;
        Ok(())
    }

    /// Takes something out of the trash for good.
    pub fn delete_trash(&self, id: &TrashId) -> Result<(), StoreError> {
        if self.execute("DELETE FROM trash WHERE id = ?1", [id.as_bytes()])? > 0 {
            self.note_removal();
        }
        Ok(())
    }
}
