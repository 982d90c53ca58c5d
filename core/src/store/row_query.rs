//! What of the rows somebody asks for, and who asks: as SQL.

use rusqlite::types::Value;

use super::rows::{DAY_MINUTES, about_key, day_number, first_minute};
use crate::model::audience::AudienceTag;
use crate::model::limits::PAGE_ROWS_MAX;
use crate::model::{AudienceId, Date, MemberId, Position, RecordId, RecordRef, Row};

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
    /// The number of the last row that was here then: see [`Reader::last_seq`](super::Reader::last_seq).
    pub seq: u64,
    /// The day it was.
    pub date: Date,
}

/// Where a page ended: minute, tick and id of its last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) minute: i64,
    pub(super) tick: u64,
    pub(super) id: RecordId,
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
