//! What must hold whatever a family does (PROTOCOL.md, invariants 2, 6, 9 and 10), over real
//! sockets and random lives.

use kinweave_core::app::{Error, NewRecord, Record, ShareWith};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::{
    Celebration, Encouragement, Milestone, MilestoneBasis, RecoveryTimeline, RsvpAnswer,
};
use kinweave_core::model::{Now, Role};
use kinweave_tests::chance::Chance;
use kinweave_tests::phone::{Phone, new_york};
use serde_json::Value;

const LIVES: usize = 6;
const STEPS: usize = 60;
const TEN_YEARS_MS: i64 = 10 * 365 * 24 * 3_600_000;
/// Phones 0 and 1 are Marta's; 2, 3 and 4 are Lena's, Tomás's and Dani's.
const PHONES: usize = 5;

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
    Note { who: usize, text: String, chosen: Option<usize> },
    Dinner { who: usize, place: String },
    Edit { who: usize, nth: usize, text: String },
    Answer { who: usize, nth: usize },
    Erase { who: usize, nth: usize },
    Private { who: usize, text: String },
    Meet { who: usize, with: usize },
}

fn a_life(chance: &mut Chance) -> Vec<Step> {
    (0..STEPS).map(|_| a_step(chance)).collect()
}

fn a_step(chance: &mut Chance) -> Step {
    let (who, nth, text) = (chance.below(PHONES), chance.below(8), chance.word(12));
    match chance.below(10) {
        0 | 1 => Step::Note { who, text, chosen: chance.once_in(2).then(|| chance.below(PHONES)) },
        2 => Step::Dinner { who, place: text },
        3 | 4 => Step::Edit { who, nth, text },
        5 => Step::Answer { who, nth },
        6 if chance.once_in(2) => Step::Erase { who, nth },
        7 => Step::Private { who, text },
        _ => Step::Meet { who, with: (who + 1 + chance.below(PHONES - 1)) % PHONES },
    }
}

struct Family {
    phones: Vec<Phone>,
    /// Bytes of each meeting between different members' phones, both ways.
    meetings: Vec<(u64, u64)>,
}

impl Family {
    fn new(start: [Now; PHONES]) -> Self {
        let mut seed = 0;
        let mut phones = Vec::from(start.map(|now| {
            seed += 1;
            Phone::new(seed, now)
        }));
        phones[0].home.create_circle("Reyes", "Marta").unwrap();
        let (marta, others) = phones.split_at_mut(1);
        for (phone, name) in others[1..].iter().zip(["Lena", "Tomás", "Dani"]) {
            marta[0].invite(phone, name, Role::Member, None);
        }
        marta[0].add_device(&others[0]);
        let mut family = Self { phones, meetings: Vec::new() };
        family.everyone_meets();
        family.everyone_meets();
        family
    }

    fn meet(&mut self, who: usize, with: usize) -> bool {
        let address = self.phones[with].address();
        let meeting = self.phones[who].home.meet(self.phones[with].device(), Some(address)).unwrap();
        if self.phones[who].me() != self.phones[with].me() {
            self.meetings.push((meeting.bytes_sent, meeting.bytes_received));
        }
        meeting.equal
    }

    fn everyone_meets(&mut self) {
        for who in 0..PHONES {
            for with in 0..who {
                assert!(self.meet(who, with), "{who} and {with}");
            }
        }
    }

    fn lead(&mut self, life: &[Step]) {
        for step in life {
            self.take(step);
        }
    }

