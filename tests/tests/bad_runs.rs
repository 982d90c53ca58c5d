//! Runs that aren't what their device wrote, or not for this phone: nothing of them is stored, and whoever sent them
//! is dropped, nobody else.

use kinweave_core::model::limits::SIDES_MAX;
use kinweave_core::model::op::{Replaces, id_key};
use kinweave_core::model::run::Carried;
use kinweave_core::model::{
    Audience, AudienceId, CircleId, EntryHash, EntryState, Hold, NoiseKey, Position, Run, Side, Signature,
};
use kinweave_core::records::{Receiver, Rejected, trust};
use kinweave_core::store::Store;
use kinweave_tests::bench::{Bench, World, a_celebration, a_note};
use kinweave_tests::forger::Forger;
use kinweave_tests::panics::NoPanics;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::wire::{RawSession, keys_of_seed, run_message};

/// Something done to a run.
type Twist = Box<dyn Fn(&mut Run)>;

/// Marta's feed of seventy entries, some of them stubs, and a phone of Lena's that knows who is who.
fn a_long_feed() -> (World, Bench, Run) {
    let mut world = World::new();
    let everyone = world.everyone.clone();
    for _ in 0..70 {
        world.marta.create(&everyone, &a_celebration());
    }
    let mut run = world.marta.feed(&everyone);
    for index in [9, 40, 66] {
        run.entries[index] = Carried::StubFinal(run.entries[index].commitment());
    }
    let mut bench = world.lenas_phone();
    bench.receive(&world.all_trust()).unwrap();
    (world, bench, run)
}

fn assert_malformed(bench: &mut Bench, run: &Run, what: &str) {
    let before = bench.dump();
    let answer = bench.receive(std::slice::from_ref(run));
    assert!(matches!(answer, Err(Rejected::Malformed(_))), "{what}: {answer:?}");
    assert_eq!(bench.dump(), before, "{what}: nothing is stored");
}

#[test]
fn a_bit_flipped_anywhere_in_a_run_is_found() {
    let (_, mut bench, run) = a_long_feed();
    let mut flips = 0;
    for (index, entry) in run.entries.iter().enumerate() {
        let length = match entry {
            Carried::Whole { salt, body } => salt.len() + body.len(),
            Carried::StubFinal(_) | Carried::StubOpen(_) => 32,
        };
        // Each entry somewhere else, so that all parts of one are met.
        for at in (index % 7..length).step_by(if index < 3 { 1 } else { 41 }) {
            let mut flipped = run.clone();
            let bit = 1 << (at % 8);
            match &mut flipped.entries[index] {
                Carried::Whole { salt, .. } if at < salt.len() => salt[at] ^= bit,
                Carried::Whole { salt, body } => body[at - salt.len()] ^= bit,
                Carried::StubFinal(commitment) | Carried::StubOpen(commitment) => {
                    let mut bytes = *commitment.as_bytes();
                    bytes[at] ^= bit;
                    *commitment = kinweave_core::model::Commitment::from_bytes(bytes);
                }
            }
            assert_malformed(&mut bench, &flipped, &format!("entry {index}, byte {at}"));
            flips += 1;
        }
    }
    for (index, (_, signature)) in run.signatures.iter().enumerate() {
        for at in 0..Signature::LENGTH {
            let mut flipped = run.clone();
            let mut bytes = *signature.as_bytes();
            bytes[at] ^= 1 << (at % 8);
            flipped.signatures[index].1 = Signature::from_bytes(bytes);
            assert_malformed(&mut bench, &flipped, &format!("signature {index}, byte {at}"));
            flips += 1;
        }
    }
    println!("{flips} flips");
    bench.receive(&[run]).unwrap();
}

#[test]
fn a_forged_entry_is_found_before_a_stub_and_wherever_it_stands() {
    let (world, mut bench, run) = a_long_feed();
    for index in [1, 8, 9, 10, 39, 63, 65, 70] {
        let mut forged = run.clone();
        forged.entries[index] = Carried::Whole { salt: [1; 16], body: b"forged".to_vec() };
        assert_malformed(&mut bench, &forged, &format!("whole, at {index}"));
    }
    // Mallory signs what she has put in the place of Marta's.
    let mut signed = world.mallory.device();
    let mut hers = run.clone();
    std::mem::swap(&mut hers.device, &mut signed);
    assert_malformed(&mut bench, &hers, "under another's name");
    bench.receive(&[run]).unwrap();
}

