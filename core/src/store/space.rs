//! How much room a home takes, and by what.

use super::error::StoreError;
use super::reader::{Reader, blob};
use crate::model::AudienceId;

/// What an entry takes beside its body: its place, hash, commitment, links, and its share of the indexes.
const ENTRY_BYTES: u64 = 128;

/// What is held of one audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AudienceSpace {
    /// The audience.
    pub audience: AudienceId,
    /// Entries, stubs included.
    pub entries: u64,
    /// Entries whose body is gone, or hasn't come.
    pub stubs: u64,
    /// Bytes of its entries and rows, about.
    pub bytes: u64,
}

/// What the database's file holds beside that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSpace {
    /// The file.
    pub database_bytes: u64,
    /// Of it, pages that hold nothing and wait to be used or given back.
    pub free_bytes: u64,
    /// What is in the trash.
    pub trash_bytes: u64,
}

impl Reader<'_> {
    /// What is held of each audience. It reads the whole log, so it is for a screen that somebody asks for.
    pub fn audience_space(&self) -> Result<Vec<AudienceSpace>, StoreError> {
        let sql = "SELECT a.hash,
                (SELECT count(*) FROM entries e WHERE e.audience = a.id),
                (SELECT count(*) FROM entries e WHERE e.audience = a.id AND e.body IS NULL),
                (SELECT coalesce(sum(coalesce(length(e.body), 0) + coalesce(length(e.signature), 0)), 0)
                    FROM entries e WHERE e.audience = a.id),
                (SELECT coalesce(sum(length(r.head) + length(CAST(r.rest AS BLOB))), 0) FROM rows r WHERE r.audience = a.id)
            FROM audiences a ORDER BY a.hash";
        let mut statement = self.connection().prepare_cached(sql)?;
        let spaces = statement.query_map([], |row| {
            let (entries, bodies, rows): (u64, u64, u64) = (row.get(1)?, row.get(3)?, row.get(4)?);
            let bytes = entries.saturating_mul(ENTRY_BYTES).saturating_add(bodies).saturating_add(rows);
            Ok(AudienceSpace { audience: AudienceId::from_bytes(blob(row, 0)?), entries, stubs: row.get(2)?, bytes })
        })?;
        Ok(spaces.collect::<Result<_, _>>()?)
    }

    /// What the file takes.
    pub fn file_space(&self) -> Result<FileSpace, StoreError> {
        let number = |sql: &str| -> Result<u64, StoreError> {
            Ok(self.connection().prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        // SQLCipher answers this one itself, and with a text.
        let page: String = self.connection().query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let page: u64 = page.parse().map_err(|_| StoreError::Internal("a page size that is no number"))?;
        Ok(FileSpace {
            database_bytes: number("PRAGMA page_count")?.saturating_mul(page),
            free_bytes: number("PRAGMA freelist_count")?.saturating_mul(page),
            trash_bytes: number("SELECT coalesce(sum(length(CAST(item AS BLOB))), 0) FROM trash")?,
        })
    }
}
