//! The sides of forked feeds, and feeds that are parted in two.

use rusqlite::{OptionalExtension, Row, params};

use super::entries::{AUDIENCE, StoredEntry};
use super::error::StoreError;
use super::reader::{Reader, blob};
use super::transaction::Transaction;
use crate::model::codec::{decode, encode};
use crate::model::hash::cut;
use crate::model::limits::NUMBER_MAX;
use crate::model::{
    AudienceId, Commitment, DeviceKey, EntryHash, Position, RecordId, RecordRef, Row as Model, Side, SideProof,
    Signature,
};

const SELECT: &str = "SELECT audience, device, number, previous, first FROM sides";

impl Reader<'_> {
    /// All sides of all forks known.
    pub fn sides(&self) -> Result<Vec<Side>, StoreError> {
        let mut statement = self.connection().prepare_cached(SELECT)?;
        let sides = statement.query_map([], side)?;
        Ok(sides.collect::<Result<_, _>>()?)
    }

    /// The sides of forks in an audience, those of one fork side by side.
    pub fn sides_in(&self, audience: &AudienceId) -> Result<Vec<Side>, StoreError> {
        let sql = format!("{SELECT} WHERE audience = ?1 ORDER BY device, number, previous, first");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let sides = statement.query_map([audience.as_bytes()], side)?;
        Ok(sides.collect::<Result<_, _>>()?)
    }

    /// The sides of a device's feed in an audience, by what the feed, or any side of it, goes by. None for all but a few feeds.
    pub fn sides_of(&self, audience: &AudienceId, device: &DeviceKey) -> Result<Vec<Side>, StoreError> {
        if !self.has_sides()? {
            return Ok(Vec::new());
        }
        let sql = format!(
            "{SELECT} WHERE audience = ?1
                AND device = coalesce((SELECT device FROM sides WHERE key = ?2 AND audience = ?1), ?2) ORDER BY number, first"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let sides = statement.query_map(params![audience.as_bytes(), device.as_bytes()], side)?;
        Ok(sides.collect::<Result<_, _>>()?)
    }

    /// Whether any feed has forked: next to no family ever sees one that has, and every reference asks.
    fn has_sides(&self) -> Result<bool, StoreError> {
        if let Some(known) = self.found().and_then(|found| found.borrow().has_sides) {
            return Ok(known);
        }
        let mut statement = self.connection().prepare_cached("SELECT EXISTS (SELECT 1 FROM sides)")?;
        let has_sides = statement.query_row([], |row| row.get(0))?;
        if let Some(found) = self.found() {
            found.borrow_mut().has_sides = Some(has_sides);
        }
        Ok(has_sides)
    }

    /// What somebody else proved a side with; none for one that this phone has found itself.
    pub fn side_proof(&self, side: &Side) -> Result<Option<SideProof>, StoreError> {
        let mut statement = self.connection().prepare_cached("SELECT proof FROM sides WHERE key = ?1")?;
        let proof: Option<Vec<u8>> =
            statement.query_row([side.key().as_bytes()], |row| row.get(0)).optional()?.flatten();
        let parts = proof.and_then(|bytes| decode::<(Vec<Commitment>, Signature)>(&bytes));
        Ok(parts.map(|(commitments, signature)| SideProof { commitments, signature }))
    }

    /// The sides on the way from a device's feed to one of its sides, in the order of their numbers; none for the feed itself.
    pub fn path_to(&self, audience: &AudienceId, feed: &DeviceKey) -> Result<Vec<Side>, StoreError> {
        let sides = self.sides_of(audience, feed)?;
        let mut path = Vec::new();
        let mut next = sides.iter().find(|side| side.key() == *feed);
        while let Some(side) = next {
            path.insert(0, *side);
            next = None;
            for before in sides.iter().filter(|before| before.from < side.from) {
                let position = Position { device: before.key(), number: side.from - 1 };
                if self.entry(audience, position)?.is_some_and(|entry| entry.hash == side.previous) {
                    next = Some(before);
                }
            }
        }
        Ok(path)
    }

    /// Where the record that `reference` names stands here: who named it may not have known that the feed had parted.
    pub fn position_of(&self, reference: &RecordRef) -> Result<Position, StoreError> {
        let Position { device, number } = reference.position;
        for side in self.sides_of(&reference.audience, &device)?.iter().filter(|side| side.from <= number) {
            let position = Position { device: side.key(), number };
            let entry = self.entry(&reference.audience, position)?;
            if entry.is_some_and(|entry| cut::<8>(entry.hash.as_bytes()) == reference.check) {
                return Ok(position);
            }
        }
        Ok(reference.position)
    }

    /// The entry that `reference` names, or what stands in its place.
    pub fn entry_of(&self, reference: &RecordRef) -> Result<Option<StoredEntry>, StoreError> {
        self.entry(&reference.audience, self.position_of(reference)?)
    }

    /// The row of the record that `reference` names, whoever may see it.
    pub fn row_of(&self, reference: &RecordRef) -> Result<Option<Model>, StoreError> {
        self.row_by_first(&reference.audience, self.position_of(reference)?)
    }

    /// What apps call the record that `reference` names, whoever may see it.
    pub fn id_of(&self, reference: &RecordRef) -> Result<Option<RecordId>, StoreError> {
        self.id_by_first(&reference.audience, self.position_of(reference)?)
    }

    /// What apps call the record created there.
    pub(super) fn id_by_first(&self, audience: &AudienceId, first: Position) -> Result<Option<RecordId>, StoreError> {
        if let Some(known) = self.found().and_then(|found| found.borrow().ids.get(&(*audience, first)).copied()) {
            return Ok(known);
        }
        let sql = "SELECT id FROM rows WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
            AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let params = params![audience.as_bytes(), first.device.as_bytes(), first.number];
        let id = statement.query_row(params, |row| Ok(RecordId::from_bytes(blob(row, 0)?))).optional()?;
        if let Some(found) = self.found() {
            found.borrow_mut().ids.insert((*audience, first), id);
        }
        Ok(id)
    }

    /// By what a reference to the same record may go: as it is named here, and as whoever didn't know of a fork named it.
    pub(super) fn names_of(&self, reference: &RecordRef) -> Result<Vec<RecordRef>, StoreError> {
        let Position { device, number } = reference.position;
        let sides = self.sides_of(&reference.audience, &device)?;
        let side = sides.iter().find(|side| side.key() == device);
        let before = side.map(|side| RecordRef { position: Position { device: side.device, number }, ..*reference });
        Ok([*reference].into_iter().chain(before).collect())
    }

    /// The number before the first that a feed can have: a side of a fork begins where the feed forked.
    pub(super) fn number_before(&self, audience: &AudienceId, feed: &DeviceKey) -> Result<u64, StoreError> {
        let sides = self.sides_of(audience, feed)?;
        Ok(sides.iter().find(|side| side.key() == *feed).map_or(0, |side| side.from - 1))
    }

    /// Entries that belong to a record, or to a child of one, whose create stands at these numbers of this feed.
    pub fn linked_to(
        &self,
        audience: &AudienceId,
        device: &DeviceKey,
        (from, to): (u64, u64),
    ) -> Result<Vec<StoredEntry>, StoreError> {
        const LINKED: [&str; 2] = [
            "e.record_device = (SELECT id FROM devices WHERE key = ?2) AND e.record_number BETWEEN ?3 AND ?4",
            "e.about_device = (SELECT id FROM devices WHERE key = ?2) AND e.about_number BETWEEN ?3 AND ?4",
        ];
        let mut linked = Vec::new();
        for condition in LINKED {
            let params = params![audience.as_bytes(), device.as_bytes(), from, to];
            linked.extend(self.many(&format!("{AUDIENCE} AND {condition}"), params)?);
        }
        Ok(linked)
    }
}

