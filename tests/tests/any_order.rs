//! What must hold whatever the order in which entries arrive (PROTOCOL.md, invariants 1, 4 and 7).

use std::collections::BTreeSet;

use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::{Encouragement, Reaction};
use kinweave_core::model::op::{Erase, Op};
use kinweave_core::model::run::Carried;
use kinweave_core::model::{Audience, AudienceId, Body, Commitment, Position, Row, Run};
use kinweave_core::records::{Draft, Rejected};
use kinweave_tests::chance::Chance;
use kinweave_tests::living::{Life, name_of};
use kinweave_tests::paper::{Dump, PaperFamily, PaperPhone};

const LIVES: usize = 8;
const STEPS: usize = 120;

/// The runs of the tape that a phone may hold, who is who first, in a random order that no feed's own order forbids.
fn shuffled(family: &PaperFamily, who: usize, chance: &mut Chance) -> Vec<Run> {
    let is_trust = |run: &Run| {
        let reader = family.phones[0].store.read().unwrap();
        reader.audience(&run.audience).unwrap().is_some_and(|audience| audience.is_trust())
    };
    let (trust, others): (Vec<_>, Vec<_>) = family.tape.iter().cloned().partition(is_trust);
    let known = family.phones[who].dump();
    let mut waiting: Vec<Run> = others.into_iter().filter(|run| known.contains_key(&run.audience)).collect();
    chance.shuffle(&mut waiting);
    waiting.sort_by_key(|run| run.from);
    let mut feeds: Vec<Vec<Run>> = Vec::new();
    for run in waiting {
        match feeds.iter_mut().find(|feed| (feed[0].audience, feed[0].device) == (run.audience, run.device)) {
            Some(feed) => feed.push(run),
            None => feeds.push(vec![run]),
        }
    }
    let mut order = trust;
    while !feeds.is_empty() {
        let next = chance.below(feeds.len());
        order.push(feeds[next].remove(0));
        feeds.retain(|feed| !feed.is_empty());
    }
    order
}

/// The same run with some bodies still to come. Those that begin a feed or say who is who are never left out.
fn with_holes(run: &Run, chance: &mut Chance) -> Run {
    let mut run = run.clone();
    for (number, entry) in (run.from..).zip(&mut run.entries) {
        if number > 1 && chance.once_in(3) {
            *entry = Carried::StubOpen(entry.commitment());
        }
    }
    run
}

/// A family in which Marta has written a note for everyone, which nobody else has yet.
fn family_with_a_note(chance: &mut Chance) -> (PaperFamily, Audience, Row) {
    let mut family = PaperFamily::new(chance);
    let everyone = Audience::set(family.phones[0].everyone());
    let note = note_by(&mut family, 0, &everyone);
    (family, everyone, note)
}

fn note_by(family: &mut PaperFamily, who: usize, audience: &Audience) -> Row {
    let body: Body = Encouragement::example().into();
    let draft = Draft { body: &body, audience, about: None, expires_on: None };
    family.write(who, |author, tx| author.create(tx, &draft)).unwrap()
}

fn same(a: &Dump, b: &Dump, what: &str) {
    for (audience, (entries, rows)) in a {
        let Some((other_entries, other_rows)) = b.get(audience) else { continue };
        let differing: Vec<_> = entries.iter().zip(other_entries).filter(|(a, b)| a != b).collect();
        assert!(entries == other_entries, "{what}: entries differ: {differing:#?}");
        let differing: Vec<_> = rows.iter().zip(other_rows).filter(|(a, b)| a != b).collect();
        assert!(rows == other_rows, "{what}: {} and {} rows: {differing:#?}", rows.len(), other_rows.len());
    }
}

