//! The read model: one row a record, and the lists that apps read.

use chrono::Datelike;
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::error::StoreError;
use super::reader::{Reader, blob};
use super::row_form;
use super::transaction::Transaction;
use crate::model::audience::AudienceTag;
use crate::model::limits::PAGE_ROWS_MAX;
use crate::model::{AudienceId, Date, DeviceKey, MemberId, Position, RecordId, RecordRef, Row};

pub(super) const DAY_MINUTES: i64 = 24 * 60;

/// Who reads, and on what day: no read can forget it. A note that isn't open yet is shown to its author only, and one
/// whose time is over too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadScope {
    /// The civil date of the reader.
    pub today: Date,
    /// The reader.
    pub reader: MemberId,
    /// What others shared until a day before this one is over, and not shown: today, unless there is a legal hold.
    pub over_before: Date,
}

impl ReadScope {
    /// What `reader` may see on this day.
    pub fn new(reader: MemberId, today: Date) -> Self {
        Self { today, reader, over_before: today }
    }

    /// The same, and what is over but still kept.
    pub fn with_what_is_over(self) -> Self {
        Self { over_before: Date::MIN, ..self }
    }
}

/// Which rows to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowQuery {
    /// Kinds by name; empty means all.
    pub kinds: Vec<String>,
    /// None of these kinds.
    pub but_kinds: Vec<String>,
    /// Only of this audience.
    pub audience: Option<AudienceId>,
    /// Only by or about this member.
    pub person: Option<MemberId>,
    /// Only from this day on: the record's own date, else the day its writer claims.
    pub from: Option<Date>,
    /// Only up to this day.
    pub to: Option<Date>,
    /// Only what belongs to the record created there.
    pub about: Option<(AudienceId, Position)>,
    /// Only records whose writers disagree.
    pub only_conflicts: bool,
    /// The newest first.
    pub newest_first: bool,
    /// Only what came, or changed, or was opened since somebody looked.
    pub news: Option<NewsSince>,
    /// The pages of the journal too. Left out unless asked for, so that no list shows them by accident.
    pub with_journal: bool,
    /// Who reads, and when.
    pub scope: ReadScope,
    /// Where the last page ended.
    pub after: Option<Cursor>,
    /// Rows a page, at most [`PAGE_ROWS_MAX`].
    pub limit: u32,
}

/// Since when what others wrote is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewsSince {
    /// The number of the last row that was here then: see [`Reader::last_seq`].
    pub seq: u64,
    /// The day it was.
    pub date: Date,
}

/// Where a page ended: minute, tick and id of its last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    minute: i64,
    tick: u64,
    id: RecordId,
}

impl Cursor {
    /// As text that apps hand back.
    pub fn to_text(&self) -> String {
        format!("{}.{}.{}", self.minute, self.tick, self.id)
    }

    /// Reads the text; `None` if no page ended so.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let minute = parts.next()?.parse().ok()?;
        let tick = parts.next()?.parse().ok()?;
        Some(Self { minute, tick, id: parts.next()?.parse().ok()? })
    }
}

/// One page of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct RowPage {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page starts.
    pub next: Option<Cursor>,
}

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

    /// How many rows of this kind and audience the reader may see.
    pub fn count(&self, kind: &str, audience: &AudienceId, scope: &ReadScope) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM rows WHERE kind = ?1 AND audience = (SELECT id FROM audiences WHERE hash = ?2)
            AND (author = ?3 OR (coalesce(open_on, ?4) <= ?4 AND coalesce(expires_on, ?5) >= ?5))";
        let mut statement = self.connection().prepare_cached(sql)?;
        let (today, over) = (day_number(scope.today), day_number(scope.over_before));
        let params = params![kind, audience.as_bytes(), scope.reader.as_bytes(), today, over];
        Ok(statement.query_row(params, |row| row.get(0))?)
    }

    /// The number of the row that came last. Rows that come, or change, later have higher ones.
    pub fn last_seq(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM rows";
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
        self.delete_row(&row.audience, row.first.position)?;
        self.delete_row_with(&row.id)?;
        let doc = self.index(row)?;
        self.execute(
            "INSERT INTO rows VALUES (NULL, (SELECT id FROM audiences WHERE hash = ?1), ?2, ?3, ?4, ?5, ?6,
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
            ],
        )?;
        Ok(())
    }

    /// Takes a record's row away, if it has one, and its words out of the index.
    pub fn delete_row(&self, audience: &AudienceId, first: Position) -> Result<(), StoreError> {
        self.id_by_first(audience, first)?.map_or(Ok(()), |id| self.delete_row_with(&id))
    }

    fn delete_row_with(&self, id: &RecordId) -> Result<(), StoreError> {
        self.unindex(id)?;
        self.execute("DELETE FROM rows WHERE id = ?1", [id.as_bytes()]).map(drop)
    }

    /// Takes all rows away, before they are built again from the entries. In what order they came stays known until
    /// [`restore_order`](Self::restore_order).
    pub fn clear_rows(&self) -> Result<(), StoreError> {
        self.execute("CREATE TEMP TABLE order_before AS SELECT id, tick, seq FROM rows", [])?;
        self.clear_index()?;
        self.execute("DELETE FROM rows", [])?;
        Ok(())
    }

    /// Gives the rows that were here before, and have had no entry since, the place they had: else all would be news.
    pub fn restore_order(&self) -> Result<(), StoreError> {
        self.execute("CREATE UNIQUE INDEX temp.order_by_id ON order_before(id, tick)", [])?;
        self.execute(
            "UPDATE rows SET seq = before.seq FROM temp.order_before AS before
                WHERE before.id = rows.id AND before.tick = rows.tick",
            [],
        )?;
        self.execute("DROP TABLE temp.order_before", [])?;
        Ok(())
    }
}

