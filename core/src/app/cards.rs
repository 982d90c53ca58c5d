//! Recovery cards: put before others by their owner, and read by them on their own date.

use super::answers::{CardView, NewRecord, Record, ShareWith};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::RecoveryCard;
use crate::model::{Audience, Body, Date, MemberId, Row};
use crate::views::{CardReading, read_card};

impl Kinweave {
    /// Puts one's recovery card before these people, in the place of the last: the old one is taken away with it, from
    /// them and from whoever saw it before, in one step that happens whole or not at all. There is one card a member.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for a card whose values don't fit what it shows; [`Error::NotAllowed`] for people who may not
    /// have it.
    pub fn publish_card(&self, card: RecoveryCard, with: ShareWith) -> Result<Record, Error> {
        self.call(move |owner| owner.add(&NewRecord::new(card).with(with)))
    }

    /// The card of a member as it reads on `date`; none if none is here.
    pub fn card_of(&self, member: MemberId, date: Date) -> Result<Option<CardView>, Error> {
        self.call(move |owner| owner.card_of(&member, date))
    }

    /// The cards of everybody else that are here, as they read on `date`, by name.
    pub fn cards(&self, date: Date) -> Result<Vec<CardView>, Error> {
        self.call(move |owner| owner.cards(date))
    }

    /// One's own card as others read it on `date`; none before there is one.
    pub fn my_card(&self, date: Date) -> Result<Option<CardView>, Error> {
        self.call(move |owner| owner.card_of(&owner.me()?.member, date))
    }
}

impl Owner {
    /// Makes the owner's card be this one and no other.
    pub(super) fn put_card(&mut self, body: &Body, audience: &Audience) -> Result<Record, Error> {
        let (me, there) = (self.me()?.member, self.me()?.audience(audience));
        let mine: Vec<Row> = self.rows_of(&["recovery_card"])?.into_iter().filter(|row| row.author == me).collect();
        let last = mine.iter().rfind(|row| row.audience == there);
        let row = self.write(|author, tx| {
            let row = match last {
                Some(last) => author.edit(tx, last, &last.version, body)?,
                None => author.create(tx, &crate::records::Draft { body, audience, about: None, expires_on: None })?,
            };
            for other in mine.iter().filter(|other| other.first != row.first) {
                author.erase(tx, other)?;
            }
            Ok(row)
        })?;
        self.record(row)
    }

    pub(super) fn card_of(&self, member: &MemberId, date: Date) -> Result<Option<CardView>, Error> {
        Ok(self.all_cards(date)?.into_iter().find(|card| card.member == *member))
    }

    fn cards(&self, date: Date) -> Result<Vec<CardView>, Error> {
        let me = self.me()?.member;
        let mut cards = self.all_cards(date)?;
        cards.retain(|card| card.member != me);
        Ok(cards)
    }

    fn all_cards(&self, date: Date) -> Result<Vec<CardView>, Error> {
        let rows = self.rows_of(&["recovery_card"])?;
        let words = self.system.words();
        let mut views = Vec::new();
        for person in self.circle()?.people {
            let theirs = rows.iter().filter(|row| row.author == person.member);
            let reading = |row: &Row| match Body::from_fields(&row.kind, row.fields.clone()) {
                Body::RecoveryCard(card) => Some(read_card(&card, date)),
                _ => None,
            };
            // Two of a member's own devices may have put cards before different people at once. Where one closes it, it
            // is closed; else the last one reads.
            let readings = theirs.filter_map(|row| Some((reading(row)?, row.tick, row.id)));
            let shown = readings.max_by_key(|(reading, tick, id)| (*reading == CardReading::NotShared, *tick, *id));
            if let Some((reading, ..)) = shown {
                let lines = words.card_lines(&reading, &person.name);
                views.push(CardView { member: person.member, name: person.name, reading, lines });
            }
        }
        Ok(views)
    }
}