#[test]
fn a_run_with_another_beginning_order_length_or_signature_is_malformed() {
    let (world, mut bench, run) = a_long_feed();
    let twists: Vec<(&str, Twist)> = vec![
        ("no entries", Box::new(|run| run.entries.clear())),
        ("no signatures", Box::new(|run| run.signatures.clear())),
        ("no signature at 64", Box::new(|run| run.signatures.retain(|(number, _)| *number != 64))),
        ("a signature twice", Box::new(|run| run.signatures.push(run.signatures[1]))),
        ("a signature for another number", Box::new(|run| run.signatures[1].0 = 7)),
        ("signatures the other way round", Box::new(|run| run.signatures.reverse())),
        ("another beginning", Box::new(|run| run.previous = EntryHash::from_bytes([9; 32]))),
        ("entries swapped", Box::new(|run| run.entries.swap(4, 5))),
        ("an entry left out", Box::new(|run| drop(run.entries.remove(20)))),
        ("an entry twice", Box::new(|run| run.entries.insert(20, run.entries[20].clone()))),
        ("from 0", Box::new(|run| run.from = 0)),
        ("from 2", Box::new(|run| run.from = 2)),
        ("from the highest number", Box::new(|run| run.from = u64::MAX)),
        ("beyond the highest number", Box::new(|run| run.from = 1 << 48)),
        ("another audience", Box::new(|run| run.audience = AudienceId::from_bytes([8; 32]))),
        ("too many entries", Box::new(|run| run.entries = vec![run.entries[9].clone(); 9_000])),
    ];
    for (what, twist) in twists {
        let mut twisted = run.clone();
        twist(&mut twisted);
        assert_malformed(&mut bench, &twisted, what);
    }
    let gap = world.marta.run(&run.audience, 70, 71);
    assert_malformed(&mut bench, &gap, "a gap");
    bench.receive(&[run]).unwrap();
    assert_malformed(&mut bench, &Run { from: 73, ..gap }, "a gap after what is held");
}

#[test]
fn a_run_of_an_audience_that_is_unknown_or_not_mine_is_malformed() {
    let (mut world, mut bench, _) = a_long_feed();
    let between_two = Audience::set([world.marta.member, world.mallory.member]);
    world.mallory.create(&between_two, &a_celebration());
    assert_malformed(&mut bench, &world.mallory.feed(&between_two), "a set without me");
    let private = Audience::Me(world.mallory.member);
    world.mallory.create(&private, &a_celebration());
    assert_malformed(&mut bench, &world.mallory.feed(&private), "somebody's own devices");
    let mut elsewhere = Forger::stranger(4, CircleId::from_bytes([3; 32]));
    elsewhere.create(&world.everyone, &a_celebration());
    assert_malformed(&mut bench, &elsewhere.feed(&world.everyone), "another circle");
    let unknown = AudienceId::from_bytes([5; 32]);
    let body = Carried::Whole { salt: [1; 16], body: vec![1, 1, 9] };
    world.mallory.carried(unknown, false, body);
    assert_malformed(&mut bench, &world.mallory.run(&unknown, 1, 1), "nobody knows what audience");
}

#[test]
fn a_fork_is_no_fault_of_its_bearer_and_both_of_its_sides_are_kept() {
    let (mut world, mut bench, run) = a_long_feed();
    let everyone = world.everyone.clone();
    let record = world.mallory.create(&everyone, &a_celebration());
    bench.receive(&[run.clone(), world.mallory.feed(&everyone)]).unwrap();
    world.mallory.take_back(&everyone);
    let other = world.mallory.create(&everyone, &a_celebration());
    assert_ne!(record.check, other.check);
    world.mallory.create(&everyone, &a_celebration());
    let before = bench.dump();
    let received = bench.receive(&[world.mallory.run(&run.audience, 3, 3), run.clone()]).unwrap();
    assert_eq!(
        received.forks.iter().map(|fork| fork.is_proven).collect::<Vec<_>>(),
        [false],
        "it begins too late to tell"
    );
    assert_eq!(received.held.len(), 1, "what is honest beside it is taken");
    assert_eq!(bench.dump(), before);
    for (from, forks) in [(2, 1), (1, 0), (3, 0)] {
        let received = bench.receive(&[world.mallory.run(&run.audience, from, 3), run.clone()]).unwrap();
        assert_eq!((received.forks.len(), received.held.len()), (forks, 2), "from {from}");
        assert!(received.forks.iter().all(|fork| fork.is_proven));
    }
    assert_eq!([&record, &other].map(|at| bench.state(at)), [Some(EntryState::Accepted); 2]);
    assert_ne!(bench.row(&record).unwrap().id, bench.row(&other).unwrap().id);
}

