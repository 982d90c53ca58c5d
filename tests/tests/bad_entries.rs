//! Entries that are signed and chained as they should be and say what they may not: each gets its verdict, whatever
//! came before it, and nothing else changes.

mod bad_entries {
    pub mod cases;
}

use bad_entries::cases::{Bad, CASES, Honest};
use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::Reaction;
use kinweave_core::model::op::{Change, EntryBody, Erase, Op, Replaces, id_key};
use kinweave_core::model::run::Carried;
use kinweave_core::model::{Audience, Body, EntryState, Hold, RecordRef, Refusal, Row, Run};
use kinweave_core::records::run;
use kinweave_tests::bench::{Bench, Dump, World, a_celebration, a_note, assert_equal};

/// What came first, what is bad, what came afterwards.
struct Story {
    world: World,
    honest: Honest,
    before: Vec<Run>,
    after: Vec<Run>,
    bad: Vec<Run>,
    expected: Vec<(RecordRef, EntryState)>,
    later: RecordRef,
}

fn story(forge: impl FnOnce(&mut World, &Honest) -> Bad) -> Story {
    let mut world = World::new();
    let everyone = world.everyone.clone();
    let (celebration, note) = (a_celebration(), a_note(world.lena.member));
    let honest = Honest {
        celebration_header: world.marta.header(&celebration),
        celebration: world.marta.create(&everyone, &celebration),
        note_header: world.marta.header(&note),
        note: world.marta.create(&everyone, &note),
    };
    let before = vec![world.marta.feed(&everyone)];
    let expected = forge(&mut world, &honest);
    let from = world.marta.length(&everyone) + 1;
    let device = world.marta.device();
    world.marta.edit(&everyone, honest.celebration, &honest.celebration_header, &device);
    let later = world.marta.create(&everyone, &a_celebration());
    let to = world.marta.length(&everyone);
    let after = vec![world.marta.run(&everyone.id(&world.marta.circle), from, to)];
    let trust =
        [Audience::Roster.id(&world.marta.circle), Audience::Keys(world.mallory.member).id(&world.marta.circle)];
    let mut bad = world.mallory.feeds();
    bad.retain(|run| !trust.contains(&run.audience));
    bad.extend(world.stranger.feeds());
    Story { world, honest, before, after, bad, expected, later }
}

impl Story {
    /// The orders in which all of it can arrive.
    fn orders(&self) -> Vec<(&'static str, Vec<Vec<Run>>)> {
        let World { marta, lena, iris, mallory, .. } = &self.world;
        let (trust, hers) = (self.world.all_trust(), World::trust(&[mallory]));
        let ours = World::trust(&[marta, lena, iris]);
        let Self { before, after, bad, .. } = self;
        let at_once = [&trust[..], before, bad, after].concat();
        let backwards = [bad, &before[..], after, &trust].concat();
        let feeds = if bad.iter().any(|run| run.device == mallory.device()) { mallory } else { &self.world.stranger };
        let one = |run: &Run| -> Vec<Vec<Run>> {
            (1..=run.entries.len() as u64).map(|at| vec![feeds.run(&run.audience, at, at)]).collect()
        };
        let singly = [trust.clone(), before.clone()].into_iter().chain(bad.iter().flat_map(one)).chain([after.clone()]);
        vec![
            ("at once", vec![at_once]),
            ("at once, the other way round", vec![backwards]),
            ("after what it is about", vec![trust.clone(), before.clone(), bad.clone(), after.clone()]),
            ("before what it is about", vec![trust.clone(), bad.clone(), before.clone(), after.clone()]),
            ("last", vec![trust.clone(), before.clone(), after.clone(), bad.clone()]),
            ("before its writer is known", vec![ours, bad.clone(), before.clone(), after.clone(), hers]),
            ("entry by entry", singly.collect()),
        ]
    }

    fn arrives(&self, batches: &[Vec<Run>]) -> Bench {
        let mut bench = self.world.lenas_phone();
        for batch in batches {
            bench.receive(batch).expect("the sender isn't at fault");
        }
        bench
    }

    fn honest_rows(&self, bench: &Bench) -> Vec<Option<Row>> {
        [self.honest.celebration, self.honest.note, self.later].iter().map(|record| bench.row(record)).collect()
    }