    fn take(&mut self, step: &Step) {
        let done = match step {
            Step::Meet { who, with } => {
                self.meet(*who, *with);
                Ok(())
            }
            Step::Note { who, text, chosen } => {
                let note = Encouragement {
                    to: Default::default(),
                    text: text.clone(),
                    encouragement_kind: Default::default(),
                    open_on: None,
                    link: None,
                };
                let with = match chosen {
                    Some(chosen) => ShareWith::Chosen(vec![self.phones[*chosen].me()]),
                    None => ShareWith::Everyone,
                };
                self.phones[*who].home.add(NewRecord::new(note).with(with)).map(drop)
            }
            Step::Dinner { who, place } => {
                let dinner = Celebration { place: Some(place.clone()), ..Celebration::idea("movie_night") };
                self.phones[*who].home.add(NewRecord::new(dinner)).map(drop)
            }
            Step::Edit { who, nth, text } => {
                let phone = &self.phones[*who];
                let dinners = by_id(phone.all("celebration"));
                let Some(dinner) = dinners.get(nth % dinners.len().max(1)) else { return };
                phone.edit(dinner, &[(["place", "cost_note"][nth % 2], text)]);
                Ok(())
            }
            Step::Answer { who, nth } => {
                let dinners = by_id(self.phones[*who].all("celebration"));
                let Some(dinner) = dinners.get(nth % dinners.len().max(1)) else { return };
                self.phones[*who].home.answer(dinner.id, RsvpAnswer::Yes, None).map(drop)
            }
            Step::Erase { who, nth } => {
                let phone = &self.phones[*who];
                let mut mine = by_id([phone.all("encouragement"), phone.all("celebration")].concat());
                mine.retain(|record| record.author == phone.me());
                let Some(record) = mine.get(nth % mine.len().max(1)) else { return };
                phone.home.erase(record.id)
            }
            Step::Private { who, text } => {
                let own_words = Milestone {
                    basis: MilestoneBasis::OwnWords,
                    threshold: None,
                    reached_on: "2026-02-01".parse().unwrap(),
                    run_started_on: None,
                    life_event: None,
                    words: Some(text.clone()),
                };
                let timeline = RecoveryTimeline::starting("2026-01-12".parse().unwrap());
                let home = &self.phones[*who].home;
                home.add(NewRecord::new(own_words)).and_then(|_| home.add(NewRecord::new(timeline))).map(drop)
            }
        };
        assert_eq!(done, Ok::<(), Error>(()), "{step:?}");
    }
}

/// In an order that no clock has a say in.
fn by_id(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by_key(|record| record.id);
    records
}

fn beginning() -> [Now; PHONES] {
    [new_york("2026-02-14T10:00"); PHONES]
}

/// All that a phone holds of audiences with more members than its own, as text.
fn shared(phone: &Phone) -> Vec<String> {
    let dumps = phone.home.dump().unwrap().into_iter().filter(|dump| dump.audience.tag != AudienceTag::Me);
    dumps.map(|dump| format!("{dump:#?}")).collect()
}

#[test]
fn after_two_meetings_of_every_pair_all_who_share_an_audience_hold_the_same_of_it() {
    let mut chance = Chance::of_today();
    for _ in 0..LIVES {
        let mut family = Family::new(beginning());
        family.lead(&a_life(&mut chance));
        family.everyone_meets();
        family.everyone_meets();
        for phone in &family.phones {
            assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
            for dump in phone.home.dump().unwrap() {
                assert!(dump.entries.iter().all(|line| !line.contains("Missing") && !line.contains("Held")));
                for other in family.phones.iter().filter(|other| dump.audience.members.contains(&other.me())) {
                    assert!(other.home.dump().unwrap().contains(&dump), "a {} audience differs", dump.audience.tag);
                }
            }
        }
    }
}

#[test]
fn no_phone_holds_a_trace_of_an_audience_that_it_is_not_in_and_a_joiner_none_of_the_past() {
    let mut chance = Chance::of_today();
    for _ in 0..LIVES / 2 {
        let mut family = Family::new(beginning());
        family.lead(&a_life(&mut chance));
        family.everyone_meets();
        let mut joiner = Phone::new(99, new_york("2026-02-14T10:00"));
        family.phones[2].invite(&joiner, "Iris", Role::Member, None);
        for phone in &mut family.phones {
            joiner.meet(phone);
        }
        let address = joiner.address();
        family.phones[0].home.meet(joiner.device(), Some(address)).unwrap();
        family.phones.push(joiner);
        let dumps: Vec<_> = family.phones.iter().map(|phone| phone.home.dump().unwrap()).collect();
        for (phone, dump) in family.phones.iter().zip(&dumps) {
            let text = format!("{dump:?}");
            for other in dumps.iter().flatten().filter(|it| !it.audience.members.contains(&phone.me())) {
                assert!(!text.contains(&other.audience.id.to_string()), "a trace of a {}", other.audience.tag);
            }
        }
        let tags: Vec<_> =
            dumps[PHONES].iter().map(|dump| dump.audience.tag).filter(|tag| *tag == AudienceTag::Set).collect();
        assert!(tags.is_empty(), "a joiner holds nothing of earlier sets");
    }
}