#[test]
fn equal_entries_give_equal_verdicts_and_rows_in_any_order_and_batching() {
    let mut chance = Chance::of_today();
    let mut entries = 0;
    for life in 0..LIVES {
        let mut family = {
            let mut life = Life::new(&mut chance);
            life.go_on(&mut chance, STEPS);
            life.family
        };
        family.catch_up();
        let dumps: Vec<Dump> = family.phones.iter().map(|phone| phone.dump()).collect();
        for (who, dump) in dumps.iter().enumerate() {
            entries += dump.values().map(|(entries, _)| entries.len()).sum::<usize>();
            same(&dumps[0], dump, &format!("life {life}: phones 0 and {who}"));
            same(dump, &family.phones[who].rebuilt(), &format!("life {life}: phone {who} rebuilt"));
        }
        assert_eq!(dumps[0].keys().collect::<Vec<_>>(), dumps[1].keys().collect::<Vec<_>>(), "Marta's two devices");
        for (who, dump) in dumps.iter().enumerate() {
            let mut order = shuffled(&family, who, &mut chance);
            let mut empty = family.phones[who].emptied();
            while !order.is_empty() {
                let batch: Vec<Run> = order.drain(..chance.below(order.len().min(9)) + 1).collect();
                let trust = |run: &Run| run.signatures.len() == run.entries.len();
                if !batch.iter().any(trust) && chance.once_in(3) {
                    let holes: Vec<Run> = batch.iter().map(|run| with_holes(run, &mut chance)).collect();
                    empty.take(&holes).unwrap();
                    order.extend(batch);
                } else {
                    empty.take(&batch).unwrap();
                }
                if chance.once_in(20) {
                    same(&empty.dump(), &empty.rebuilt(), &format!("life {life}: phone {who} rebuilt on the way"));
                }
            }
            same(dump, &empty.dump(), &format!("life {life}: phone {who} in another order"));
        }
    }
    println!("{LIVES} lives of {STEPS} steps, {entries} entries");
}

#[test]
fn what_was_erased_stays_erased_in_every_order_and_after_every_replay() {
    let mut chance = Chance::of_today();
    let mut taken_away = 0;
    for _ in 0..LIVES {
        let mut life = Life::new(&mut chance);
        life.go_on(&mut chance, STEPS);
        life.family.catch_up();
        taken_away += life.erased.len();
        for who in 0..life.family.phones.len() {
            let mut replay = shuffled(&life.family, who, &mut chance);
            let phone = &mut life.family.phones[who];
            let before = phone.dump();
            assert!(phone.rows().iter().all(|row| !life.erased.contains(&name_of(&row.first))));
            let rows = phone.rows();
            let parents = rows.iter().filter_map(|row| row.about).map(|about| name_of(&about));
            assert!(parents.collect::<BTreeSet<_>>().is_disjoint(&life.erased), "children go with their parent");
            for (audience, device, number) in &life.erased {
                let line = format!("{device} {number} ");
                let of = before.iter().filter(|(id, _)| id.to_string() == *audience);
                for entry in of.flat_map(|(_, (entries, _))| entries.iter().filter(|entry| entry.starts_with(&line))) {
                    assert!(entry.contains(" stub "), "its words are gone: {entry}");
                }
            }
            while !replay.is_empty() {
                let batch: Vec<Run> = replay.drain(..chance.below(replay.len().min(9)) + 1).collect();
                phone.take(&batch).unwrap();
            }
            same(&before, &phone.dump(), "everything heard again");
        }
    }
    assert!(taken_away > LIVES, "{taken_away} records taken away");
    println!("{taken_away} records taken away in {LIVES} lives");
}

/// The run with one thing changed that its device signed.
fn tampered(run: &Run, chance: &mut Chance) -> Run {
    let mut run = run.clone();
    let count = run.entries.len();
    let index = chance.below(count);
    match (chance.below(8), &mut run.entries[index]) {
        (0 | 1, Carried::Whole { salt, .. }) => salt[chance.below(16)] ^= 1,
        (2 | 3, Carried::Whole { body, .. }) => {
            let at = chance.below(body.len());
            body[at] ^= 1 << chance.below(8);
        }
        (0..=3, entry) => {
            let mut bytes = *entry.commitment().as_bytes();
            bytes[chance.below(32)] ^= 1;
            *entry = Carried::StubFinal(Commitment::from_bytes(bytes));
        }
        (4, _) if count > 1 => {
            let other = (index + 1) % count;
            run.entries.swap(index, other);
        }
        (5, _) => run.from += 1,
        (6, _) => {
            let mut bytes = *run.previous.as_bytes();
            bytes[chance.below(32)] ^= 1;
            run.previous = kinweave_core::model::EntryHash::from_bytes(bytes);
        }
        _ => {
            let at = chance.below(run.signatures.len());
            let mut bytes = *run.signatures[at].1.as_bytes();
            bytes[chance.below(64)] ^= 1;
            run.signatures[at].1 = kinweave_core::model::Signature::from_bytes(bytes);
        }
    }
    run
}

