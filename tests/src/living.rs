//! What a family does on paper: a random life, in which everyone writes, edits, picks, shares and takes away.

use std::collections::BTreeSet;

use kinweave_core::model::kind::Fields;
use kinweave_core::model::kinds::{Celebration, Encouragement, Milestone, MilestoneBasis, Rsvp, RsvpAnswer};
use kinweave_core::model::op::Writers;
use kinweave_core::model::{Audience, Body, RecordRef, Row};
use kinweave_core::records::{Draft, RecordError};

use crate::chance::Chance;
use crate::paper::PaperFamily;

/// A random life.
pub struct Life {
    /// The family that leads it.
    pub family: PaperFamily,
    /// Records that someone took away.
    pub erased: BTreeSet<RecordRef2>,
    /// What each phone once showed: old versions, from which an edit may still start.
    shown: Vec<Vec<Row>>,
}

/// A record's audience, device and number.
pub type RecordRef2 = (String, String, u64);

/// The record's name as text.
pub fn name_of(record: &RecordRef) -> RecordRef2 {
    (record.audience.to_string(), record.position.device.to_string(), record.position.number)
}

impl Life {
    /// Begins with a family in which nothing has happened yet.
    pub fn new(chance: &mut Chance) -> Self {
        let family = PaperFamily::new(chance);
        let shown = family.phones.iter().map(|_| Vec::new()).collect();
        Self { family, erased: BTreeSet::new(), shown }
    }

    /// So many things happen.
    pub fn go_on(&mut self, chance: &mut Chance, steps: usize) {
        for step in 0..steps {
            let who = chance.below(self.family.phones.len());
            if chance.once_in(3) {
                self.family.deliver(who, || chance.once_in(4));
            } else {
                self.write(chance, who, step);
            }
        }
    }

    fn write(&mut self, chance: &mut Chance, who: usize, step: usize) {
        let rows = self.family.phones[who].rows();
        let me = self.family.phones[who].member;
        if chance.once_in(4) {
            self.shown[who].extend(rows.iter().cloned());
        }
        let mine: Vec<&Row> = rows.iter().filter(|row| row.author == me && row.kind != "share").collect();
        let writable: Vec<&Row> =
            rows.iter().filter(|row| row.author == me || row.writers == Writers::Audience).collect();
        let done = match chance.below(8) {
            0 if !mine.is_empty() => {
                let row: &Row = chance.pick::<&Row>(&mine);
                self.erase(who, row)
            }
            1 | 2 if !writable.is_empty() => {
                let row = (*chance.pick(&writable)).clone();
                let older = self.shown[who].iter().filter(|shown| shown.first == row.first).collect::<Vec<_>>();
                let seen = if older.is_empty() || chance.once_in(2) { &row } else { *chance.pick(&older) };
                let (version, body) = (seen.version.clone(), edited(chance, seen, step));
                self.family.write(who, |author, tx| author.edit(tx, &row, &version, &body)).map(drop)
            }
            3 => match writable.iter().find(|row| !row.conflicts.is_empty()) {
                Some(row) => {
                    let conflict = chance.pick(&row.conflicts);
                    let value = chance.pick(&conflict.candidates).value.clone();
                    self.family.write(who, |author, tx| author.resolve(tx, row, &conflict.field, &value)).map(drop)
                }
                None => Ok(()),
            },
            4 => match mine.iter().find(|row| row.kind == "milestone") {
                Some(row) => {
                    let audience = self.audience(chance, who);
                    self.family.write(who, |author, tx| author.share(tx, row, &audience)).map(drop)
                }
                None => Ok(()),
            },
            5 => match rows.iter().filter(|row| row.kind == "celebration").max_by_key(|_| chance.any()) {
                Some(parent) => {
                    let body = Rsvp { answer: *chance.pick(&[RsvpAnswer::Yes, RsvpAnswer::No]), note: None }.into();
                    self.create(who, &body, parent.audience, Some(parent.first))
                }
                None => Ok(()),
            },
            _ => {
                let audience = self.audience(chance, who);
                let body = a_body(chance, step);
                let (about, expires_on) = (None, None);
                let draft = Draft { body: &body, audience: &audience, about, expires_on };
                self.family.write(who, |author, tx| author.create(tx, &draft)).map(drop)
            }
        };
        // An old version may be gone, or no longer be a place to start from; that is an answer too.
        match done {
            Ok(()) | Err(RecordError::Invalid(_) | RecordError::Gone | RecordError::AudienceNotAllowed) => {}
            Err(error) => panic!("step {step} of phone {who}: {error:?}"),
        }
    }

    fn erase(&mut self, who: usize, row: &Row) -> Result<(), RecordError> {
        self.family.write(who, |author, tx| author.erase(tx, row))?;
        self.erased.insert(name_of(&row.first));
        Ok(())
    }

    fn create(
        &mut self,
        who: usize,
        body: &Body,
        audience: kinweave_core::model::AudienceId,
        about: Option<RecordRef>,
    ) -> Result<(), RecordError> {
        self.family.write(who, |author, tx| {
            let audience = tx.audience(&audience)?.ok_or(RecordError::Internal("an audience"))?;
            author.create(tx, &Draft { body, audience: &audience, about, expires_on: None }).map(drop)
        })
    }

    fn audience(&self, chance: &mut Chance, who: usize) -> Audience {
        let phone = &self.family.phones[who];
        match chance.below(4) {
            0 => Audience::Me(phone.member),
            1 => {
                let chosen = *chance.pick(&phone.everyone());
                Audience::set([phone.member, chosen])
            }
            _ => Audience::set(phone.everyone()),
        }
    }
}

fn a_body(chance: &mut Chance, step: usize) -> Body {
    let words = format!("{} {step}", chance.word(6));
    match chance.below(3) {
        0 => Celebration { place: Some(words), ..Celebration::idea("movie_night") }.into(),
        1 => Encouragement {
            to: Default::default(),
            text: words,
            encouragement_kind: Default::default(),
            open_on: None,
            link: None,
        }
        .into(),
        _ => Milestone {
            basis: MilestoneBasis::OwnWords,
            threshold: None,
            reached_on: format!("2026-02-{:02}", chance.below(28) + 1).parse().expect("a date"),
            run_started_on: None,
            life_event: None,
            words: Some(words),
        }
        .into(),
    }
}

/// The row's body with one field written anew.
fn edited(chance: &mut Chance, row: &Row, step: usize) -> Body {
    let mut fields: Fields = row.fields.clone();
    let name = match row.kind.as_str() {
        "celebration" => *chance.pick(&["place", "cost_note", "idea"]),
        "encouragement" => "text",
        "milestone" => "words",
        "rsvp" => "note",
        "member_profile" => *chance.pick(&["needs", "pronouns"]),
        "circle_info" => "meeting_default",
        _ => return Body::from_fields(&row.kind, fields),
    };
    fields.insert(name.to_owned(), format!("{} {step}", chance.word(4)).into());
    Body::from_fields(&row.kind, fields)
}