impl Transaction<'_> {
    /// Notes one side of a fork, with what proved it if that was somebody else's word. Nothing changes if it is known.
    pub fn put_side(&self, side: &Side, proof: Option<&SideProof>) -> Result<(), StoreError> {
        let proof = proof.map(|proof| encode(&(&proof.commitments, proof.signature)));
        self.execute(
            "INSERT OR IGNORE INTO sides VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                side.key().as_bytes(),
                side.audience.as_bytes(),
                side.device.as_bytes(),
                side.from,
                side.previous.as_bytes(),
                side.first.as_bytes(),
                proof,
            ],
        )?;
        Ok(())
    }

    /// Parts a feed: what it holds from where `side` begins is that side's from now on. Rows of records that began there go.
    /// Answers what has moved, and what belongs to records that have, as they lie now: to be linked and judged anew.
    pub fn part_feed(&self, feed: &DeviceKey, side: &Side) -> Result<Vec<StoredEntry>, StoreError> {
        self.put_side(side, None)?;
        let linked = self.linked_to(&side.audience, feed, (side.from, NUMBER_MAX))?;
        for entry in &linked {
            if let Some(root) = entry.record.filter(|root| root.device == *feed && root.number >= side.from) {
                self.delete_row(&side.audience, root)?;
            }
        }
        self.note_new_head(&side.audience);
        self.note_missing(&side.audience);
        self.execute(
            "UPDATE entries SET device = ?4 WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
                 AND device = (SELECT id FROM devices WHERE key = ?2) AND number >= ?3",
            params![side.audience.as_bytes(), feed.as_bytes(), side.from, self.device_number(&side.key())?],
        )?;
        let has_moved = |at: &Position| at.device == *feed && at.number >= side.from;
        let mut touched = self.entries(&side.audience, &side.key(), side.from, NUMBER_MAX, usize::MAX)?;
        touched.extend(linked.into_iter().filter(|entry| !has_moved(&entry.position)));
        Ok(touched)
    }

    /// Notes to which record an entry belongs, and to which that one does.
    pub fn set_links(
        &self,
        entry: &StoredEntry,
        record: Option<Position>,
        about: Option<Position>,
    ) -> Result<(), StoreError> {
        let (record, about) = (self.link(record)?, self.link(about)?);
        self.execute(
            "UPDATE entries SET record_device = ?4, record_number = ?5, about_device = ?6, about_number = ?7
                 WHERE audience = (SELECT id FROM audiences WHERE hash = ?1)
                 AND device = (SELECT id FROM devices WHERE key = ?2) AND number = ?3",
            params![
                entry.audience.as_bytes(),
                entry.position.device.as_bytes(),
                entry.position.number,
                record.0,
                record.1,
                about.0,
                about.1,
            ],
        )?;
        Ok(())
    }
}

fn side(row: &Row<'_>) -> rusqlite::Result<Side> {
    Ok(Side {
        audience: AudienceId::from_bytes(blob(row, 0)?),
        device: DeviceKey::from_bytes(blob(row, 1)?),
        from: row.get(2)?,
        previous: EntryHash::from_bytes(blob(row, 3)?),
        first: EntryHash::from_bytes(blob(row, 4)?),
    })
}
