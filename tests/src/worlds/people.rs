//! What people do with their phones, and what of it must be found afterwards.

use std::collections::{BTreeMap, BTreeSet};

use kinweave_core::app::{Error, Kinweave, ListQuery, NewRecord, Record, ShareWith};
use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::{
    Celebration, CheckIn, Emoji, Encouragement, Journal, RecoveryCard, RsvpAnswer, Setback,
};
use kinweave_core::model::{Body, MemberId, RecordId};

use super::device::Device;
use crate::chance::Chance;

/// A record that was written and shared as it was written.
#[derive(Debug)]
pub struct Written {
    /// Who has it.
    pub members: BTreeSet<MemberId>,
    /// The record it belongs to.
    pub about: Option<RecordId>,
}

/// What was done, as those who did it know.
#[derive(Default)]
pub struct Deeds {
    /// Records that must be on the phones of all their members, unless they or what they belong to were taken away.
    pub written: BTreeMap<RecordId, Written>,
    /// Records that must be nowhere.
    erased: BTreeSet<RecordId>,
    /// Records that were copied, or are copies, and cards: where they are is for their author's phones to agree on.
    moving: BTreeSet<RecordId>,
    /// What screens showed: old versions, from which an edit may still start.
    shown: Vec<Record>,
    /// Whether the last that somebody did was to take something away.
    pub tried_to_erase: bool,
}

impl Deeds {
    /// Whether a record must be here, or must be gone; none where that can't be told from here.
    pub fn must_be_here(&self, id: &RecordId) -> Option<bool> {
        if self.erased.contains(id) {
            return Some(false);
        }
        if self.moving.contains(id) {
            return None;
        }
        // A record goes with what it belongs to.
        match self.written.get(id).and_then(|written| written.about) {
            Some(about) => self.must_be_here(&about),
            None => Some(true),
        }
    }

    /// Somebody does something. Answers what, in a word for the trace.
    ///
    /// # Errors
    /// What the core answered, where it isn't an answer that a careful person can get.
    pub fn act(&mut self, chance: &mut Chance, device: &Device, step: usize) -> Result<String, Error> {
        let home = &device.home;
        let query = ListQuery { limit: 1_000, ..ListQuery::default() };
        let records = home.list(&query)?.records;
        if chance.once_in(3) && !records.is_empty() {
            self.shown.push(chance.pick(&records).clone());
        }
        let mine: Vec<_> = records.iter().filter(|record| record.author == device.member).cloned().collect();
        let choice = chance.below(14);
        self.tried_to_erase = choice == 11;
        let done = match choice {
            0..=3 => self.write(home, some_words(chance, step), with_some(chance, home)?),
            4 | 5 => self.write(home, something_private(chance, step), ShareWith::Default),
            6 if !records.is_empty() => self.belong(chance, home, &records),
            7..=9 if !records.is_empty() => self.edit(chance, home, &records, step),
            10 => resolve(chance, home, &records),
            11 if !mine.is_empty() => self.erase(chance, home, &mine),
            12 if !mine.is_empty() => self.share(chance, home, &mine),
            13 => self.publish_a_card(chance, device),
            _ => Ok(()),
        };
        match done {
            Ok(()) => Ok(format!("{choice}")),
            // What others did meanwhile is an answer too.
            Err(
                error @ (Error::Gone
                | Error::Moved { .. }
                | Error::NotFound { .. }
                | Error::NotAllowed { .. }
                | Error::SecondCopy
                | Error::InvalidInput { .. }),
            ) => Ok(format!("{choice} {error:?}")),
            Err(error) => Err(error),
        }
    }

    /// Somebody says something to everyone.
    ///
    /// # Errors
    /// What the core answered.
    pub fn say_to_all(&mut self, device: &Device, step: usize) -> Result<(), Error> {
        let text = format!("to all, at step {step}");
        self.write(&device.home, Encouragement { text, ..Encouragement::example() }.into(), ShareWith::Everyone)
    }

    fn write(&mut self, home: &Kinweave, body: Body, with: ShareWith) -> Result<(), Error> {
        let record = home.add(NewRecord::new(body).with(with))?;
        self.note(&record);
        Ok(())
    }

    /// An answer that is given again takes the place of the first, which stays noted.
    fn note(&mut self, record: &Record) {
        let members = record.audience.members.iter().copied().collect();
        self.written.entry(record.id).or_insert(Written { members, about: record.about });
    }

