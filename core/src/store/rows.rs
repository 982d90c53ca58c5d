//! The read model: one row a record, and the lists that apps read.

use chrono::Datelike;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::error::StoreError;
use super::reader::{Reader, blob};
use super::row_form;
use super::row_query::{Cursor, ReadScope, RowPage, RowQuery, list_sql};
use super::transaction::Transaction;
use crate::model::limits::PAGE_ROWS_MAX;
use crate::model::{AudienceId, Date, DeviceKey, MemberId, Position, RecordId, RecordRef, Row};

pub(super) const DAY_MINUTES: i64 = 24 * 60;

impl Reader<'_> {
    /// The row with this id, if the reader may see it today.
    pub fn row(&self, id: &RecordId, scope: &ReadScope) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT head, rest FROM rows WHERE id = ?1 AND (author = ?2
            OR (coalesce(open_on, ?3) <= ?3 AND coalesce(expires_on, ?4) >= ?4))";
        let mut statement = self.connection().prepare_cached(sql)?;
        let (today, over) = (day_number(scope.today), day_number(scope.over_before));
        let params = params![id.as_bytes(), scope.reader.as_bytes(), today, over];
        row_form::first(statement.query(params)?)
    }

    /// The row of the record created there, whoever may see it: for projection, not for screens.
    pub fn row_by_first(&self, audience: &AudienceId, first: Position) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT head, rest FROM rows WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
            AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let params = params![audience.as_bytes(), first.device.as_bytes(), first.number];
        row_form::first(statement.query(params)?)
    }

    /// One page of rows.
    pub fn list(&self, query: &RowQuery) -> Result<RowPage, StoreError> {
        let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
        let (sql, values) = list_sql(query, limit);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut found = statement.query(params_from_iter(values))?;
        let (mut rows, mut keys) = (Vec::new(), Vec::new());
        while let Some(row) = found.next()? {
            rows.push(row_form::read(row)?);
            keys.push((row.get::<_, i64>(2)?, row.get::<_, u64>(3)?));
        }
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let last = rows.last().zip(keys.get(rows.len().saturating_sub(1)));
        let next =
            last.filter(|_| more).map(|(row, (minute, tick))| Cursor { minute: *minute, tick: *tick, id: row.id });
        Ok(RowPage { rows, next })
    }

    /// The owner's notes of the copies that a record has.
    pub fn shares_by_source(&self, source: &RecordRef) -> Result<Vec<Row>, StoreError> {
        self.shares("source", source)
    }

    /// The owner's notes that this is a copy.
    pub fn shares_by_copy(&self, copy: &RecordRef) -> Result<Vec<Row>, StoreError> {
        self.shares("copy", copy)
    }

    fn shares(&self, field: &str, of: &RecordRef) -> Result<Vec<Row>, StoreError> {
        let sql =
            format!("SELECT head, rest FROM rows WHERE kind = 'share' AND json_extract(rest, '$.fields.{field}') = ?1");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = Vec::new();
        for name in self.names_of(of)? {
            let mut found = statement.query([name.to_string()])?;
            while let Some(row) = found.next()? {
                rows.push(row_form::read(row)?);
            }
        }
        rows.sort_by_key(|row| (row.tick, row.id));
        Ok(rows)
    }

    /// How many check-ins of this audience the reader may see.
    pub fn count_check_ins(&self, audience: &AudienceId, scope: &ReadScope) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM rows
            WHERE kind = 'check_in' AND audience = (SELECT id FROM audiences WHERE hash = ?1)
            AND (author = ?2 OR (coalesce(open_on, ?3) <= ?3 AND coalesce(expires_on, ?4) >= ?4))";
        let mut statement = self.connection().prepare_cached(sql)?;
        let (today, over) = (day_number(scope.today), day_number(scope.over_before));
        let params = params![audience.as_bytes(), scope.reader.as_bytes(), today, over];
        Ok(statement.query_row(params, |row| row.get(0))?)
    }

    /// The number of the row that came last, be it gone. Rows that come, or change, later have higher ones.
    pub fn last_seq(&self) -> Result<u64, StoreError> {
        let sql = "SELECT max(seq, coalesce((SELECT max(seq) FROM rows), 0)) FROM last_gone";
        Ok(self.connection().prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The records of this author whose last day is over.
    pub fn rows_past(&self, today: Date, author: &MemberId) -> Result<Vec<(AudienceId, Position)>, StoreError> {
        let sql =
            "SELECT (SELECT hash FROM audiences WHERE id = audience), (SELECT key FROM devices WHERE id = device),
                number FROM rows WHERE author = ?1 AND expires_on < ?2 ORDER BY 1, 2, 3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let past = statement.query_map(params![author.as_bytes(), day_number(today)], |row| {
            let position = Position { device: DeviceKey::from_bytes(blob(row, 1)?), number: row.get(2)? };
            Ok((AudienceId::from_bytes(blob(row, 0)?), position))
        })?;
        Ok(past.collect::<Result<_, _>>()?)
    }

    /// Every row of an audience as a line of text, equal on every phone that holds the same of it.
    pub fn dump_rows(&self, audience: &AudienceId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT head, rest FROM rows WHERE audience = (SELECT id FROM audiences WHERE hash = ?1) ORDER BY id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut found = statement.query([audience.as_bytes()])?;
        let mut lines = Vec::new();
        while let Some(row) = found.next()? {
            let line = serde_json::to_string(&row_form::read(row)?);
            lines.push(line.map_err(|_| StoreError::Internal("a row that can't be written"))?);
        }
        Ok(lines)
    }
}

impl Transaction<'_> {
    /// Writes a record's row, and its words, in the place of its last one.
    pub fn put_row(&self, row: &Row) -> Result<(), StoreError> {
        let (head, rest) = row_form::write(row)?;
        // Not `OR REPLACE`: that could be undone alone, and has FTS5 write at every row.
        for id in self.in_the_way_of(row)? {
            self.delete_row_with(&id)?;
        }
        let doc = self.index(row)?;
        self.execute(
            "INSERT INTO rows VALUES (?17, (SELECT id FROM audiences WHERE hash = ?1), ?2, ?3, ?4, ?5, ?6,
                ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            params![
                row.audience.as_bytes(),
                self.device_number(&row.first.position.device)?,
                row.first.position.number,
                row.id.as_bytes(),
                row.kind,
                row.author.as_bytes(),
                row.subject.as_ref().map(|subject| &subject.as_bytes()[..]),
                minute_of(row),
                row.tick,
                row.open_on.map(day_number),
                row.expires_on.map(day_number),
                row.about.as_ref().map(|about| about_key(&about.audience, about.position)),
                row.conflicts.len(),
                rest,
                head,
                doc,
                self.seq_of(row)?,
            ],
        )?;
        Ok(())
    }

    /// Takes a record's row away, if it has one, and its words out of the index.
    pub fn delete_row(&self, audience: &AudienceId, first: Position) -> Result<(), StoreError> {
        self.id_by_first(audience, first)?.map_or(Ok(()), |id| self.delete_row_with(&id))
    }

    /// The rows in whose place this one comes: its record's last one, and if somebody made another with its id, that.
    fn in_the_way_of(&self, row: &Row) -> Result<Vec<RecordId>, StoreError> {
        let sql = "SELECT id FROM rows WHERE id = ?1
            UNION ALL SELECT id FROM rows WHERE audience = (SELECT id FROM audiences WHERE hash = ?2)
                AND device = (SELECT id FROM devices WHERE key = ?3) AND number = ?4 AND id <> ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let Position { device, number } = row.first.position;
        let params = params![row.id.as_bytes(), row.audience.as_bytes(), device.as_bytes(), number];
        let ids = statement.query_map(params, |row| Ok(RecordId::from_bytes(blob(row, 0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn delete_row_with(&self, id: &RecordId) -> Result<(), StoreError> {
        self.unindex(id)?;
        let sql = "UPDATE last_gone SET seq = max(seq, (SELECT max(seq) FROM rows))
            WHERE (SELECT seq FROM rows WHERE id = ?1) = (SELECT max(seq) FROM rows)";
        self.execute(sql, [id.as_bytes()])?;
        self.execute("DELETE FROM rows WHERE id = ?1", [id.as_bytes()]).map(drop)
    }

    /// Takes all rows away, before they are built again from the entries. Until [`forget_places`](Self::forget_places) those that
    /// have had no entry since come back to the place that they had: else all would be news.
    pub fn clear_rows(&self) -> Result<(), StoreError> {
        let sql = "CREATE TEMP TABLE places (id, tick, seq, PRIMARY KEY (id, tick)) WITHOUT ROWID";
        self.execute(sql, [])?;
        self.execute("INSERT INTO temp.places SELECT id, tick, seq FROM rows", [])?;
        self.keeps_places.set(true);
        self.clear_index()?;
        self.execute("UPDATE last_gone SET seq = ?1", [self.last_seq()?])?;
        self.execute("DELETE FROM rows", [])?;
        Ok(())
    }

    /// From here on every row that is written comes last again.
    pub fn forget_places(&self) -> Result<(), StoreError> {
        self.keeps_places.set(false);
        self.execute("DROP TABLE temp.places", [])?;
        Ok(())
    }

    /// The number of a row that is written now: where it stood before all were taken away, else the next. Given to it at once, for with
    /// another number a row moves in every index.
    fn seq_of(&self, row: &Row) -> Result<u64, StoreError> {
        if self.keeps_places.get() {
            let sql = "SELECT seq FROM temp.places WHERE id = ?1 AND tick = ?2";
            let mut statement = self.connection().prepare_cached(sql)?;
            let place = statement.query_row(params![row.id.as_bytes(), row.tick], |row| row.get(0)).optional()?;
            if let Some(seq) = place {
                return Ok(seq);
            }
        }
        Ok(self.last_seq()? + 1)
    }
}

/// By what rows are sorted: a record's own date, else the minute that its writer's clock claims.
pub(super) fn minute_of(row: &Row) -> i64 {
    row.date.map_or(row.wall, first_minute)
}

pub(super) fn first_minute(date: Date) -> i64 {
    day_number(date) * DAY_MINUTES
}

pub(super) fn day_number(date: Date) -> i64 {
    i64::from(date.num_days_from_ce()) - 719_163
}

pub(super) fn about_key(audience: &AudienceId, position: Position) -> Vec<u8> {
    [&audience.as_bytes()[..], position.device.as_bytes(), &position.number.to_be_bytes()].concat()
}
