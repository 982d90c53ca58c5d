//! This phone as a writer of entries.

use std::collections::BTreeSet;

use crate::identity::{Purpose, Roster, SignKey};
use crate::model::entry::{Salt, commitment, entry_hash, genesis};
use crate::model::limits::{BODY_BYTES_MAX, SIGNED_EVERY, TICK_MAX};
use crate::model::op::{EntryBody, Op, Open};
use crate::model::{
    Audience, AudienceId, CircleId, DeviceKey, EntryHash, EntryState, FeedId, Head, MemberId, Now, Position, RecordRef,
};
use crate::store::{StoredEntry, Transaction};

use super::entropy::Entropy;
use super::error::RecordError;
use super::links::Links;

/// Who writes, when, and with what randomness. All of it is passed in.
pub struct Author<'a> {
    /// The circle.
    pub circle: CircleId,
    /// The owner of this phone.
    pub member: MemberId,
    /// This phone's key.
    pub key: &'a SignKey,
    /// Who is who.
    pub roster: &'a Roster,
    /// The clock.
    pub now: Now,
    /// The randomness.
    pub entropy: &'a mut dyn Entropy,
    /// The audiences written to so far.
    pub touched: BTreeSet<AudienceId>,
}

/// An entry just written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its audience.
    pub audience: AudienceId,
    /// Where it stands.
    pub position: Position,
    /// Its hash.
    pub hash: EntryHash,
}

impl Written {
    /// The record that this entry creates, if it creates one.
    pub fn reference(&self) -> RecordRef {
        RecordRef::new(self.audience, self.position, &self.hash)
    }
}

impl Author<'_> {
    /// Appends `op` to this phone's feed in `audience`, which begins with an `open` if it is new.
    ///
    /// Everything of one commit goes into one transaction: a crash leaves all of it or nothing.
    pub fn append(&mut self, tx: &Transaction<'_>, audience: &Audience, op: Op) -> Result<Written, RecordError> {
        let id = audience.id(&self.circle);
        if self.end(tx, &id)?.1.is_none() {
            tx.put_audience(&id, audience)?;
            self.append_next(tx, audience, Op::Open(Open::of(self.circle, audience)))?;
        }
        self.append_next(tx, audience, op)
    }

    fn append_next(&mut self, tx: &Transaction<'_>, audience: &Audience, op: Op) -> Result<Written, RecordError> {
        let id = audience.id(&self.circle);
        let feed = FeedId::of(&self.circle, &self.key.device(), &id);
        let (device, head) = self.end(tx, &id)?;
        let (number, previous) = head.map_or((1, genesis(&feed)), |head| (head.number + 1, head.hash));
        let tick = (tx.tick(&id)? + 1).min(TICK_MAX);
        let body = EntryBody { tick, op };
        let bytes = body.encode();
        if bytes.len() > BODY_BYTES_MAX {
            return Err(RecordError::LimitReached);
        }
        let salt: Salt = crate::model::hash::cut(&self.entropy.draw("salt", &id, number));
        let commitment = commitment(&salt, &bytes);
        let hash = entry_hash(&feed, number, &previous, &commitment);
        let position = Position { device, number };
        let links = Links::of(tx, &body, position)?;
        // Signed now, not when sent: the key may be gone by then, and an unsigned tail could not be proved to anyone.
        let signature = Some(self.key.sign(Purpose::Entry, hash.as_bytes()));
        tx.append(&StoredEntry {
            audience: id,
            position,
            hash,
            commitment,
            body: Some((salt, bytes)),
            signature,
            state: EntryState::Accepted,
            tick,
            record: links.record,
            about: links.about,
        })?;
        tx.raise_tick(&id, tick)?;
        self.touched.insert(id);
        if number > 1 && !is_kept(audience, number - 1) {
            tx.set_signature(&id, Position { device, number: number - 1 }, None)?;
        }
        Ok(Written { audience: id, position, hash })
    }

    /// Where this phone's feed in an audience goes on. A feed that has forked has several ends: only the last words of keys that
    /// retire are written there, and any of them will do.
    fn end(&self, tx: &Transaction<'_>, audience: &AudienceId) -> Result<(DeviceKey, Option<Head>), RecordError> {
        let device = self.key.device();
        for side in tx.sides_of(audience, &device)?.iter().rev() {
            if let Some(head) = tx.head(audience, &side.key())? {
                return Ok((side.key(), Some(head)));
            }
        }
        Ok((device, tx.head(audience, &device)?))
    }
}

/// Whether the signature at `number` is kept for good, and not only while it is the head's.
pub fn is_kept(audience: &Audience, number: u64) -> bool {
    audience.is_trust() || number.is_multiple_of(SIGNED_EVERY)
}
