//! Entries as they are stored.

use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::reader::{Reader, blob, blob_or_none};
use crate::model::entry::Salt;
use crate::model::limits::NUMBER_MAX;
use crate::model::vector::{Head, Vector};
use crate::model::{AudienceId, Commitment, DeviceKey, EntryHash, EntryState, Position, Signature};

/// An entry and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its audience.
    pub audience: AudienceId,
    /// Where it stands.
    pub position: Position,
    /// Its hash.
    pub hash: EntryHash,
    /// What the chain holds of its body.
    pub commitment: Commitment,
    /// Salt and body, unless it is a stub.
    pub body: Option<(Salt, Vec<u8>)>,
    /// Its signature, where that is kept.
    pub signature: Option<Signature>,
    /// What has become of it.
    pub state: EntryState,
    /// Its tick; 0 while the body hasn't come.
    pub tick: u64,
    /// The create of the record, or the first of the chain, that it belongs to.
    pub record: Option<Position>,
    /// The create of the record that its record belongs to.
    pub about: Option<Position>,
}

const COLUMNS: &str = "a.hash, d.key, e.number, e.hash, e.commitment, e.salt, e.body, e.signature, e.state, e.tick,
    r.key, e.record_number, p.key, e.about_number";
const TABLES: &str = "entries e JOIN audiences a ON a.id = e.audience JOIN devices d ON d.id = e.device
    LEFT JOIN devices r ON r.id = e.record_device LEFT JOIN devices p ON p.id = e.about_device";

