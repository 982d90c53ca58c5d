//! What can still be read of a database that was moved aside, taken over into the new one: row by row, because whatever reads more at
//! once ends at the first damaged page.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::connection;
use super::error::StoreError;
use super::open::Store;
use super::transaction::Transaction;

/// Tables whose rows are kept, each after those that it refers to. Rows and their words aren't: entries give them again.
const BY_KEY: [&str; 5] = ["meta", "sides", "peers", "peer_vectors", "peers_seen"];
const BY_NUMBER: [&str; 4] = ["audiences", "devices", "entries", "trash"];
/// So many numbers in a row without a readable one are the end of a table: more than a lost page of its index has.
const SILENCE_MAX: i64 = 100_000;

/// What was taken over from a damaged file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Entries that are here again.
    pub entries: u64,
    /// Entries that could be read and don't follow on what is here: others who hold them bring them back.
    pub entries_beyond_a_gap: u64,
    /// Whether anything couldn't be read.
    pub is_damaged: bool,
}

impl Store {
    /// Takes over what the database that was moved aside last still holds. None if there is no such database, or it can't be read at all.
    /// The store must be new: nothing is overwritten. What `and` notes is committed with it.
    pub fn salvage(
        &mut self,
        key: &[u8; 32],
        and: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Option<Salvaged>, StoreError> {
        let Some(damaged) = self.last_moved_aside()? else { return Ok(None) };
        let Ok(from) = connection::open_to_read(&damaged, key) else { return Ok(None) };
        let tx = self.begin()?;
        let mut salvaged = Salvaged::default();
        for (tables, copy) in [(&BY_KEY[..1], by_key as Copy), (&BY_NUMBER[..], by_number), (&BY_KEY[1..], by_key)] {
            for table in tables {
                salvaged.is_damaged |= !copy(&from, tx.connection(), table)?;
            }
        }
        salvaged.entries_beyond_a_gap = drop_what_follows_a_gap(tx.connection())?;
        salvaged.entries = tx.connection().query_row("SELECT count(*) FROM entries", [], |row| row.get(0))?;
        and(&tx)?;
        tx.commit()?;
        Ok(Some(salvaged))
    }
}

/// Copies a table. Whether all of it could be read.
type Copy = fn(&Connection, &Connection, &str) -> Result<bool, StoreError>;

/// From either end, as far as it goes.
fn by_key(from: &Connection, to: &Connection, table: &str) -> Result<bool, StoreError> {
    let copy = |order: &str| -> Result<bool, StoreError> {
        let Ok(mut statement) = from.prepare(&format!("SELECT * FROM {table} ORDER BY 1 {order}")) else {
            return Ok(false);
        };
        let Ok(mut rows) = statement.query([]) else { return Ok(false) };
        loop {
            match rows.next() {
                Ok(Some(row)) => put(to, table, row, 0)?,
                Ok(None) => return Ok(true),
                Err(_) => return Ok(false),
            };
        }
    };
    let is_whole = copy("ASC")?;
    if !is_whole {
        copy("DESC")?;
    }
    Ok(is_whole)
}

/// By the numbers that SQLite gives rows, over every one that can't be read.
fn by_number(from: &Connection, to: &Connection, table: &str) -> Result<bool, StoreError> {
    // The next one there is; where that can't be said, the very next number.
    let next = format!("SELECT rowid, * FROM {table} WHERE rowid > ?1 ORDER BY rowid LIMIT 1");
    let this = format!("SELECT rowid, * FROM {table} WHERE rowid = ?1 + 1");
    let (mut is_whole, mut number, mut silence) = (true, 0_i64, 0);
    while silence < SILENCE_MAX {
        let sql = if silence == 0 { &next } else { &this };
        let Ok(mut statement) = from.prepare_cached(sql) else { return Ok(false) };
        let mut rows = statement.query([number])?;
        match rows.next() {
            Ok(Some(row)) => {
                number = row.get(0)?;
                silence = 0;
                is_whole &= put(to, table, row, 1)?;
            }
            Ok(None) if silence == 0 => break,
            Ok(None) | Err(_) => {
                is_whole = false;
                (number, silence) = (number + 1, silence + 1);
            }
        }
    }
    Ok(is_whole)
}

/// Whether the row could be put: one that refers to something lost can't.
fn put(to: &Connection, table: &str, row: &rusqlite::Row<'_>, first: usize) -> Result<bool, StoreError> {
    let count = row.as_ref().column_count();
    let values = (first..count).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>()?;
    let places = vec!["?"; values.len()].join(", ");
    let sql = format!("INSERT OR IGNORE INTO {table} VALUES ({places})");
    match to.prepare_cached(&sql)?.execute(params_from_iter(values)) {
        Ok(_) => Ok(true),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// No feed has a gap. What comes after one is dropped, and comes back from whoever holds it. How many entries that were.
fn drop_what_follows_a_gap(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT audience, device, number, (SELECT s.number FROM sides s JOIN devices d ON d.key = s.key WHERE d.id = e.device)
        FROM entries e ORDER BY audience, device, number";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let (mut feed, mut next, mut gaps) = ((0_i64, 0_i64), 0_u64, Vec::new());
    while let Some(row) = rows.next()? {
        let (of, number, begins): ((i64, i64), u64, Option<u64>) =
            ((row.get(0)?, row.get(1)?), row.get(2)?, row.get(3)?);
        if of != feed {
            (feed, next) = (of, begins.unwrap_or(1));
        }
        if number > next {
            gaps.push((of, number));
            next = u64::MAX;
        } else if number == next {
            next += 1;
        }
    }
    let sql = "DELETE FROM entries WHERE audience = ?1 AND device = ?2 AND number >= ?3";
    let mut dropped = 0;
    for ((audience, device), number) in gaps {
        dropped += connection.execute(sql, (audience, device, number))? as u64;
    }
    Ok(dropped)
}