    /// Asserts the verdicts in every order, and that all orders give the same.
    fn assert_told(&self, name: &str) {
        let undisturbed = self.arrives(&[self.world.all_trust(), self.before.clone(), self.after.clone()]);
        let undisturbed = self.honest_rows(&undisturbed);
        assert!(undisturbed.iter().all(Option::is_some), "{name}: what is honest counts");
        let mut first: Option<Dump> = None;
        for (order, batches) in self.orders() {
            let mut bench = self.arrives(&batches);
            for (at, state) in &self.expected {
                assert_eq!(bench.state(at), Some(*state), "{name}, {order}: entry {}", at.position.number);
                if *state != EntryState::Accepted {
                    assert_eq!(bench.row(at), None, "{name}, {order}: no row");
                }
            }
            assert_eq!(self.honest_rows(&bench), undisturbed, "{name}, {order}: what is honest stays as it was");
            assert!(bench.is_as_rebuilt(), "{name}, {order}: as rebuilt");
            let dump = bench.dump();
            let as_first = first.get_or_insert_with(|| dump.clone());
            assert_equal(as_first, &dump, &format!("{name}, {order}: as in any other order"));
        }
    }
}

#[test]
fn every_bad_entry_gets_its_verdict_in_any_order_and_changes_nothing_else() {
    for (name, forge) in CASES {
        story(forge).assert_told(name);
    }
}

#[test]
fn of_two_changes_with_one_number_in_automerges_order_the_lower_hash_counts() {
    let (mut world, everyone) = with_everyone();
    let body = a_celebration();
    let (header, record) = (world.marta.header(&body), world.marta.create(&everyone, &body));
    let by = world.mallory.device();
    let [first, second] = ["one", "two"].map(|words| {
        let change = world.mallory.next_change(&header, &by, words);
        world.mallory.op(&everyone, Op::Change(Change { record, change }))
    });
    let is_first = world.mallory.hash_at(&first) < world.mallory.hash_at(&second);
    let (counts, not, words) = if is_first { (first, second, "one") } else { (second, first, "two") };
    let (ours, hers) = (world.marta.feed(&everyone), world.mallory.feed(&everyone));
    let mut dumps = Vec::new();
    for batches in [vec![vec![ours.clone(), hers.clone()]], vec![vec![hers.clone()], vec![ours.clone()]]] {
        let mut bench = world.lenas_phone();
        bench.receive(&world.all_trust()).unwrap();
        batches.iter().for_each(|batch| drop(bench.receive(batch).unwrap()));
        assert_eq!(bench.state(&counts), Some(EntryState::Accepted));
        assert_eq!(bench.state(&not), Some(EntryState::Refused(Refusal::DuplicateChange)));
        assert_eq!(bench.row(&record).unwrap().fields["idea"], words);
        dumps.push(bench.dump());
    }
    assert_eq!(dumps[0], dumps[1]);
}

#[test]
fn a_bit_flipped_anywhere_in_what_a_member_signs_gets_one_verdict_in_any_order() {
    let flipped = |body: Vec<u8>| {
        (0..body.len()).map(move |at| {
            let mut body = body.clone();
            body[at] ^= 1 << ((at * 5 + 6) % 8);
            body
        })
    };
    let story = story(|world, _| {
        let (everyone, by) = (world.everyone.clone(), world.mallory.device());
        let header = world.mallory.header(&a_celebration());
        let record = world.mallory.create(&everyone, &a_celebration());
        let change = world.mallory.next_change(&header, &by, "other");
        let ops = [
            Op::Create(header),
            Op::Change(Change { record, change }),
            Op::Erase(Erase { records: vec![record], positions: vec![(by, vec![(1, 900)])] }),
        ];
        for op in ops {
            for body in flipped(EntryBody { tick: 9, op }.encode()).step_by(2) {
                world.mallory.bytes(&everyone, body);
            }
        }
        Vec::new()
    });
    story.assert_told("flipped");
}

#[test]
fn a_feed_whose_open_was_refused_is_relayed_and_ends_no_session_of_the_honest() {
    let (mut world, everyone) = with_everyone();
    world.marta.create(&everyone, &a_celebration());
    world.mallory.bytes(&everyone, vec![1, 1, 9]);
    let record = world.mallory.create(&everyone, &a_celebration());
    let id = everyone.id(&world.marta.circle);
    let mut marta = Bench::new(world.marta.circle, world.marta.member);
    marta.receive(&world.all_trust()).unwrap();
    marta.receive(&[world.marta.feed(&everyone), world.mallory.feed(&everyone)]).unwrap();
    let reader = marta.store.read().unwrap();
    let relayed = run(&reader, &world.marta.circle, &id, &world.mallory.device(), 1, 9, 9_999).unwrap().unwrap();
    assert!(matches!(relayed.entries[0], Carried::StubFinal(_)));
    let mut lena = world.lenas_phone();
    lena.receive(&world.all_trust()).unwrap();
    assert_eq!(lena.receive(std::slice::from_ref(&relayed)).unwrap().held, [], "nobody has told her of the set yet");
    assert!(!lena.dump().contains_key(&id.to_string()));
    lena.receive(&[relayed, world.marta.feed(&everyone)]).unwrap();
    assert_eq!(lena.state(&record), Some(EntryState::Accepted));
    assert_eq!(lena.row(&record), marta.row(&record));
}