#[test]
fn any_change_to_any_entry_is_found_before_anything_is_committed() {
    let mut chance = Chance::of_today();
    let mut life = Life::new(&mut chance);
    life.go_on(&mut chance, 2 * STEPS);
    let mut tried = 0;
    for who in [0, 2] {
        let order = shuffled(&life.family, who, &mut chance);
        let mut empty = life.family.phones[who].emptied();
        for run in &order {
            let before = empty.dump();
            for _ in 0..4 {
                let forged = tampered(&with_holes(run, &mut chance), &mut chance);
                let answer = empty.take(std::slice::from_ref(&forged));
                assert!(matches!(answer, Err(Rejected::Malformed(_))), "{answer:?} to {forged:?}");
                tried += 1;
            }
            let mut elsewhere = run.clone();
            elsewhere.audience = order[chance.below(order.len())].audience;
            if elsewhere.audience != run.audience {
                assert!(matches!(empty.take(&[elsewhere]), Err(Rejected::Malformed(_))));
            }
            assert_eq!(empty.dump(), before);
            empty.take(std::slice::from_ref(run)).unwrap();
        }
    }
    println!("{tried} changed runs, all found");
}

#[test]
fn a_feed_that_comes_in_two_runs_at_once_is_taken_although_its_audience_is_new() {
    let mut chance = Chance::from_seed(1);
    let mut life = Life::new(&mut chance);
    life.go_on(&mut chance, STEPS);
    life.family.catch_up();
    let everything = shuffled(&life.family, 2, &mut chance);
    let mut empty = life.family.phones[2].emptied();
    empty.take(&everything).unwrap();
    same(&life.family.phones[2].dump(), &empty.dump(), "all at once");
    let held = |line: &String| line.contains("Held");
    assert!(!empty.dump().values().any(|(entries, _)| entries.iter().any(held)), "nothing waits");
}

#[test]
fn a_newer_version_waits_for_the_record_it_is_of_as_an_answer_does() {
    let (mut family, everyone, first) = family_with_a_note(&mut Chance::from_seed(1));
    family.deliver(1, || false);
    let newer: Body = Encouragement { text: "Newer".to_owned(), ..Encouragement::example() }.into();
    let seen = first.version.clone();
    family.write(1, |author, tx| author.edit(tx, &first, &seen, &newer)).unwrap();
    let [began, went_on] = [0, 1].map(|back| family.tape[family.tape.len() - 2 + back].clone());

    let notes = |phone: &PaperPhone| phone.rows().into_iter().filter(|row| row.kind == "encouragement").collect();
    family.phones[2].take(&[went_on]).unwrap();
    // Nobody can answer or take away what isn't known whole: neither would count.
    assert_eq!(notes(&family.phones[2]), Vec::<Row>::new());
    family.phones[2].take(&[began]).unwrap();
    let rows: Vec<Row> = notes(&family.phones[2]);
    assert_eq!(rows.iter().map(|row| &row.fields["text"]).collect::<Vec<_>>(), ["Newer"]);
    let heart = Reaction::example().into();
    let draft = Draft { body: &heart, audience: &everyone, about: Some(rows[0].first), expires_on: None };
    family.write(2, |author, tx| author.create(tx, &draft)).unwrap();
}

#[test]
fn what_was_refused_of_a_record_counts_as_erased_with_it_whichever_came_first() {
    let mut chance = Chance::from_seed(1);
    let (mut family, everyone, note) = family_with_a_note(&mut chance);
    family.deliver(2, || false);
    // Neither is for somebody else to say of a record.
    let erase = Op::Erase(Erase { records: vec![note.first], positions: Vec::new() });
    for op in [erase, Op::Moved { from: note.first, to: note.first }] {
        family.write(2, |author, tx| author.append(tx, &everyone, op)).unwrap();
    }
    let stranger = family.tape.last().unwrap().device;
    family.write(0, |author, tx| author.erase(tx, &note)).unwrap();
    family.catch_up();

    let is_theirs = |run: &Run| run.audience == note.first.audience && run.device == stranger;
    let (theirs, others): (Vec<Run>, Vec<Run>) = shuffled(&family, 3, &mut chance).into_iter().partition(is_theirs);
    let [mut before, mut after] = [(); 2].map(|()| family.phones[3].emptied());
    let (who_is_who, rest) =
        others.split_at(others.iter().position(|run| run.audience == note.first.audience).unwrap());
    before.take(who_is_who).unwrap();
    for run in theirs.iter().chain(rest) {
        before.take(std::slice::from_ref(run)).unwrap();
    }
    for run in others.iter().chain(&theirs) {
        after.take(std::slice::from_ref(run)).unwrap();
    }
    let dumped = before.dump();
    same(&dumped, &after.dump(), "heard after the record has gone");
    same(&dumped, &before.rebuilt(), "judged again");
    same(&dumped, &after.rebuilt(), "judged again, heard late");
}