impl Reader<'_> {
    /// The end of a feed.
    pub fn head(&self, audience: &AudienceId, device: &DeviceKey) -> Result<Option<Head>, StoreError> {
        let sql = "SELECT number, hash FROM entries WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
            AND device = (SELECT id FROM devices WHERE key = ?2) ORDER BY number DESC LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let head = |row: &Row<'_>| Ok(Head { number: row.get(0)?, hash: EntryHash::from_bytes(blob(row, 1)?) });
        Ok(statement.query_row(params![audience.as_bytes(), device.as_bytes()], head).optional()?)
    }

    /// The ends of all feeds of an audience.
    pub fn vector(&self, audience: &AudienceId) -> Result<Vector, StoreError> {
        // With `max`, SQLite takes the other columns from the row that has it.
        let sql = "SELECT d.key, max(e.number), e.hash FROM entries e JOIN devices d ON d.id = e.device
            WHERE e.audience = (SELECT id FROM audiences WHERE hash = ?1) GROUP BY e.device";
        let mut statement = self.connection().prepare_cached(sql)?;
        let heads = statement.query_map([audience.as_bytes()], |row| {
            let head = Head { number: row.get(1)?, hash: EntryHash::from_bytes(blob(row, 2)?) };
            Ok((DeviceKey::from_bytes(blob(row, 0)?), head))
        })?;
        Ok(heads.collect::<Result<_, _>>()?)
    }

    /// One entry.
    pub fn entry(&self, audience: &AudienceId, position: Position) -> Result<Option<StoredEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE a.hash = ?1 AND d.key = ?2 AND e.number = ?3");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let params = params![audience.as_bytes(), position.device.as_bytes(), position.number];
        Ok(statement.query_row(params, stored_entry).optional()?)
    }

    /// Entries `from` to `to` of a feed, as many as fit into a budget of body bytes, and one if there is any.
    pub fn entries(
        &self,
        audience: &AudienceId,
        device: &DeviceKey,
        from: u64,
        to: u64,
        budget_bytes: usize,
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE a.hash = ?1 AND d.key = ?2 AND e.number BETWEEN ?3 AND ?4
                ORDER BY e.number"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let params = params![audience.as_bytes(), device.as_bytes(), from, to.min(NUMBER_MAX)];
        let mut entries = Vec::new();
        let mut bytes = 0;
        for entry in statement.query_map(params, stored_entry)? {
            let entry = entry?;
            bytes += entry.body.as_ref().map_or(32, |(_, body)| body.len() + 20);
            if bytes > budget_bytes && !entries.is_empty() {
                break;
            }
            entries.push(entry);
        }
        Ok(entries)
    }

    /// All entries of a record or of a chain of replacements, by device and number.
    pub fn entries_of_record(&self, audience: &AudienceId, root: Position) -> Result<Vec<StoredEntry>, StoreError> {
        self.many(
            "a.hash = ?1 AND r.key = ?2 AND e.record_number = ?3",
            params![audience.as_bytes(), root.device.as_bytes(), root.number],
        )
    }

    /// The records that belong to the record created at `parent`, by their first create.
    pub fn children(&self, audience: &AudienceId, parent: Position) -> Result<Vec<Position>, StoreError> {
        let children = self.many(
            "a.hash = ?1 AND p.key = ?2 AND e.about_number = ?3",
            params![audience.as_bytes(), parent.device.as_bytes(), parent.number],
        )?;
        let mut roots: Vec<_> = children.into_iter().filter_map(|entry| entry.record).collect();
        roots.sort_unstable();
        roots.dedup();
        Ok(roots)
    }

    /// Entries of an audience that wait for something.
    pub fn held(&self, audience: &AudienceId) -> Result<Vec<StoredEntry>, StoreError> {
        self.many("a.hash = ?1 AND e.state BETWEEN 32 AND 63", params![audience.as_bytes()])
    }

    /// All entries of keys and roster audiences.
    pub fn trust_entries(&self) -> Result<Vec<StoredEntry>, StoreError> {
        use crate::model::audience::AudienceTag::{Keys, Roster};
        self.many("a.tag IN (?1, ?2)", params![Keys as u8, Roster as u8])
    }

    /// The positions of a feed in these inclusive ranges that are held, with their states.
    pub fn states_in(
        &self,
        audience: &AudienceId,
        device: &DeviceKey,
        ranges: &[(u64, u64)],
    ) -> Result<Vec<(Position, EntryState)>, StoreError> {
        let mut states = Vec::new();
        for (from, to) in ranges {
            let entries = self.entries(audience, device, (*from).min(NUMBER_MAX), *to, usize::MAX)?;
            states.extend(entries.into_iter().map(|entry| (entry.position, entry.state)));
        }
        Ok(states)
    }

    /// Bodies of an audience that haven't come, as inclusive ranges by feed, the newest first, `limit` ranges at most.
    pub fn missing(
        &self,
        audience: &AudienceId,
        limit: usize,
    ) -> Result<Vec<(DeviceKey, Vec<(u64, u64)>)>, StoreError> {
        let sql = "SELECT d.key, e.number FROM entries e JOIN devices d ON d.id = e.device
            WHERE e.audience = (SELECT id FROM audiences WHERE hash = ?1) AND e.state = 5
            ORDER BY e.device, e.number DESC";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([audience.as_bytes()])?;
        let mut feeds = Vec::<(DeviceKey, Vec<(u64, u64)>)>::new();
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let (device, number) = (DeviceKey::from_bytes(blob(row, 0)?), row.get::<_, u64>(1)?);
            if feeds.last().is_none_or(|(last, _)| *last != device) {
                feeds.push((device, Vec::new()));
            }
            let Some((_, ranges)) = feeds.last_mut() else { continue };
            match ranges.last_mut() {
                Some((from, _)) if *from == number + 1 => *from = number,
                _ if count == limit => break,
                _ => {
                    count += 1;
                    ranges.push((number, number));
                }
            }
        }
        Ok(feeds)
    }

    /// Every entry of an audience as a line of text, equal on every phone that holds the same of it.
    pub fn dump_entries(&self, audience: &AudienceId) -> Result<Vec<String>, StoreError> {
        let entries = self.many("a.hash = ?1", params![audience.as_bytes()])?;
        let line = |entry: StoredEntry| {
            let body = if entry.body.is_some() { "body" } else { "stub" };
            format!("{} {} {} {body} {:?}", entry.position.device, entry.position.number, entry.hash, entry.state)
        };
        Ok(entries.into_iter().map(line).collect())
    }

    fn many(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<StoredEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition} ORDER BY a.hash, d.key, e.number");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let entries = statement.query_map(params, stored_entry)?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

fn stored_entry(row: &Row<'_>) -> rusqlite::Result<StoredEntry> {
    let audience = AudienceId::from_bytes(blob(row, 0)?);
    let position = Position { device: DeviceKey::from_bytes(blob(row, 1)?), number: row.get(2)? };
    let link = |device: usize| -> rusqlite::Result<Option<Position>> {
        let key = blob_or_none(row, device)?;
        let number: Option<u64> = row.get(device + 1)?;
        Ok(key.zip(number).map(|(key, number)| Position { device: DeviceKey::from_bytes(key), number }))
    };
    let state: u8 = row.get(8)?;
    Ok(StoredEntry {
        audience,
        position,
        hash: EntryHash::from_bytes(blob(row, 3)?),
        commitment: Commitment::from_bytes(blob(row, 4)?),
        body: blob_or_none(row, 5)?.zip(row.get(6)?),
        signature: blob_or_none(row, 7)?.map(Signature::from_bytes),
        state: EntryState::from_code(state)
            .ok_or_else(|| rusqlite::Error::IntegralValueOutOfRange(8, i64::from(state)))?,
        tick: row.get(9)?,
        record: link(10)?,
        about: link(12)?,
    })
}
