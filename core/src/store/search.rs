//! Words: how they get into the index and out of it, and how rows are found by them.
//!
//! The words of a row are written in the transaction that writes the row, and go in the one that takes it away. They wait
//! until there are some more of them, or until somebody searches, and enter the index together. So a search sees
//! everything that a list sees, and what was removed can't be guessed from the index; see
//! `core/decisions/0016-words-are-indexed-with-their-row.md`.

use super::error::StoreError;
use super::open::Store;
use super::reader::Reader;
use super::row_form;
use super::row_query::{RowQuery, conditions};
use super::rows::{DAY_MINUTES, first_minute, minute_of};
use super::transaction::Transaction;
use super::wanted::{Wanted, kind_mark, person_mark, texts};
use crate::model::folding::words;
use crate::model::limits::PAGE_ROWS_MAX;
use crate::model::{AudienceId, RecordId, Row};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

/// Stands between the texts of a row, so that no phrase reaches from one into the next. Never part of a word, and so
/// never asked for; not ASCII, since those that are no letters are skipped.
const BETWEEN_TEXTS: &str = " ¶ ";
/// So many bits of a row's number in the index tell rows of one minute apart.
const MINUTE_BITS: u32 = 26;
/// The minutes told apart, before and after 1970: more than a date can have.
const MINUTES_MAX: i64 = 1 << 35;

/// The words of so many rows enter the index together. Those of one would have FTS5 begin a segment and merge others: as many pages
/// as a third of all that a write takes.
pub(super) const WAITING_MAX: usize = 64;

/// From so many rows on it takes less time to build the whole index again than to take each row's words out of its pages.
pub(super) const MANY: usize = 100;

/// The words of a row, as the index takes them, after marks for its kind and whom it is by and about; none if it has no
/// words.
fn indexed(row: &Row) -> Option<String> {
    let folded = |text: &str| words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ");
    let texts: Vec<String> = texts(row).into_iter().map(folded).filter(|text| !text.is_empty()).collect();
    let others = row.subject.iter().filter(|subject| **subject != row.author);
    let persons: Vec<String> = std::iter::once(&row.author).chain(others).map(person_mark).collect();
    let marks = format!("{} {}", kind_mark(&row.kind), persons.join(" "));
    (!texts.is_empty()).then(|| format!("{marks}{BETWEEN_TEXTS}{}", texts.join(BETWEEN_TEXTS)))
}

/// The lowest number in the index of a row of this minute. Numbers follow the minutes, so that the newest are found first
/// without looking at the others; rows of one minute follow each other as they come.
fn first_doc(minute: i64) -> i64 {
    (minute.clamp(-MINUTES_MAX, MINUTES_MAX) + MINUTES_MAX) << MINUTE_BITS
}

/// Makes words that are only marked as gone leave the index, if any may be; see [`Transaction::expect_to_go`].
pub(super) fn take_marked_words(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM search_config WHERE k = 'secure-delete' AND v = 0)";
    if connection.query_row(sql, [], |row| row.get(0))? {
        // Not `optimize`, which leaves the marks where there is one segment only. In this order: after a crash between the two it is
        // done again.
        connection.execute("INSERT INTO search(search) VALUES ('rebuild')", [])?;
        connection.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 1)", [])?;
    }
    Ok(())
}

impl Transaction<'_> {
    /// Takes the words of a row for the index, and answers where they will stand there; nowhere if it has none. Those that the row had
    /// before have left it.
    pub(super) fn index(&self, row: &Row) -> Result<Option<i64>, StoreError> {
        let Some(words) = indexed(row) else { return Ok(None) };
        let first = first_doc(minute_of(row));
        let sql = "SELECT max((SELECT coalesce(max(doc) + 1, ?1) FROM searched WHERE doc BETWEEN ?1 AND ?2),
            (SELECT coalesce(max(doc) + 1, ?1) FROM words_waiting WHERE doc BETWEEN ?1 AND ?2))";
        let mut statement = self.connection().prepare_cached(sql)?;
        let doc: i64 = statement.query_row([first, first + (1 << MINUTE_BITS) - 1], |row| row.get(0))?;
        self.execute("INSERT INTO words_waiting VALUES (?1, ?2, ?3)", params![doc, row.id.as_bytes(), words])?;
        if self.words_waiting()? >= WAITING_MAX {
            self.index_waiting()?;
        }
        Ok(Some(doc))
    }

    /// Puts all words that wait into the index.
    pub(super) fn index_waiting(&self) -> Result<(), StoreError> {
        let mut statement =
            self.connection().prepare_cached("SELECT doc, row, words FROM words_waiting ORDER BY doc")?;
        let waiting = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let waiting: Vec<(i64, Vec<u8>, String)> = waiting.collect::<Result<_, _>>()?;
        // One by one: a statement that writes many can be undone alone, and before each of those FTS5 writes what it holds back.
        for (doc, row, words) in waiting {
            self.execute("INSERT INTO searched VALUES (?1, ?2, ?3)", params![doc, row, words])?;
            self.execute("INSERT INTO search(rowid, words) VALUES (?1, ?2)", params![doc, words])?;
        }
        self.execute("DELETE FROM words_waiting", [])?;
        Ok(())
    }

    /// Takes the words of a row that is still here out of the index, if it has any there.
    pub(super) fn unindex(&self, row: &RecordId) -> Result<(), StoreError> {
        let sql = "DELETE FROM words_waiting WHERE doc = (SELECT doc FROM rows WHERE id = ?1)";
        if self.execute(sql, [row.as_bytes()])? == 1 {
            return Ok(());
        }
        let sql = "SELECT doc, words FROM searched WHERE doc = (SELECT doc FROM rows WHERE id = ?1)";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_row([row.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((doc, words)): Option<(i64, String)> = found else { return Ok(()) };
        let sql = "INSERT INTO search(search, rowid, words) VALUES ('delete', ?1, ?2)";
        self.execute(sql, params![doc, words])?;
        self.execute("DELETE FROM searched WHERE doc = ?1", [doc])?;
        Ok(())
    }

    /// Says that so many rows are about to go. Where they are many, their words are marked as gone and no more, until
    /// [`Store::finish_erasing`](super::Store::finish_erasing) builds the index again: that takes a fraction of the time. For one or two it
    /// would take longer, and they would stay until then.
    pub fn expect_to_go(&self, rows: usize) -> Result<(), StoreError> {
        if rows >= MANY {
            self.note_removal();
            self.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 0)", [])?;
        }
        Ok(())
    }

    /// Takes all words away. One by one, as with rows that go, it would take ten times as long.
    pub(super) fn clear_index(&self) -> Result<(), StoreError> {
        self.execute("DELETE FROM words_waiting", [])?;
        self.execute("DELETE FROM searched", [])?;
        self.execute("INSERT INTO search(search) VALUES ('delete-all')", [])?;
        Ok(())
    }

    /// Whether the index says what the words beside it say.
    pub fn index_is_whole(&self) -> Result<bool, StoreError> {
        match self.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)", []) {
            Err(StoreError::Corrupt { .. }) => Ok(false),
            done => done.map(|_| true),
        }
    }
}