#[test]
fn a_word_that_a_record_went_on_elsewhere_counts_once_it_is_erased_though_its_own_words_never_came() {
    let mut chance = Chance::from_seed(1);
    let (mut family, everyone, note) = family_with_a_note(&mut chance);
    let moved = Op::Moved { from: note.first, to: note.first };
    family.write(0, |author, tx| author.append(tx, &everyone, moved)).unwrap();
    family.write(0, |author, tx| author.erase(tx, &note)).unwrap();
    family.catch_up();
    let mut runs = shuffled(&family, 3, &mut chance);
    runs.iter_mut().for_each(|run| leave_out(run, &note.first.audience, note.first.position));
    let mut heard = family.phones[3].emptied();
    heard.take(&runs).unwrap();
    same(&heard.dump(), &heard.rebuilt(), "judged again");
}

/// Of the entry that stands there nothing is carried but that it is.
fn leave_out(run: &mut Run, audience: &AudienceId, Position { device, number }: Position) {
    let is_of_it = run.audience == *audience && run.device == device;
    for (at, carried) in (run.from..).zip(&mut run.entries) {
        if is_of_it && at == number {
            *carried = Carried::StubOpen(carried.commitment());
        }
    }
}

/// A phone to which the words of that entry come last tells the same as all others.
fn assert_same_if_last(family: &PaperFamily, audience: &AudienceId, at: Position, chance: &mut Chance) {
    let runs = shuffled(family, 3, chance);
    let mut without = runs.clone();
    without.iter_mut().for_each(|run| leave_out(run, audience, at));
    let mut late = family.phones[3].emptied();
    late.take(&without).unwrap();
    late.take(&runs).unwrap();
    same(&family.phones[3].dump(), &late.dump(), "its words came last");
}

#[test]
fn a_word_that_a_record_went_on_elsewhere_is_still_asked_for_when_the_record_is_erased() {
    let mut chance = Chance::from_seed(1);
    let (mut family, everyone, note) = family_with_a_note(&mut chance);
    let moved = Op::Moved { from: note.first, to: note.first };
    family.write(0, |author, tx| author.append(tx, &everyone, moved)).unwrap();
    let Position { device, number } = note.first.position;
    family.write(0, |author, tx| author.erase(tx, &note)).unwrap();
    family.catch_up();
    let moved = Position { device, number: number + 1 };
    assert_same_if_last(&family, &note.first.audience, moved, &mut chance);
}

#[test]
fn nobody_can_say_that_what_another_wrote_is_gone_by_erasing_what_is_their_own() {
    let mut chance = Chance::from_seed(1);
    let (mut family, everyone, note) = family_with_a_note(&mut chance);
    let theirs = note_by(&mut family, 2, &everyone);
    let Position { device, number } = note.first.position;
    let erase = Erase { records: vec![theirs.first], positions: vec![(device, vec![(number, number + 9)])] };
    family.write(2, |author, tx| author.append(tx, &everyone, Op::Erase(erase))).unwrap();
    family.catch_up();
    // Whoever erases it brings Marta's note too, and leaves its words out.
    assert_same_if_last(&family, &note.first.audience, note.first.position, &mut chance);
}

#[test]
fn an_erase_of_two_records_waits_for_a_version_that_knows_it_and_takes_neither() {
    let mut chance = Chance::from_seed(1);
    let (mut family, everyone, first) = family_with_a_note(&mut chance);
    let second = note_by(&mut family, 0, &everyone);
    family.deliver(1, || false);
    let erase = Op::Erase(Erase { records: vec![first.first, second.first], positions: Vec::new() });
    family.write(1, |author, tx| author.append(tx, &everyone, erase)).unwrap();
    family.catch_up();
    let told = family.phones[3].dump();
    let (entries, _) = &told[&first.first.audience];
    assert_eq!(entries.iter().filter(|entry| entry.ends_with("Held(LaterOp)")).count(), 1);

    // Its device is heard between the two.
    let place = |run: &Run| match run.audience == first.first.audience {
        false => 0,
        true if run.device != first.first.position.device => 2,
        true if run.from <= first.first.position.number => 1,
        true => 3,
    };
    let mut runs = shuffled(&family, 3, &mut chance);
    runs.sort_by_key(place);
    let mut heard = family.phones[3].emptied();
    for run in &runs {
        heard.take(std::slice::from_ref(run)).unwrap();
    }
    same(&told, &heard.dump(), "heard between the two");
    same(&told, &heard.rebuilt(), "judged again");
}
