//! A member whose phone says what it likes, beside the honest one that has the same keys.

use std::collections::BTreeSet;

use kinweave_core::app::Error;
use kinweave_core::model::op::{Change, Create, Op, Replaces, Writers};
use kinweave_core::model::{Audience, AudienceId, Body, MemberId, Position, RecordId, RecordRef};
use serde::Deserialize;

use super::device::Device;
use super::must_hold;
use super::people::some_words;
use crate::chance::Chance;
use crate::forger::Forger;
use crate::intruder::Intruder;
use crate::wire::{keys_of_seed, message, run_message, tag};

/// How often in a world it takes back what it has said: of a feed with too many sides no two phones need keep the same.
const FORKS_MAX: usize = 3;

/// The liar.
pub struct Liar {
    /// Which of the world's phones has its keys. The seed byte of those is one more.
    pub device: usize,
    forger: Forger,
    audiences: Vec<Audience>,
    forks: usize,
    /// Records of its own member in whose place it has put another version, perhaps under another id.
    pub replaced: BTreeSet<RecordId>,
    /// Whether it has written anything that may count.
    pub has_written: bool,
}

impl Liar {
    /// Who has the keys of this phone, which hasn't met anybody in this world.
    pub fn with_keys_of(devices: &[Device], device: usize) -> Self {
        let home = &devices[device].home;
        let circle = home.circle().expect("a circle").circle;
        let member = devices[device].member;
        let (key, _) = keys_of_seed(seed_of(device));
        let everyone: BTreeSet<MemberId> = devices.iter().map(|device| device.member).collect();
        let others = everyone.iter().filter(|other| **other != member);
        let mut audiences: Vec<_> = others.clone().map(|other| Audience::set([member, *other])).collect();
        // Not its own.
        audiences.extend(others.map(|other| Audience::Me(*other)));
        audiences.extend([Audience::set(everyone), Audience::Home, Audience::HomeAdults]);
        let forger = Forger::take_over(key, circle, member, &[]);
        Self { device, forger, audiences, forks: 0, replaced: BTreeSet::new(), has_written: false }
    }

    /// Calls a phone and lies to it. Answers how, in a word for the trace.
    ///
    /// # Errors
    /// What the core answered.
    pub fn lie(&mut self, chance: &mut Chance, victim: &Device, whom: usize) -> Result<String, Error> {
        let noise = keys_of_seed(seed_of(whom)).1.public();
        let call = Intruder::call(&victim.hand, seed_of(self.device), &noise, chance.bytes())?;
        // Whose phone is another by now can't be called with what is known of it.
        let Some(mut call) = call else { return Ok("isn't answered".to_owned()) };
        let is_polite = !chance.once_in(8);
        if is_polite {
            call.say(&call.greeting())?;
        }
        let what = chance.below(8);
        let messages = match what {
            0 => vec![random_message(chance)],
            // What it has is said to be what nobody has.
            1 => vec![message(tag::HAVE, &chance.bytes()), message(tag::DIGEST, &(0_u8, 9_u32, chance.bytes()))],
            2 => (0..200).map(|_| message(tag::DIGEST, &(1_u8, 1_u32, chance.bytes()))).collect(),
            _ => self.forged(chance, victim),
        };
        call.say(&messages)?;
        Ok(format!("{what}, is dropped {}", call.is_dropped()))
    }

    /// A feed, or two, with something more in it that it may not say.
    fn forged(&mut self, chance: &mut Chance, victim: &Device) -> Vec<Vec<u8>> {
        let audience = chance.pick(&self.audiences).clone();
        if self.forks < FORKS_MAX && self.forger.length(&audience) > 1 && chance.once_in(4) {
            self.forks += 1;
            self.forger.take_back(&audience);
        }
        for _ in 0..=chance.below(3) {
            self.write(chance, victim, &audience);
        }
        self.has_written = true;
        vec![run_message(&self.forger.feed(&audience))]
    }

    fn write(&mut self, chance: &mut Chance, victim: &Device, audience: &Audience) {
        let body: Body = some_words(chance, 0);
        let row = row(chance, victim, audience.id(&self.forger.circle));
        let named = row.as_ref().map(|row| some_reference(chance, row));
        let own = row.filter(|row| row.author == self.forger.member);
        match (chance.below(8), named) {
            (0, _) => drop(self.forger.bytes(audience, random_bytes(chance))),
            (1, Some(record)) => {
                let header = self.forger.header(&body);
                let change = self.forger.next_change(&header, &self.forger.device(), &chance.word(4));
                self.forger.op(audience, Op::Change(Change { record, change }));
            }
            (2, Some(record)) => {
                self.replaced.extend(own.map(|own| own.id));
                let replaces = Replaces { first: record, id_key: [7; 16], seen: vec![(record.position.device, 99)] };
                self.forger.create_as(audience, &body, |create| create.replaces = Some(replaces));
            }
            // What its own member's phones take away is gone, and right so.
            (3, Some(record)) if own.is_none() => {
                self.forger.erase(audience, record);
            }
            (4, Some(record)) => {
                let to = RecordRef { check: [0; 8], ..record };
                self.forger.op(audience, Op::Moved { from: record, to });
            }
            (5, about) => drop(self.forger.create_as(audience, &body, |create| create.about = about)),
            (6, _) => drop(self.forger.create_as(audience, &body, |create| twist(chance, create, victim.member))),
            _ => drop(self.forger.create(audience, &body)),
        }
    }
}

/// A phone of a world has its randomness from the byte that counts it.
fn seed_of(device: usize) -> u8 {
    device as u8 + 1
}

fn twist(chance: &mut Chance, create: &mut Create, other: MemberId) {
    match chance.below(5) {
        0 => create.subject = Some(other),
        1 => create.kind = chance.word(5),
        2 => create.schema += 1,
        3 => create.writers = if create.writers == Writers::Author { Writers::Audience } else { Writers::Author },
        _ => create.change = random_bytes(chance),
    }
}

/// A row as a dump has it.
#[derive(Deserialize)]
struct DumpedRow {
    id: RecordId,
    first: RecordRef,
    author: MemberId,
}

/// A record of the audience that the victim has.
fn row(chance: &mut Chance, victim: &Device, audience: AudienceId) -> Option<DumpedRow> {
    let dumps = must_hold::dump(victim).ok()?;
    let of = dumps.iter().find(|dump| dump.audience.id == audience).filter(|of| !of.rows.is_empty())?;
    let row: &String = chance.pick(&of.rows);
    Some(serde_json::from_str(row).expect("a row"))
}

/// The record, or one that there isn't.
fn some_reference(chance: &mut Chance, row: &DumpedRow) -> RecordRef {
    let beyond = Position { number: row.first.position.number + 40, ..row.first.position };
    if chance.once_in(5) { RecordRef { position: beyond, ..row.first } } else { row.first }
}

fn random_bytes(chance: &mut Chance) -> Vec<u8> {
    (0..chance.below(120)).map(|_| chance.any() as u8).collect()
}

/// A tag that there is, and any bytes after it.
fn random_message(chance: &mut Chance) -> Vec<u8> {
    let tag = 16 + chance.below(9) as u8;
    [vec![tag], random_bytes(chance)].concat()
}