#[test]
fn who_edits_what_stands_on_the_other_side_of_a_fork_loses_nothing_with_what_stands_on_this_one() {
    let (mut world, mut bench, run) = a_long_feed();
    let everyone = world.everyone.clone();
    let body = a_celebration();
    let (header, theirs) = (world.mallory.header(&body), world.mallory.create(&everyone, &body));
    let edit = world.iris.edit(&everyone, theirs, &header, &world.iris.device());
    let other_side = world.mallory.feed(&everyone);
    world.mallory.take_back(&everyone);
    let ours = world.mallory.create(&everyone, &body);
    world.mallory.erase(&everyone, ours);
    bench.receive(&[run, world.mallory.feed(&everyone), world.iris.feed(&everyone)]).unwrap();
    assert_eq!(bench.state(&ours), Some(EntryState::Erased));
    assert_eq!(bench.state(&edit), Some(EntryState::Held(Hold::MissingRecord)));
    bench.receive(&[other_side]).unwrap();
    assert_eq!(bench.state(&edit), Some(EntryState::Accepted));
    assert_eq!(bench.row(&theirs).unwrap().fields["idea"], "written over by somebody");
    assert!(bench.is_as_rebuilt());
}

#[test]
fn of_two_versions_on_two_sides_of_a_fork_that_name_each_other_the_later_stays() {
    let (mut world, _, run) = a_long_feed();
    let everyone = world.everyone.clone();
    let mallory = &mut world.mallory;
    let body = a_note(world.lena.member);
    let first = mallory.create(&everyone, &body);
    let id_key = id_key(&mallory.salt_at(&first));
    // What each side begins with is known before either names the other.
    let begins = [(); 2].map(|()| {
        let at = mallory.create(&everyone, &a_celebration());
        let (audience, Position { device, number: from }) = (at.audience, at.position);
        let mut begin = mallory.run(&audience, from, from);
        let side = Side { audience, device, from, previous: begin.previous, first: mallory.hash_at(&at) };
        mallory.take_back(&everyone);
        (begin.entries.remove(0), side.key())
    });
    let [(one, this), (other, that)] = begins;
    let mut versions = [(one, that, 0), (other, this, 7)].map(|(begin, named, ahead)| {
        mallory.carried(run.audience, false, begin);
        mallory.ahead += ahead;
        let replaces = Replaces { first, id_key, seen: vec![(mallory.device(), first.position.number), (named, 99)] };
        let at = mallory.create_as(&everyone, &body, |create| create.replaces = Some(replaces));
        let feed = mallory.feed(&everyone);
        (0..2).for_each(|_| mallory.take_back(&everyone));
        (at, feed)
    });
    let [older, later] = [versions[0].0, versions[1].0];
    for _ in 0..2 {
        let mut phone = world.lenas_phone();
        phone.receive(&world.all_trust()).unwrap();
        versions.iter().for_each(|(_, feed)| drop(phone.receive(std::slice::from_ref(feed)).unwrap()));
        assert_eq!(
            [&older, &later].map(|at| phone.state(at)),
            [Some(EntryState::Replaced), Some(EntryState::Accepted)]
        );
        assert_eq!(phone.row(&first).unwrap().current.check, later.check);
        versions.reverse();
    }
}

#[test]
fn of_a_device_that_writes_ever_other_things_no_more_is_kept_than_anyone_needs() {
    let (mut world, mut bench, run) = a_long_feed();
    let everyone = world.everyone.clone();
    for _ in 0..2 * SIDES_MAX {
        world.mallory.create(&everyone, &a_celebration());
        bench.receive(&[world.mallory.feed(&everyone)]).unwrap();
        world.mallory.take_back(&everyone);
    }
    let sides = bench.store.read().unwrap().sides_in(&run.audience).unwrap();
    assert_eq!(sides.len(), SIDES_MAX);
    assert_eq!(bench.receive(&[run]).unwrap().held.len(), 1, "others go on");
}