    fn belong(&mut self, chance: &mut Chance, home: &Kinweave, records: &[Record]) -> Result<(), Error> {
        let parent = chance.pick(records);
        let child = match parent.kind.as_str() {
            "celebration" => home.answer(parent.id, RsvpAnswer::Yes, None)?,
            _ => home.react(parent.id, Emoji::Heart)?,
        };
        self.note(&child);
        Ok(())
    }

    fn edit(&mut self, chance: &mut Chance, home: &Kinweave, records: &[Record], step: usize) -> Result<(), Error> {
        let now = chance.pick(records);
        let older: Vec<_> = self.shown.iter().filter(|shown| shown.id == now.id).collect();
        let seen = if older.is_empty() || chance.once_in(2) { now } else { *chance.pick(&older) };
        let mut fields = seen.body.to_fields();
        let name = match seen.kind.as_str() {
            "encouragement" | "journal" => "text",
            "celebration" => *chance.pick(&["place", "idea"]),
            _ => return Ok(()),
        };
        fields.insert(name.to_owned(), format!("{} {step}", chance.word(6)).into());
        home.edit(now.id, &seen.version, Body::from_fields(&seen.kind, fields)).map(drop)
    }

    fn erase(&mut self, chance: &mut Chance, home: &Kinweave, mine: &[Record]) -> Result<(), Error> {
        let record = chance.pick(mine);
        let done = match chance.once_in(2) {
            true => home.erase(record.id),
            false => home.forget(record.id),
        };
        // Where the file can't be written anew, the record is gone all the same.
        match done {
            Ok(()) => drop(self.erased.insert(record.id)),
            Err(_) => drop(self.moving.insert(record.id)),
        }
        done
    }

    /// One card a member, wherever it was published last.
    fn publish_a_card(&mut self, chance: &mut Chance, device: &Device) -> Result<(), Error> {
        let card = RecoveryCard::paused(device.now.today());
        let card = device.home.publish_card(card, with_some(chance, &device.home)?)?;
        self.moving.insert(card.id);
        Ok(())
    }

    /// A copy for others, or one for fewer.
    /// Not of what runs out when shared: that goes by each phone's clock, and `random_expiry` looks at it.
    fn share(&mut self, chance: &mut Chance, home: &Kinweave, mine: &[Record]) -> Result<(), Error> {
        let record = chance.pick(mine);
        if record.kind == "check_in" {
            return Ok(());
        }
        let with = with_some(chance, home)?;
        let copy = match chance.once_in(3) {
            true => home.narrow(record.id, with),
            false => home.share(record.id, with),
        };
        self.moving.extend([record.id, copy?.id]);
        Ok(())
    }
}

fn resolve(chance: &mut Chance, home: &Kinweave, records: &[Record]) -> Result<(), Error> {
    let Some(record) = records.iter().find(|record| !record.conflicts.is_empty()) else { return Ok(()) };
    let conflict = chance.pick(&record.conflicts);
    let value = chance.pick(&conflict.candidates).value.clone();
    home.resolve(record.id, &conflict.field, &value).map(drop)
}

fn with_some(chance: &mut Chance, home: &Kinweave) -> Result<ShareWith, Error> {
    let people: Vec<_> = home.circle()?.people.iter().map(|person| person.member).collect();
    Ok(match chance.below(3) {
        0 => ShareWith::Chosen(vec![*chance.pick(&people)]),
        1 => ShareWith::Circle,
        _ => ShareWith::Everyone,
    })
}

/// Words for others.
pub fn some_words(chance: &mut Chance, step: usize) -> Body {
    let words = format!("{} {step}", chance.word(6));
    match chance.once_in(2) {
        true => Celebration { place: Some(words), ..Celebration::idea("movie_night") }.into(),
        false => Encouragement { text: words, ..Encouragement::example() }.into(),
    }
}

fn something_private(chance: &mut Chance, step: usize) -> Body {
    let words = format!("{} {step}", chance.word(6));
    match chance.below(3) {
        0 => Journal { text: words, ..Journal::example() }.into(),
        1 => Setback { learned: Some(words), ..Setback::example() }.into(),
        _ => CheckIn { note: Some(words), ..CheckIn::example() }.into(),
    }
}