#[test]
fn what_is_written_privately_changes_nothing_on_anyone_elses_phone_or_line() {
    let mut chance = Chance::of_today();
    for _ in 0..LIVES / 2 {
        let life = a_life(&mut chance);
        let quiet: Vec<Step> =
            life.iter().filter(|step| !matches!(step, Step::Private { who: 0 | 1, .. })).cloned().collect();
        let mut worlds = [&life, &quiet].map(|life| {
            let mut family = Family::new(beginning());
            family.lead(life);
            family.everyone_meets();
            family
        });
        let [with, without] = &mut worlds;
        assert_eq!(with.meetings, without.meetings, "bytes of meetings with others");
        for (a, b) in with.phones.iter().zip(&without.phones).skip(2) {
            assert_eq!(a.home.dump(), b.home.dump());
            let bytes = |phone: &Phone| {
                phone.home.pause().unwrap();
                std::fs::metadata(phone.directory.join("kinweave.db")).unwrap().len()
            };
            assert_eq!(bytes(a), bytes(b), "size of the file");
        }
        for (a, b) in with.phones.iter().zip(&without.phones).take(2) {
            assert_eq!(shared(a), shared(b));
        }
    }
}

/// A row without what a clock may say: the wall, the day a circle was made, and hashes over both.
fn without_claims(row: &str) -> Value {
    let mut row: Value = serde_json::from_str(row).unwrap();
    for claimed in ["wall", "version", "first", "current", "about"] {
        row.as_object_mut().unwrap().remove(claimed);
    }
    let mut in_conflict = Vec::new();
    for conflict in row["conflicts"].as_array_mut().unwrap() {
        in_conflict.push(conflict["field"].as_str().unwrap().to_owned());
        conflict["candidates"].as_array_mut().unwrap().sort_by_key(Value::to_string);
    }
    for field in in_conflict.iter().map(String::as_str).chain(["created_on"]) {
        row["fields"].as_object_mut().unwrap().remove(field);
    }
    row
}

#[test]
fn clocks_that_are_ten_years_wrong_change_nothing_but_what_they_claim() {
    let mut chance = Chance::of_today();
    for _ in 0..LIVES / 2 {
        let life = a_life(&mut chance);
        let wrong = beginning().map(|now| {
            let off = *chance.pick(&[-TEN_YEARS_MS, 0, TEN_YEARS_MS]);
            Now { unix_ms: now.unix_ms + off, ..now }
        });
        let worlds = [beginning(), wrong].map(|clocks| {
            let mut family = Family::new(clocks);
            family.lead(&life);
            family.everyone_meets();
            family.everyone_meets();
            family
        });
        for (right, wrong) in worlds[0].phones.iter().zip(&worlds[1].phones) {
            let [right, wrong] = [right, wrong].map(|phone| {
                assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
                let dumps = phone.home.dump().unwrap().into_iter();
                let line = |line: &String| {
                    let words: Vec<_> = line.split(' ').collect();
                    [&words[..2], &words[3..]].concat().join(" ")
                };
                let plain = dumps.map(|dump| {
                    let entries: Vec<_> = dump.entries.iter().map(line).collect();
                    let rows: Vec<_> = dump.rows.iter().map(|row| without_claims(row)).collect();
                    (dump.audience, entries, rows)
                });
                plain.collect::<Vec<_>>()
            });
            assert_eq!(right, wrong);
        }
    }
}
