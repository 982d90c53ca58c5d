//! Entries as they are stored.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::reader::{Reader, blob, blob_or_none};
use crate::model::entry::Salt;
use crate::model::limits::NUMBER_MAX;
use crate::model::vector::{Head, Vector};
use crate::model::{AudienceId, Commitment, DeviceKey, EntryHash, EntryState, Hold, Position, Signature};

/// Inclusive ranges of numbers in one feed.
pub type Ranges = Vec<(u64, u64)>;

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

/// Keys are looked up one by one rather than joined: with five tables to join, SQLite would be free to begin elsewhere
/// than at the index that the condition is made for.
const SELECT: &str = "SELECT (SELECT hash FROM audiences WHERE id = e.audience),
    (SELECT key FROM devices WHERE id = e.device), e.number, e.hash, e.commitment, e.salt, e.body, e.signature, e.state,
    e.tick, (SELECT key FROM devices WHERE id = e.record_device), e.record_number,
    (SELECT key FROM devices WHERE id = e.about_device), e.about_number FROM entries e WHERE ";
pub(super) const AUDIENCE: &str = "e.audience = (SELECT id FROM audiences WHERE hash = ?1)";
const DEVICE: &str = "e.device = (SELECT id FROM devices WHERE key = ?2)";

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
        // Feed by feed, and not `GROUP BY device`: that reads the whole log for the sake of its ends.
        let sql = "SELECT d.key, e.number, e.hash FROM devices d CROSS JOIN entries e
            ON e.audience = (SELECT id FROM audiences WHERE hash = ?1) AND e.device = d.id AND e.number =
                (SELECT max(number) FROM entries WHERE device = d.id
                    AND audience = (SELECT id FROM audiences WHERE hash = ?1))";
        let mut statement = self.connection().prepare_cached(sql)?;
        let heads = statement.query_map([audience.as_bytes()], |row| {
            let head = Head { number: row.get(1)?, hash: EntryHash::from_bytes(blob(row, 2)?) };
            Ok((DeviceKey::from_bytes(blob(row, 0)?), head))
        })?;
        Ok(heads.collect::<Result<_, _>>()?)
    }

    /// One entry.
    pub fn entry(&self, audience: &AudienceId, position: Position) -> Result<Option<StoredEntry>, StoreError> {
        if position.number > NUMBER_MAX {
            // Nobody's; SQLite couldn't even be asked, and that would look like a fault of the disk.
            return Ok(None);
        }
        let sql = format!("{SELECT} {AUDIENCE} AND {DEVICE} AND e.number = ?3");
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
        let sql = format!("{SELECT} {AUDIENCE} AND {DEVICE} AND e.number BETWEEN ?3 AND ?4 ORDER BY e.number");
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
            &format!(
                "{AUDIENCE} AND e.record_device = (SELECT id FROM devices WHERE key = ?2) AND e.record_number = ?3"
            ),
            params![audience.as_bytes(), root.device.as_bytes(), root.number],
        )
    }

    /// The highest tick of what counts of a record; none while nothing does.
    pub fn tick_of_record(&self, audience: &AudienceId, root: Position) -> Result<Option<u64>, StoreError> {
        let sql = format!(
            "SELECT max(e.tick) FROM entries e WHERE {AUDIENCE} AND e.state = 1
                AND e.record_device = (SELECT id FROM devices WHERE key = ?2) AND e.record_number = ?3"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let params = params![audience.as_bytes(), root.device.as_bytes(), root.number];
        Ok(statement.query_row(params, |row| row.get(0))?)
    }

    /// The records that belong to the record created at `parent`, by their first create.
    pub fn children(&self, audience: &AudienceId, parent: Position) -> Result<Vec<Position>, StoreError> {
        let children = self.many(
            &format!("{AUDIENCE} AND e.about_device = (SELECT id FROM devices WHERE key = ?2) AND e.about_number = ?3"),
            params![audience.as_bytes(), parent.device.as_bytes(), parent.number],
        )?;
        let mut roots: Vec<_> = children.into_iter().filter_map(|entry| entry.record).collect();
        roots.sort_unstable();
        roots.dedup();
        Ok(roots)
    }

    /// Entries of an audience that wait for something.
    pub fn held(&self, audience: &AudienceId) -> Result<Vec<StoredEntry>, StoreError> {
        self.many(&format!("{AUDIENCE} AND e.state BETWEEN 32 AND 63"), params![audience.as_bytes()])
    }

    /// Entries of an audience that are against a rule.
    pub fn refused(&self, audience: &AudienceId) -> Result<Vec<StoredEntry>, StoreError> {
        self.many(&format!("{AUDIENCE} AND e.state BETWEEN 64 AND 127"), params![audience.as_bytes()])
    }

    /// All entries of keys and roster audiences.
    pub fn trust_entries(&self) -> Result<Vec<StoredEntry>, StoreError> {
        use crate::model::audience::AudienceTag::{Keys, Roster};
        self.many("e.audience IN (SELECT id FROM audiences WHERE tag IN (?1, ?2))", params![Keys as u8, Roster as u8])
    }

    /// The positions of a feed in these inclusive ranges that are held, with their states.
    pub fn states_in(
        &self,
        audience: &AudienceId,
        device: &DeviceKey,
        ranges: &[(u64, u64)],
    ) -> Result<Vec<(Position, EntryState)>, StoreError> {
        // Without bodies: whoever names the ranges may name all there is.
        let sql = format!(
            "SELECT e.number, e.state FROM entries e WHERE {AUDIENCE} AND {DEVICE}
            AND e.number BETWEEN ?3 AND ?4 ORDER BY e.number"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut states = Vec::new();
        for (from, to) in ranges {
            let params = params![audience.as_bytes(), device.as_bytes(), from.min(&NUMBER_MAX), to.min(&NUMBER_MAX)];
            let found = statement.query_map(params, |row| {
                Ok((Position { device: *device, number: row.get(0)? }, entry_state(row, 1)?))
            })?;
            for state in found {
                states.push(state?);
            }
        }
        Ok(states)
    }

    /// What is to be asked for of an audience: bodies that haven't come, and those that wait for a record that is gone for good, so that
    /// they may be too. As inclusive ranges by feed, in each feed the newest first. `limit`
    /// ranges at most, shared out evenly, so that one feed full of holes doesn't keep the others from being asked for.
    pub fn missing(&self, audience: &AudienceId, limit: usize) -> Result<Vec<(DeviceKey, Ranges)>, StoreError> {
        let mut feeds = BTreeMap::new();
        let mut below = i64::MAX;
        while let Some(device) = self.last_missing(audience, below)? {
            let mut key = self.connection().prepare_cached("SELECT key FROM devices WHERE id = ?1")?;
            let key = DeviceKey::from_bytes(key.query_row([device], |row| blob(row, 0))?);
            feeds.insert(key, self.missing_of(audience, device, limit)?);
            below = device;
        }
        for Position { device, number } in self.left_behind(audience, limit)? {
            feeds.entry(device).or_insert_with(Ranges::new).push((number, number));
        }
        feeds.values_mut().for_each(|ranges| ranges.sort_unstable_by_key(|range| std::cmp::Reverse(*range)));
        let longest = feeds.values().map(Vec::len).max().unwrap_or(0);
        let asked = |each: usize| feeds.values().map(|ranges| ranges.len().min(each)).sum::<usize>();
        let each = (1..=longest).rev().find(|each| asked(*each) <= limit).unwrap_or(0);
        // What an even share leaves over goes to the first feeds that have more to ask for.
        let mut over = limit.saturating_sub(asked(each));
        for ranges in feeds.values_mut() {
            let extra = usize::from(ranges.len() > each && over > 0);
            over -= extra;
            ranges.truncate(each + extra);
        }
        Ok(feeds.into_iter().filter(|(_, ranges)| !ranges.is_empty()).collect())
    }

    /// The highest number of a device, below this one, of whose feed bodies are missing.
    fn last_missing(&self, audience: &AudienceId, below: i64) -> Result<Option<i64>, StoreError> {
        let sql = format!("SELECT max(e.device) FROM entries e WHERE {AUDIENCE} AND e.state = 5 AND e.device < ?2");
        let mut statement = self.connection().prepare_cached(&sql)?;
        Ok(statement.query_row(params![audience.as_bytes(), below], |row| row.get(0))?)
    }

    /// What is missing of one feed, the newest first. More of it than `limit` can't be asked for, whatever the others lack: the years
    /// before aren't even looked at.
    fn missing_of(&self, audience: &AudienceId, device: i64, limit: usize) -> Result<Ranges, StoreError> {
        // In the order of the index, backwards: nothing is sorted.
        let sql = format!(
            "SELECT e.number FROM entries e
                WHERE {AUDIENCE} AND e.state = 5 AND e.device = ?2 ORDER BY e.number DESC"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut found = statement.query(params![audience.as_bytes(), device])?;
        let mut ranges = Ranges::new();
        while let Some(row) = found.next()? {
            let number: u64 = row.get(0)?;
            let is_full = ranges.len() == limit;
            match ranges.last_mut() {
                Some((from, _)) if *from == number + 1 => *from = number,
                _ if is_full => break,
                _ => ranges.push((number, number)),
            }
        }
        Ok(ranges)
    }

    /// Entries that wait for a record of which this phone was told that it is gone, and no more.
    fn left_behind(&self, audience: &AudienceId, limit: usize) -> Result<Vec<Position>, StoreError> {
        let sql = format!(
            "SELECT (SELECT key FROM devices WHERE id = e.device), e.number FROM entries e
                WHERE {AUDIENCE} AND e.state BETWEEN 32 AND 63 AND e.state = ?2 AND EXISTS (SELECT 1 FROM entries about
                    WHERE about.audience = e.audience AND about.device = e.about_device AND about.number = e.about_number
                    AND about.state = ?3)
                ORDER BY e.number DESC LIMIT ?4"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let (waits, told) = (EntryState::Held(Hold::MissingRecord).code(), EntryState::Told.code());
        let left_behind = statement.query_map(params![audience.as_bytes(), waits, told, limit], |row| {
            Ok(Position { device: DeviceKey::from_bytes(blob(row, 0)?), number: row.get(1)? })
        })?;
        Ok(left_behind.collect::<Result<_, _>>()?)
    }

    /// Every entry of an audience as a line of text, equal on every phone that holds the same of it. How a phone came
    /// to know that a body is gone for good is its own story, and not told.
    pub fn dump_entries(&self, audience: &AudienceId) -> Result<Vec<String>, StoreError> {
        let entries = self.many(AUDIENCE, params![audience.as_bytes()])?;
        let line = |entry: StoredEntry| {
            let body = if entry.body.is_some() { "body" } else { "stub" };
            let state = match entry.state {
                EntryState::Erased | EntryState::Replaced | EntryState::Expired | EntryState::Told => "gone".to_owned(),
                state => format!("{state:?}"),
            };
            format!("{} {} {} {body} {state}", entry.position.device, entry.position.number, entry.hash)
        };
        Ok(entries.into_iter().map(line).collect())
    }

    pub(super) fn many(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<StoredEntry>, StoreError> {
        let sql = format!("{SELECT} {condition} ORDER BY 1, 2, 3");
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
    Ok(StoredEntry {
        audience,
        position,
        hash: EntryHash::from_bytes(blob(row, 3)?),
        commitment: Commitment::from_bytes(blob(row, 4)?),
        body: blob_or_none(row, 5)?.zip(row.get(6)?),
        signature: blob_or_none(row, 7)?.map(Signature::from_bytes),
        state: entry_state(row, 8)?,
        tick: row.get(9)?,
        record: link(10)?,
        about: link(12)?,
    })
}

fn entry_state(row: &Row<'_>, at: usize) -> rusqlite::Result<EntryState> {
    let code: u8 = row.get(at)?;
    EntryState::from_code(code).ok_or_else(|| rusqlite::Error::IntegralValueOutOfRange(at, i64::from(code)))
}
