//! What the façade is still to have, made of what it has: each goes when the façade's own method of that name comes.

use kinweave_core::app::{Error, Kinweave, ListQuery, NewRecord, Record, ShareWith};
use kinweave_core::model::kinds::{CommitmentEvent, Emoji, Reaction, RecoveryCard};
use kinweave_core::model::{Body, RecordId};

#[derive(Clone, Copy, Debug)]
pub enum CheckInPart {
    Band,
    Whole { with_craving: bool },
}

pub trait Ahead {
    fn share_check_in(&self, id: RecordId, with: ShareWith, part: CheckInPart) -> Result<Record, Error>;
    fn react(&self, id: RecordId, emoji: Emoji) -> Result<Record, Error>;
    fn unreact(&self, id: RecordId) -> Result<(), Error>;
    fn publish_card(&self, card: RecoveryCard, with: ShareWith) -> Result<Record, Error>;
    fn promise_event(&self, commitment: RecordId, event: CommitmentEvent) -> Result<Record, Error>;
}

fn own(app: &Kinweave, kind: &str, about: Option<RecordId>) -> Result<Vec<Record>, Error> {
    let me = app.circle()?.me;
    let query = ListQuery { kinds: vec![kind.to_owned()], person: Some(me), about, ..ListQuery::default() };
    Ok(app.list(&query)?.records.into_iter().filter(|record| record.author == me).collect())
}

impl Ahead for Kinweave {
    fn share_check_in(&self, id: RecordId, with: ShareWith, part: CheckInPart) -> Result<Record, Error> {
        let Body::CheckIn(check_in) = self.get(id)?.body else { return Err(Error::NotFound { id: id.short() }) };
        let body = match part {
            CheckInPart::Band => check_in.band_only(),
            CheckInPart::Whole { with_craving } => Some(check_in.for_others(with_craving)),
        };
        self.add(NewRecord::new(body.ok_or(Error::NotFound { id: id.short() })?).with(with))
    }

    fn react(&self, id: RecordId, emoji: Emoji) -> Result<Record, Error> {
        let is_same = |record: &Record| matches!(&record.body, Body::Reaction(reaction) if reaction.emoji == emoji);
        match own(self, "reaction", Some(id))?.into_iter().find(is_same) {
            Some(record) => Ok(record),
            None => self.add(NewRecord::new(Reaction { emoji }).about(id)),
        }
    }

    fn unreact(&self, id: RecordId) -> Result<(), Error> {
        own(self, "reaction", Some(id))?.iter().try_for_each(|record| self.erase(record.id))
    }

    fn publish_card(&self, card: RecoveryCard, with: ShareWith) -> Result<Record, Error> {
        let last = own(self, "recovery_card", None)?;
        let record = self.add(NewRecord::new(card).with(with))?;
        last.iter().try_for_each(|record| self.erase(record.id))?;
        Ok(record)
    }

    fn promise_event(&self, commitment: RecordId, event: CommitmentEvent) -> Result<Record, Error> {
        self.add(NewRecord::new(event).about(commitment))
    }
}
