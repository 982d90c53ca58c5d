//! A thousand random lives of two own devices and three others' phones, with clocks up to ten years wrong (PROTOCOL.md,
//! invariants 1, 2, 6, 7, 9 and 10).
//!
//! `KINWEAVE_WALKS` says how many. Each has a seed of its own, which is in the message of one that fails: given back as
//! `KINWEAVE_TEST_SEED`, the first walk is that one.

use std::collections::BTreeSet;

use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::{Encouragement, Journal, RecoveryTimeline, Setback};
use kinweave_core::model::{Audience, Body, Date, Row};
use kinweave_core::records::Draft;
use kinweave_core::views::{self, UseSpan};
use kinweave_tests::chance::Chance;
use kinweave_tests::living::{Life, name_of};
use kinweave_tests::paper::{Dump, Homes, PaperFamily};
use kinweave_tests::phone::new_york;

const STEPS: usize = 24;

fn walks() -> usize {
    std::env::var("KINWEAVE_WALKS").map_or(1_000, |count| count.parse().expect("a number of walks"))
}

/// Walks side by side, as many as the machine has cores.
fn each_walk(walks: usize, walk: impl Fn(&Homes, u64) + Sync) {
    Homes::for_each_seed(Chance::seed_of_today(), walks, |homes, seed| {
        walk(homes, seed);
        true
    });
}

fn a_family(homes: &Homes, chance: &mut Chance) -> PaperFamily {
    let mut family = homes.family(chance);
    family.phones.iter_mut().for_each(|phone| phone.set_clock(chance.time()));
    let timeline = RecoveryTimeline::starting("2026-01-12".parse().unwrap()).into();
    let me = Audience::Me(family.phones[0].member);
    let draft = Draft { body: &timeline, audience: &me, about: None, expires_on: None };
    family.write(0, |author, tx| author.create(tx, &draft)).unwrap();
    family
}

/// The same lines for each audience that both hold.
fn same(one: &Dump, other: &Dump, seed: u64, what: &str) {
    for (audience, lines) in one {
        if let Some(others) = other.get(audience) {
            let apart = lines.1.iter().zip(&others.1).find(|(one, other)| one != other);
            assert!(lines == others, "seed {seed}, {what}: {apart:#?}");
        }
    }
}

/// What the screens say on a day: the days of the two own devices, and everyone's cards.
fn shown(rows: &[Row], today: Date) -> (Vec<views::Days>, Vec<(String, String)>) {
    let (mut starts, mut spans, mut cards) = (BTreeSet::new(), Vec::new(), Vec::new());
    for row in rows {
        match Body::from_fields(&row.kind, row.fields.clone()) {
            Body::RecoveryTimeline(timeline) => drop(starts.insert(timeline.first_start_on)),
            Body::Setback(setback) => spans.push(UseSpan {
                started_on: setback.started_on,
                resumed_on: setback.resumed_on,
                policy: setback.count_policy,
            }),
            Body::RecoveryCard(card) => cards.push((row.id.to_string(), format!("{card:?}"))),
            _ => {}
        }
    }
    cards.sort();
    (starts.into_iter().map(|start| views::days(start, &spans, today)).collect(), cards)
}

fn walk(homes: &Homes, seed: u64) {
    let mut chance = Chance::from_seed(seed);
    let mut life = Life::of(a_family(homes, &mut chance));
    for _ in 0..STEPS / 4 {
        life.go_on(&mut chance, 4);
        let who = chance.below(life.family.phones.len());
        life.family.phones[who].set_clock(chance.time());
    }
    life.family.catch_up();
    let today: Date = "2026-03-01".parse().unwrap();
    // One clock again, only to look: every screen has to show the same.
    life.family.phones.iter_mut().for_each(|phone| phone.set_clock(new_york("2026-03-01T10:00")));
    let dumps: Vec<Dump> = life.family.phones.iter().map(|phone| phone.dump()).collect();
    for (who, dump) in dumps.iter().enumerate() {
        same(&dumps[0], dump, seed, &format!("phones 0 and {who}"));
        same(&dumps[4], dump, seed, &format!("phones 4 and {who}"));
    }
    assert_eq!(dumps[0].keys().collect::<Vec<_>>(), dumps[1].keys().collect::<Vec<_>>(), "seed {seed}: own devices");
    let [phone, tablet] = [0, 1].map(|who| shown(&life.family.phones[who].rows(), today));
    assert_eq!(phone, tablet, "seed {seed}: days and cards");
    let cards: Vec<_> = life.family.phones.iter().map(|phone| shown(&phone.rows(), today).1).collect();
    for one in &cards {
        for (id, card) in cards.iter().flatten() {
            assert!(one.iter().all(|(other, text)| id != other || card == text), "seed {seed}: a card reads {card}");
        }
    }
    for phone in &life.family.phones {
        // Possession: nobody has an audience that they aren't in.
        let audiences = phone.store.read().unwrap().audiences().unwrap();
        let strange = |audience: &Audience| match audience {
            Audience::Set(_) | Audience::Me(_) | Audience::Journal(_) => {
                !audience.named_members().contains(&phone.member)
            }
            _ => false,
        };
        assert!(!audiences.iter().any(|(_, audience)| strange(audience)), "seed {seed}: a stranger's audience");
        let rows = phone.rows();
        assert!(!rows.iter().any(|row| life.erased.contains(&name_of(&row.first))), "seed {seed}: erased and here");
    }
    // Everything heard again changes nothing, and what is shown is what the entries say.
    let who = chance.below(life.family.phones.len());
    let mut replay = life.family.tape.clone();
    chance.shuffle(&mut replay);
    replay.sort_by_key(|run| run.from);
    let phone = &mut life.family.phones[who];
    replay.retain(|run| phone.may_hold(run));
    phone.take(&replay).unwrap();
    same(&dumps[who], &phone.dump(), seed, "everything heard again");
    same(&dumps[who], &phone.rebuilt(), seed, "made anew");
}

