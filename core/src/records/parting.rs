//! Where the entries of a run belong if their feed has forked: each side of a fork is a feed of its own.

use super::agenda::Agenda;
use super::error::RecordError;
use super::links::Links;
use crate::model::limits::{FEEDS_ACTIVE_MAX, SIDES_MAX};
use crate::model::op::EntryBody;
use crate::model::{AudienceId, DeviceKey, EntryHash, ForkProof, Position, Side};
use crate::store::{StoreError, StoredEntry, Transaction};

/// The feed of a device in an audience, as a tree: most are a single branch.
pub struct Tree<'a> {
    tx: &'a Transaction<'a>,
    audience: AudienceId,
    device: DeviceKey,
    sides: Vec<Side>,
}

/// Where an entry belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this feed.
    Feed(DeviceKey),
    /// In this side, where the feed has just been found to part.
    NewSide(DeviceKey),
    /// Nowhere: it has more sides than anyone needs.
    Nowhere,
}

impl<'a> Tree<'a> {
    /// The tree that the feed, or the side of one, which goes by `feed` is of.
    pub fn of(tx: &'a Transaction<'a>, audience: &AudienceId, feed: &DeviceKey) -> Result<Self, StoreError> {
        let sides = tx.sides_of(audience, feed)?;
        let device = sides.iter().find(|side| side.key() == *feed).map_or(*feed, |side| side.device);
        Ok(Self { tx, audience: *audience, device, sides })
    }

    /// The device that writes it.
    pub fn device(&self) -> DeviceKey {
        self.device
    }

    /// Its sides; none for all but a few.
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// The feed that holds the entry before `from` with this hash, if one does.
    pub fn holding(&self, feed: &DeviceKey, from: u64, previous: &EntryHash) -> Result<Option<DeviceKey>, StoreError> {
        if from == 1 {
            return Ok(Some(self.device));
        }
        for feed in [*feed, self.device].into_iter().chain(self.sides.iter().map(Side::key)) {
            if self.hash_at(&feed, from - 1)? == Some(*previous) {
                return Ok(Some(feed));
            }
        }
        Ok(None)
    }

    /// Where the entry with this hash belongs that follows `previous` in `feed`, which is held up to number `held`. If it is
    /// another than is held there, the feed parts.
    pub fn place(
        &mut self,
        feed: DeviceKey,
        held: u64,
        (number, previous, hash): (u64, EntryHash, EntryHash),
        agenda: &mut Agenda,
    ) -> Result<Place, RecordError> {
        let side = |first| Side { audience: self.audience, device: self.device, from: number, previous, first };
        if self.sides.iter().any(|side| side.from == number && side.previous == previous) {
            return self.enter(side(hash));
        }
        match if number <= held { self.hash_at(&feed, number)? } else { None } {
            Some(other) if other != hash => {
                let (ours, theirs) = (side(other), side(hash));
                if self.is_full(2)? {
                    return Ok(Place::Nowhere);
                }
                part(self.tx, &feed, &ours, agenda)?;
                self.sides.push(ours);
                self.enter(theirs)
            }
            _ => Ok(Place::Feed(feed)),
        }
    }

    fn enter(&mut self, side: Side) -> Result<Place, RecordError> {
        if self.sides.contains(&side) {
            return Ok(Place::Feed(side.key()));
        }
        if self.is_full(1)? {
            return Ok(Place::Nowhere);
        }
        self.tx.put_side(&side, None)?;
        self.sides.push(side);
        Ok(Place::NewSide(side.key()))
    }

    /// Whether so many sides more are more than the feed, or its audience, may have.
    fn is_full(&self, more: usize) -> Result<bool, StoreError> {
        let of_all = self.tx.sides_in(&self.audience)?.len();
        Ok(self.sides.len() + more > SIDES_MAX || of_all + more > FEEDS_ACTIVE_MAX)
    }

    /// Takes in what somebody proved of it. Whether it was news.
    pub fn learn(&mut self, proven: [Side; 2], proof: &ForkProof, agenda: &mut Agenda) -> Result<bool, RecordError> {
        let mut is_news = false;
        for (side, proof) in proven.into_iter().zip(&proof.sides) {
            if self.sides.contains(&side) || self.is_full(2)? {
                continue;
            }
            is_news = true;
            let feed = self.holding(&self.device, side.from, &side.previous)?;
            self.tx.put_side(&side, Some(proof))?;
            self.sides.push(side);
            // What is held from there on is one of the two, or a third.
            let Some(feed) = feed else { continue };
            if let Some(first) = self.hash_at(&feed, side.from)? {
                let held = Side { first, ..side };
                part(self.tx, &feed, &held, agenda)?;
                if !self.sides.contains(&held) {
                    self.sides.push(held);
                }
            }
        }
        Ok(is_news)
    }

    /// What named an entry that has just come to a side, and was taken to name another: it belongs there after all.
    pub fn relink(&self, at: Position, agenda: &mut Agenda) -> Result<(), RecordError> {
        let feeds = self.sides.iter().map(Side::key).filter(|feed| *feed != at.device);
        for feed in feeds.chain([self.device]) {
            for entry in self.tx.linked_to(&self.audience, &feed, (at.number, at.number))? {
                link(self.tx, entry, agenda, |position| position)?;
            }
        }
        Ok(())
    }

    fn hash_at(&self, feed: &DeviceKey, number: u64) -> Result<Option<EntryHash>, StoreError> {
        let entry = self.tx.entry(&self.audience, Position { device: *feed, number })?;
        Ok(entry.map(|entry| entry.hash))
    }
}

/// Parts a feed, and finds anew to which records what was linked there belongs.
fn part(tx: &Transaction<'_>, feed: &DeviceKey, side: &Side, agenda: &mut Agenda) -> Result<(), RecordError> {
    // Of a stub nobody knows more than where it was linked to, and of this feed that has moved along.
    let moved = |at: Position| {
        let has_moved = at.device == *feed && at.number >= side.from;
        if has_moved { Position { device: side.key(), ..at } } else { at }
    };
    tx.part_feed(feed, side)?.into_iter().try_for_each(|entry| link(tx, entry, agenda, moved))
}

/// Finds anew to which records an entry belongs. Of a stub that is what it was, but for what has `moved`.
fn link(
    tx: &Transaction<'_>,
    entry: StoredEntry,
    agenda: &mut Agenda,
    moved: impl Fn(Position) -> Position,
) -> Result<(), RecordError> {
    let body = entry.body.as_ref().and_then(|(_, bytes)| EntryBody::decode(bytes).ok());
    let links = match body {
        Some(body) => Links::of(tx, &body, entry.position)?,
        None => Links { record: entry.record.map(&moved), about: entry.about.map(&moved) },
    };
    tx.set_links(&entry, links.record, links.about)?;
    // Both records are judged anew: the one that it is taken from too.
    agenda.add(&entry);
    agenda.add(&StoredEntry { record: links.record, about: links.about, ..entry });
    Ok(())
}