#[test]
fn a_proof_of_a_fork_in_an_audience_that_nobody_has_told_of_is_kept_nowhere() {
    let (mut world, mut bench, run) = a_long_feed();
    bench.receive(std::slice::from_ref(&run)).unwrap();
    let between_two = Audience::set([world.lena.member, world.mallory.member]);
    let proof = world.mallory.fork_proof(&between_two, &a_celebration());
    let before = bench.dump();
    let tx = bench.store.begin().unwrap();
    let (circle, me) = (world.lena.circle, Some(world.lena.member));
    let roster = trust::roster(&tx, &circle).unwrap();
    let receiver = Receiver { tx: &tx, circle, roster: &roster, me, device: None, bearer: None };
    let received = receiver.receive(std::slice::from_ref(&proof), &[]).unwrap();
    assert_eq!((received.waiting, received.forks.len()), (vec![proof.clone()], 0));
    assert_eq!(tx.sides().unwrap(), []);
    // What proves nothing is its bearer's fault, as a run is that doesn't hold.
    let everyone = world.everyone.clone();
    let mut forged = world.mallory.fork_proof(&everyone, &a_celebration());
    assert_eq!(forged.audience, run.audience);
    forged.sides[1].signature = forged.sides[0].signature;
    assert!(matches!(receiver.receive(&[forged], &[]), Err(Rejected::Malformed(_))));
    drop(tx);
    assert_eq!(bench.dump(), before);
}

/// Three phones: Marta's, Lena's, and that of Mallory, which is closed: the test speaks in its place.
fn a_family() -> (Phone, Phone, Forger, NoiseKey) {
    let [mut marta, lena, mut mallory] = [21, 22, 23].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", kinweave_core::model::Role::Member, None);
    marta.invite(&mallory, "Mallory", kinweave_core::model::Role::Member, None);
    mallory.meet(&mut marta);
    lena.meet(&mut marta);
    let (circle, me) = (mallory.home.circle().unwrap().circle, mallory.me());
    let _ = mallory.address();
    mallory.home.close().unwrap();
    let store = Store::open(&mallory.directory, &mallory.key).unwrap();
    let reader = store.read().unwrap();
    let (key, _) = keys_of_seed(23);
    let mut runs = Vec::new();
    for (audience, _) in reader.audiences().unwrap() {
        runs.extend(kinweave_core::records::run(&reader, &circle, &audience, &key.device(), 1, 99, 1 << 20).unwrap());
    }
    let noise = keys_of_seed(21).1.public();
    (marta, lena, Forger::take_over(key, circle, me, &runs), noise)
}

#[test]
fn a_malformed_run_ends_the_session_of_its_sender_and_of_nobody_else() {
    let _watch = NoPanics::watch();
    let (mut marta, lena, mut mallory, noise) = a_family();
    let address = marta.address();
    let home = Audience::Home;
    let from = mallory.length(&home) + 1;
    mallory.create(&home, &kinweave_core::model::kinds::MemberProfile::named("Mallory the second").into());
    let good = mallory.run(&home.id(&mallory.circle), from, from);
    let mut nonce = 0;
    let mut bearing = |run: &Run, with: Option<&Run>| {
        nonce += 1;
        let mut session = RawSession::dial(address, 23, &noise, [nonce; 32]);
        session.greet();
        let messages: Vec<_> = with.into_iter().chain([run]).map(run_message).collect();
        session.send(&messages);
        session.ack().is_some()
    };
    let mut bad = good.clone();
    bad.signatures[0].1 = Signature::from_bytes([7; 64]);
    let before = marta.home.dump().unwrap();
    assert!(!bearing(&bad, None), "dropped without a word");
    assert!(!bearing(&bad, Some(&good)), "with all that came in the same burst");
    assert_eq!(marta.home.dump().unwrap(), before);
    let hers = lena.home.dump().unwrap();
    assert!(lena.meet(&mut marta).equal, "Lena's meeting is like any other");
    assert_eq!(lena.home.dump().unwrap(), hers);
    assert!(bearing(&good, None), "what is right is taken, from the same phone");
    assert!(bearing(&good, None), "and may come again");
    mallory.take_back(&home);
    mallory.create(&home, &kinweave_core::model::kinds::MemberProfile::named("Mallory the third").into());
    assert!(bearing(&mallory.run(&home.id(&mallory.circle), from, from), None), "a fork ends no session");
    assert!(lena.meet(&mut marta).equal);
    assert_eq!(marta.home.check().unwrap(), Vec::<String>::new());
}