#[test]
fn a_record_keeps_its_id_while_its_first_version_lives_whatever_a_later_one_says() {
    let (mut world, everyone) = with_everyone();
    let body = a_note(world.lena.member);
    let first = world.marta.create(&everyone, &body);
    let mut lena = world.lenas_phone();
    lena.receive(&world.all_trust()).unwrap();
    lena.receive(&[world.marta.feed(&everyone)]).unwrap();
    let id = lena.row(&first).unwrap().id;
    let replaces = Replaces { first, id_key: [7; 16], seen: Vec::new() };
    world.marta.create_as(&everyone, &body, |create| create.replaces = Some(replaces));
    lena.receive(&[world.marta.feed(&everyone)]).unwrap();
    let row = lena.row(&first).unwrap();
    assert_ne!(row.current, first, "the later version is shown");
    assert_eq!(row.id, id);
}

#[test]
fn somebody_elses_erase_of_a_replaced_version_does_not_take_the_newer_one() {
    let (mut world, everyone) = with_everyone();
    let body = a_note(world.lena.member);
    let first = world.marta.create(&everyone, &body);
    let seen = vec![(world.marta.device(), first.position.number)];
    let replaces = Replaces { first, id_key: id_key(&world.marta.salt_at(&first)), seen };
    world.marta.create_as(&everyone, &body, |create| create.replaces = Some(replaces));
    let erase = world.mallory.erase(&everyone, first);
    let id = everyone.id(&world.marta.circle);
    // As Marta's phone holds it: of what was replaced, only the link of the chain is left.
    let (mut older, newer) = (world.marta.run(&id, 1, 2), world.marta.run(&id, 3, 3));
    older.entries[1] = Carried::StubFinal(older.entries[1].commitment());
    let hers = world.mallory.feed(&everyone);
    let mut dumps = Vec::new();
    for batches in [[&older, &newer, &hers], [&older, &hers, &newer], [&hers, &older, &newer]] {
        let mut bench = world.lenas_phone();
        bench.receive(&world.all_trust()).unwrap();
        for run in batches {
            bench.receive_from(Some(world.marta.member), std::slice::from_ref(run)).unwrap();
        }
        assert_eq!(bench.state(&erase), Some(EntryState::Refused(Refusal::NotAWriter)));
        assert!(bench.row(&first).is_some(), "Marta's newer words stand");
        dumps.push(bench.dump());
    }
    dumps.iter().for_each(|dump| assert_equal(&dumps[0], dump, "in any order"));
}

#[test]
fn what_answers_an_answer_to_a_record_that_went_goes_once_its_author_says_so() {
    let (mut world, everyone) = with_everyone();
    let id = everyone.id(&world.marta.circle);
    let reaction: Body = Reaction::example().into();
    let note = world.lena.create(&everyone, &a_note(world.lena.member));
    let answer = world.marta.create_as(&everyone, &reaction, |create| create.about = Some(note));
    let to_answer = world.iris.create_as(&everyone, &reaction, |create| create.about = Some(answer));
    let mut lena = world.lenas_phone();
    lena.receive(&world.all_trust()).unwrap();
    // Marta's phones know that it went with the note; all that hers hears is that it is gone.
    let mut hers = world.marta.feed(&everyone);
    hers.entries[1] = Carried::StubFinal(hers.entries[1].commitment());
    lena.receive_from(Some(world.marta.member), &[hers, world.lena.feed(&everyone), world.iris.feed(&everyone)])
        .unwrap();
    assert_eq!(lena.state(&answer), Some(EntryState::Told));
    let wants = |lena: &Bench| lena.store.read().unwrap().missing(&id, 9).unwrap();
    assert_eq!(lena.state(&to_answer), Some(EntryState::Held(Hold::MissingRecord)));
    assert_eq!(wants(&lena), [(world.iris.device(), vec![(2, 2)])]);

    let mut of_iris = world.iris.feed(&everyone);
    of_iris.entries[1] = Carried::StubFinal(of_iris.entries[1].commitment());
    lena.receive_from(Some(world.marta.member), std::slice::from_ref(&of_iris)).unwrap();
    assert_eq!(lena.state(&to_answer), Some(EntryState::Held(Hold::MissingRecord)), "that isn't for Marta to say");
    lena.receive_from(Some(world.iris.member), &[of_iris]).unwrap();
    assert_eq!(lena.state(&to_answer), Some(EntryState::Told));
    assert_eq!(wants(&lena), []);
}

fn with_everyone() -> (World, Audience) {
    let world = World::new();
    let everyone = world.everyone.clone();
    (world, everyone)
}
