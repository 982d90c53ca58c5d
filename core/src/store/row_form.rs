//! How a row is kept: what it is as bytes, what it says as text that SQL can look into.

use std::borrow::Cow;

use rusqlite::Rows;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use crate::model::codec::{decode_own, encode};
use crate::model::kind::Fields;
use crate::model::op::Writers;
use crate::model::record::ChangeHash;
use crate::model::{Conflict, Date, MemberId, RecordId, RecordRef, Row, VersionToken, WallMinutes};

/// What a row is.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    id: RecordId,
    first: RecordRef,
    /// Where it is another than the first.
    current: Option<RecordRef>,
    kind: Cow<'a, str>,
    schema: u16,
    writers: Writers,
    author: MemberId,
    subject: Option<MemberId>,
    wall: WallMinutes,
    tick: u64,
    date: Option<Date>,
    open_on: Option<Date>,
    expires_on: Option<Date>,
    about: Option<RecordRef>,
    heads: Cow<'a, [ChangeHash]>,
}

/// What a row says.
#[derive(Serialize, Deserialize)]
struct Rest<'a> {
    fields: Cow<'a, Fields>,
    conflicts: Cow<'a, [Conflict]>,
}

/// The columns `head` and `rest` of a row.
pub(super) fn write(row: &Row) -> Result<(Vec<u8>, String), StoreError> {
    let head = Head {
        id: row.id,
        first: row.first,
        current: (row.current != row.first).then_some(row.current),
        kind: Cow::Borrowed(&row.kind),
        schema: row.schema,
        writers: row.writers,
        author: row.author,
        subject: row.subject,
        wall: row.wall,
        tick: row.tick,
        date: row.date,
        open_on: row.open_on,
        expires_on: row.expires_on,
        about: row.about,
        heads: Cow::Borrowed(row.version.heads()),
    };
    let rest = Rest { fields: Cow::Borrowed(&row.fields), conflicts: Cow::Borrowed(&row.conflicts) };
    let rest = serde_json::to_string(&rest);
    Ok((encode(&head), rest.map_err(|_| StoreError::Internal("a row that can't be written"))?))
}

/// The first row of an answer, if it has any.
pub(super) fn first(mut found: Rows<'_>) -> Result<Option<Row>, StoreError> {
    found.next()?.map(read).transpose()
}

/// The row of an answer whose columns begin with `head` and `rest`.
pub(super) fn read(found: &rusqlite::Row<'_>) -> Result<Row, StoreError> {
    const UNREADABLE: StoreError = StoreError::Internal("a row that can't be read");
    let (head, rest) = (found.get_ref(0)?.as_blob(), found.get_ref(1)?.as_str());
    let head: Head<'_> = head.ok().and_then(decode_own).ok_or(UNREADABLE)?;
    let rest: Rest<'_> = rest.ok().and_then(|rest| serde_json::from_str(rest).ok()).ok_or(UNREADABLE)?;
    let current = head.current.unwrap_or(head.first);
    Ok(Row {
        id: head.id,
        first: head.first,
        current,
        kind: head.kind.into_owned(),
        schema: head.schema,
        writers: head.writers,
        // Every version of a record is in one audience.
        audience: head.first.audience,
        author: head.author,
        subject: head.subject,
        wall: head.wall,
        tick: head.tick,
        date: head.date,
        open_on: head.open_on,
        expires_on: head.expires_on,
        about: head.about,
        fields: rest.fields.into_owned(),
        conflicts: rest.conflicts.into_owned(),
        version: VersionToken::new(current, head.heads.into_owned()),
    })
}