impl Store {
    /// The rows with these words among those that `query` lists, the newest first, and where the next page starts.
    pub fn search(
        &mut self,
        wanted: &Wanted,
        query: &RowQuery,
        after: Option<i64>,
    ) -> Result<(Vec<Row>, Option<i64>), StoreError> {
        if self.read()?.words_waiting()? == 0 {
            return self.read()?.search_index(wanted, query, after);
        }
        let tx = self.begin()?;
        tx.index_waiting()?;
        let found = tx.search_index(wanted, query, after)?;
        // Where that fails they wait on; what was found is right all the same.
        let _ = tx.commit();
        Ok(found)
    }
}

impl Reader<'_> {
    /// How many rows' words aren't in the index yet.
    fn words_waiting(&self) -> Result<usize, StoreError> {
        let mut statement = self.connection().prepare_cached("SELECT count(*) FROM words_waiting")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// What [`Store::search`] finds in the index as it stands.
    pub(super) fn search_index(
        &self,
        wanted: &Wanted,
        query: &RowQuery,
        after: Option<i64>,
    ) -> Result<(Vec<Row>, Option<i64>), StoreError> {
        let limit = query.limit.clamp(1, PAGE_ROWS_MAX) as usize;
        let (sql, values) = search_sql(wanted, query, after, limit);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut found = statement.query(params_from_iter(values))?;
        let (mut rows, mut docs) = (Vec::new(), Vec::new());
        while let Some(row) = found.next()? {
            rows.push(row_form::read(row)?);
            docs.push(row.get(2)?);
        }
        let more = rows.len() > limit;
        rows.truncate(limit);
        docs.truncate(limit);
        Ok((rows, docs.last().copied().filter(|_| more)))
    }

    /// The words of each row of an audience, as a line of text.
    pub fn dump_words(&self, audience: &AudienceId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT coalesce(searched.words, words_waiting.words, '') FROM rows
            LEFT JOIN searched ON searched.doc = rows.doc LEFT JOIN words_waiting ON words_waiting.doc = rows.doc
            WHERE rows.doc IS NOT NULL AND audience = (SELECT id FROM audiences WHERE hash = ?1) ORDER BY rows.id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let words = statement.query_map([audience.as_bytes()], |row| row.get(0))?;
        Ok(words.collect::<Result<_, _>>()?)
    }
}

/// The index gives numbers, the newest first, and each is looked up: SQLite, left to itself, would sort all rows that
/// have a word before it shows twenty.
pub(super) fn search_sql(
    wanted: &Wanted,
    query: &RowQuery,
    after: Option<i64>,
    limit: usize,
) -> (String, Vec<SqlValue>) {
    let mut values = Vec::new();
    let conditions = conditions(query, &mut values);
    values.push(SqlValue::Text(wanted.expression_for(query)));
    let expression = values.len();
    let end = query.to.map_or(i64::MAX, |day| first_doc(first_minute(day) + DAY_MINUTES));
    values.push(SqlValue::Integer(end.min(after.unwrap_or(i64::MAX))));
    values.push(SqlValue::Integer(query.from.map_or(0, |day| first_doc(first_minute(day)))));
    let (end, begin) = (values.len() - 1, values.len());
    let sql = format!(
        "SELECT head, rest, searched.doc
            FROM search CROSS JOIN searched ON searched.doc = search.rowid CROSS JOIN rows ON id = searched.row
            WHERE search MATCH ?{expression} AND search.rowid < ?{end} AND search.rowid >= ?{begin} AND {conditions}
            ORDER BY search.rowid DESC LIMIT {}",
        limit + 1
    );
    (sql, values)
}
