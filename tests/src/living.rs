//! What a family does on paper: a random life, in which everyone writes, edits, picks, shares and takes away.

use std::collections::BTreeSet;

use kinweave_core::model::kind::{AboutRule, FieldRole, Fields, Placement};
use kinweave_core::model::kinds::{self, CardMode, CardShows, RecoveryCard, Setback};
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
        Self::of(PaperFamily::new(chance))
    }

    /// Begins with this family.
    pub fn of(family: PaperFamily) -> Self {
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
            4 => match mine.iter().filter(|row| row.kind != "journal").max_by_key(|_| chance.any()) {
                Some(row) => {
                    let audience = self.set(chance, who);
                    self.family
                        .write(who, |author, tx| {
                            author.share(tx, row, &Body::from_fields(&row.kind, row.fields.clone()), &audience)
                        })
                        .map(drop)
                }
                None => Ok(()),
            },
            5 => match rows.iter().filter(|row| row.about.is_none()).max_by_key(|_| chance.any()) {
                Some(parent) => self.create(who, &a_child(chance, parent), parent.audience, Some(parent.first)),
                None => Ok(()),
            },
            _ => {
                let body = a_body(chance, step);
                let audience = self.audience_for(chance, who, &body);
                let (about, expires_on) = (None, None);
                let draft = Draft { body: &body, audience: &audience, about, expires_on };
                self.family.write(who, |author, tx| author.create(tx, &draft)).map(drop)
            }
        };
        // An old version may be gone, or no longer be a place to start from; that is an answer too.
        match done {
            Ok(()) | Err(RecordError::Invalid(_) | RecordError::Gone) => {}
            Err(RecordError::AudienceNotAllowed | RecordError::ParentNeeded) => {}
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

    fn audience_for(&self, chance: &mut Chance, who: usize, body: &Body) -> Audience {
        let me = self.family.phones[who].member;
        match body.spec().expect("a known kind").audience {
            Placement::Journal => Audience::Journal(me),
            Placement::OnlyMe => Audience::Me(me),
            Placement::HomeAdults => Audience::HomeAdults,
            Placement::Home => Audience::Home,
            Placement::MeFirst if chance.once_in(2) => Audience::Me(me),
            _ if chance.once_in(4) => Audience::Me(me),
            _ => self.set(chance, who),
        }
    }

    fn set(&self, chance: &mut Chance, who: usize) -> Audience {
        let phone = &self.family.phones[who];
        if chance.once_in(3) {
            Audience::set([phone.member, *chance.pick(&phone.everyone())])
        } else {
            Audience::set(phone.everyone())
        }
    }
}

fn words(chance: &mut Chance, step: usize) -> String {
    format!("{} {step}", chance.word(6))
}

/// Of every kind that stands alone, with other words than its example.
fn a_body(chance: &mut Chance, step: usize) -> Body {
    if chance.once_in(6) {
        return a_setback(chance).into();
    }
    let stands_alone = |body: &Body| {
        let spec = body.spec().expect("a known kind");
        spec.about != AboutRule::Required && !["share", "circle_info", "member_profile"].contains(&spec.name)
    };
    let examples: Vec<Body> = Body::examples().into_iter().filter(stands_alone).collect();
    let body = chance.pick(&examples).clone();
    with_words(chance, &body, step).unwrap_or(body)
}

fn a_child(chance: &mut Chance, parent: &Row) -> Body {
    let of_it: &[&str] = match parent.kind.as_str() {
        "celebration" => &["rsvp", "celebration_event", "reaction"],
        "commitment" => &["commitment_event", "reaction"],
        _ => &["reaction"],
    };
    let kind = *chance.pick(of_it);
    Body::examples().into_iter().find(|body| body.kind() == kind).expect("an example")
}

/// A setback somewhere in the spring, of one day or some.
fn a_setback(chance: &mut Chance) -> Setback {
    let from = chance.below(20) + 1;
    let day = |day: usize| format!("2026-02-{day:02}").parse().expect("a date");
    Setback {
        started_on: day(from),
        resumed_on: (!chance.once_in(4)).then(|| day(from + chance.below(8))),
        ..<Setback as kinweave_core::model::kind::Kind>::example()
    }
}

/// A card in any of its modes.
fn a_card(chance: &mut Chance) -> RecoveryCard {
    let as_of = format!("2026-02-{:02}", chance.below(20) + 1).parse().expect("a date");
    let paused = RecoveryCard::paused(as_of);
    let total =
        RecoveryCard { total: Some(chance.below(99) as u32), shows: [CardShows::Total].into(), ..paused.clone() };
    match chance.below(3) {
        0 => paused,
        1 => RecoveryCard { mode: CardMode::Snapshot, ..total },
        _ => RecoveryCard { mode: CardMode::Counting, valid_until: "2026-02-21".parse().ok(), ..total },
    }
}

/// The body with one of its texts written anew; none if it has no text.
fn with_words(chance: &mut Chance, body: &Body, step: usize) -> Option<Body> {
    let spec = body.spec()?;
    let texts: Vec<_> = spec.fields.iter().filter(|field| field.role == FieldRole::Words).collect();
    if texts.is_empty() {
        return None;
    }
    let mut fields: Fields = body.to_fields();
    fields.insert(chance.pick(&texts).name.to_owned(), words(chance, step).into());
    Some(Body::from_fields(spec.name, fields))
}

/// The row's body with something written anew.
fn edited(chance: &mut Chance, row: &Row, step: usize) -> Body {
    let body = Body::from_fields(&row.kind, row.fields.clone());
    match kinds::spec(&row.kind).map(|spec| spec.name) {
        Some("recovery_card") => a_card(chance).into(),
        Some("setback") if chance.once_in(2) => a_setback(chance).into(),
        _ => with_words(chance, &body, step).unwrap_or(body),
    }
}