#[test]
fn in_a_thousand_random_lives_all_phones_end_up_with_the_same() {
    each_walk(walks(), walk);
}

/// Marta's family with her private writes, or without them. All choices are drawn step by step and from what is shared
/// alone, so that nothing else differs.
fn told(homes: &Homes, seed: u64, with_private: bool) -> PaperFamily {
    let mut family = a_family(homes, &mut Chance::from_seed(seed));
    for step in 0..STEPS {
        let mut chance = Chance::from_seed(seed.rotate_left(step as u32 + 1));
        let who = chance.below(family.phones.len());
        let rows = family.phones[who].rows();
        let (me, everyone) = (family.phones[who].member, Audience::set(family.phones[who].everyone()));
        let private = |row: &Row| ["setback", "journal"].contains(&row.kind.as_str());
        let mine: Vec<&Row> = rows.iter().filter(|row| row.author == me && row.kind == "encouragement").collect();
        match chance.below(6) {
            // On her phone or on her tablet: a page, a setback, or an older one changed or taken away.
            0..=2 if with_private => {
                let who = chance.below(2);
                let rows = family.phones[who].rows();
                let older = rows.iter().find(|row| private(row)).filter(|_| chance.once_in(2));
                let me = family.phones[who].member;
                let done = match older {
                    Some(row) if chance.once_in(2) => {
                        let body = Body::from_fields(&row.kind, row.fields.clone());
                        let next = a_private_body(&mut chance);
                        let body = if next.kind() == body.kind() { next } else { body };
                        family.write(who, |author, tx| author.edit(tx, row, &row.version, &body)).map(drop)
                    }
                    Some(row) => family.write(who, |author, tx| author.erase(tx, row)).map(drop),
                    None => {
                        let body = a_private_body(&mut chance);
                        let journal = body.kind() == "journal";
                        let audience = if journal { Audience::Journal(me) } else { Audience::Me(me) };
                        let draft = Draft { body: &body, audience: &audience, about: None, expires_on: None };
                        family.write(who, |author, tx| author.create(tx, &draft)).map(drop)
                    }
                };
                done.unwrap();
            }
            0..=2 => {}
            3 if !mine.is_empty() && chance.once_in(3) => {
                let row: &Row = chance.pick::<&Row>(&mine);
                family.write(who, |author, tx| author.erase(tx, row)).unwrap();
            }
            3 if !mine.is_empty() => {
                let row: &Row = chance.pick::<&Row>(&mine);
                let body = a_note(&mut chance);
                family.write(who, |author, tx| author.edit(tx, row, &row.version, &body)).unwrap();
            }
            4 => family.deliver(who, || false),
            _ => {
                let draft = Draft { body: &a_note(&mut chance), audience: &everyone, about: None, expires_on: None };
                family.write(who, |author, tx| author.create(tx, &draft)).unwrap();
            }
        }
    }
    family.catch_up();
    family
}

fn a_note(chance: &mut Chance) -> Body {
    let mut fields = Encouragement::example();
    fields.text = chance.word(12);
    Encouragement { to: Default::default(), link: None, open_on: None, ..fields }.into()
}

fn a_private_body(chance: &mut Chance) -> Body {
    let words = chance.word(20);
    if chance.once_in(2) {
        Journal { text: words, ..Journal::example() }.into()
    } else {
        Setback { learned: Some(words), ..Setback::example() }.into()
    }
}

#[test]
fn in_random_lives_too_nobody_can_tell_what_was_written_privately() {
    each_walk(walks().div_ceil(10), |homes, seed| {
        let [without, with] = [false, true].map(|with_private| told(homes, seed, with_private));
        let private = |family: &PaperFamily| family.phones[0].dump().values().map(|it| it.0.len()).sum::<usize>();
        assert!(private(&with) > private(&without), "seed {seed}: something was written");
        for (one, other) in without.phones.iter().zip(&with.phones).skip(2) {
            assert_eq!(one.file(), other.file(), "seed {seed}");
            let heard =
                |family: &PaperFamily| family.tape.iter().filter(|run| one.may_hold(run)).cloned().collect::<Vec<_>>();
            assert_eq!(heard(&without), heard(&with), "seed {seed}: what travels to others");
        }
    });
}