pub(super) fn list_sql(query: &RowQuery, limit: u32) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let mut sql = format!("SELECT head, rest, minute, tick FROM rows WHERE {}", conditions(query, &mut values));
    let mut bind = |value: Value| {
        values.push(value);
        format!("?{}", values.len())
    };
    let (compare, order) = if query.newest_first { ("<", "DESC") } else { (">", "ASC") };
    if let Some(after) = &query.after {
        let minute = bind(Value::Integer(after.minute));
        let tick = bind(Value::Integer(i64::try_from(after.tick).unwrap_or(i64::MAX)));
        let id = bind(Value::Blob(after.id.as_bytes().to_vec()));
        sql += &format!(" AND (minute, tick, id) {compare} ({minute}, {tick}, {id})");
    }
    // One row more than asked for tells whether there is another page.
    // News is looked for by what came last and what opened since, not through all of ten years from the newest on: the plus
    // keeps SQLite from walking the index of minutes. Before anybody has looked, all is news, and the newest are enough.
    let by = if query.news.is_some_and(|news| news.seq > 0) { "+minute" } else { "minute" };
    sql += &format!(" ORDER BY {by} {order}, tick {order}, id {order} LIMIT {}", limit + 1);
    (sql, values)
}

/// What a row must be to be read: what every read is bound by, and what this one asks for. Their values come first.
pub(super) fn conditions(query: &RowQuery, values: &mut Vec<Value>) -> String {
    values.push(Value::Blob(query.scope.reader.as_bytes().to_vec()));
    values.push(Value::Integer(day_number(query.scope.today)));
    values.push(Value::Integer(day_number(query.scope.over_before)));
    let mut sql = "(author = ?1 OR (coalesce(open_on, ?2) <= ?2 AND coalesce(expires_on, ?3) >= ?3))".to_owned();
    let mut bind = |value: Value| {
        values.push(value);
        format!("?{}", values.len())
    };
    if !query.kinds.is_empty() {
        let kinds: Vec<_> = query.kinds.iter().map(|kind| bind(Value::Text(kind.clone()))).collect();
        sql += &format!(" AND kind IN ({})", kinds.join(", "));
    }
    if !query.but_kinds.is_empty() {
        let kinds: Vec<_> = query.but_kinds.iter().map(|kind| bind(Value::Text(kind.clone()))).collect();
        sql += &format!(" AND kind NOT IN ({})", kinds.join(", "));
    }
    if let Some(audience) = &query.audience {
        let audience = bind(Value::Blob(audience.as_bytes().to_vec()));
        sql += &format!(" AND audience = (SELECT id FROM audiences WHERE hash = {audience})");
    }
    if let Some(person) = &query.person {
        let person = bind(Value::Blob(person.as_bytes().to_vec()));
        sql += &format!(" AND (author = {person} OR subject = {person})");
    }
    if let Some(from) = query.from {
        sql += &format!(" AND minute >= {}", bind(Value::Integer(first_minute(from))));
    }
    if let Some(to) = query.to {
        sql += &format!(" AND minute < {}", bind(Value::Integer(first_minute(to) + DAY_MINUTES)));
    }
    if let Some((audience, position)) = &query.about {
        sql += &format!(" AND about = {}", bind(Value::Blob(about_key(audience, *position))));
    }
    if let Some(NewsSince { seq, date }) = &query.news {
        let seq = bind(Value::Integer(i64::try_from(*seq).unwrap_or(i64::MAX)));
        let date = bind(Value::Integer(day_number(*date)));
        sql += &format!(" AND author <> ?1 AND (seq > {seq} OR open_on > {date})");
    }
    if !query.with_journal {
        sql += &format!(" AND audience NOT IN (SELECT id FROM audiences WHERE tag = {})", AudienceTag::Journal as u8);
    }
    if query.only_conflicts {
        sql += " AND conflicts > 0";
    }
    sql
}

/// By what rows are sorted: a record's own date, else the minute that its writer's clock claims.
pub(super) fn minute_of(row: &Row) -> i64 {
    row.date.map_or(row.wall, first_minute)
}

pub(super) fn first_minute(date: Date) -> i64 {
    day_number(date) * DAY_MINUTES
}

fn day_number(date: Date) -> i64 {
    i64::from(date.num_days_from_ce()) - 719_163
}

fn about_key(audience: &AudienceId, position: Position) -> Vec<u8> {
    [&audience.as_bytes()[..], position.device.as_bytes(), &position.number.to_be_bytes()].concat()
}

impl RowQuery {
    /// Everything that the reader may see, the newest first.
    pub fn all(scope: ReadScope) -> Self {
        Self {
            kinds: Vec::new(),
            but_kinds: Vec::new(),
            audience: None,
            person: None,
            from: None,
            to: None,
            about: None,
            only_conflicts: false,
            newest_first: true,
            news: None,
            with_journal: false,
            scope,
            after: None,
            limit: PAGE_ROWS_MAX,
        }
    }

    /// Everything that belongs to `parent`.
    pub fn about(scope: ReadScope, parent: &RecordRef) -> Self {
        Self { about: Some((parent.audience, parent.position)), ..Self::all(scope) }
    }
}
