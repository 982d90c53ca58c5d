//! What came and doesn't count is told to its owner: by whose phone, for whom, why, and so what can be done.

use kinweave_core::app::{Error, Held, NewRecord, SetAside, SetAsideReason};
use kinweave_core::model::op::{Change, Op};
use kinweave_core::model::{Audience, Body, Position, RecordRef, Role, kinds};
use kinweave_core::records;
use kinweave_core::store::Store;
use kinweave_tests::bench::a_celebration;
use kinweave_tests::forger::Forger;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::wire::{RawSession, keys_of_seed, run_message};

const MARTA: u8 = 61;
const MALLORY: u8 = 63;
/// Of an operation that no version has yet.
const LATER_TAG: u8 = 99;

/// Goes on writing as a phone that is closed by now.
fn take_over(phone: &Phone, seed: u8) -> Forger {
    let (circle, me) = (phone.home.circle().unwrap().circle, phone.me());
    phone.home.close().unwrap();
    let (key, _) = keys_of_seed(seed);
    let store = Store::open(&phone.directory, &phone.key).unwrap();
    let home = Audience::Home.id(&circle);
    let held = records::run(&store.read().unwrap(), &circle, &home, &key.device(), 1, 99, 1 << 20).unwrap();
    Forger::take_over(key, circle, me, &Vec::from_iter(held))
}

#[test]
fn an_owner_is_told_what_does_not_count_and_why() {
    let [mut marta, mut lena, mallory] =
        [MARTA, 62, MALLORY].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    assert!(matches!(marta.home.set_aside(), Err(Error::NoCircle)));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    marta.invite(&mallory, "Mallory", Role::Member, None);
    lena.meet(&mut marta);
    let ours = marta.home.add(NewRecord::new(kinds::Celebration::idea("ours"))).unwrap();
    for phone in [&marta, &lena] {
        assert_eq!(phone.home.set_aside().unwrap(), Vec::<SetAside>::new());
        assert_eq!(phone.home.held().unwrap(), Held::default());
    }

    let member = mallory.me();
    let mut mallory = take_over(&mallory, MALLORY);
    let everyone = Audience::set([marta.me(), lena.me(), member]);
    let body: Body = a_celebration();
    let header = mallory.header(&body);
    let edit = |mallory: &Forger, record| {
        Op::Change(Change { record, change: mallory.next_change(&header, &mallory.device(), "words") })
    };
    // An edit that builds on what nobody has, another at the same place, and one of a record that isn't here.
    for _ in 0..2 {
        mallory.op(&everyone, edit(&mallory, ours.reference));
    }
    let nowhere = Position { number: 999, ..ours.reference.position };
    mallory.op(&everyone, edit(&mallory, RecordRef { position: nowhere, ..ours.reference }));
    mallory.op(&everyone, Op::Later { format: 1, tag: LATER_TAG, payload: vec![1, 2, 3] });
    mallory.erase(&everyone, ours.reference);
    // Somebody whom nobody has let in.
    let mut nobody = Forger::stranger(99, mallory.circle);
    nobody.create(&everyone, &body);
    let mut session = RawSession::dial(marta.address(), MALLORY, &keys_of_seed(MARTA).1.public(), [1; 32]);
    session.greet();
    session.send(&[run_message(&mallory.feed(&everyone)), run_message(&nobody.feed(&everyone))]);
    assert!(session.ack().is_some());

    let told = |phone: &Phone| {
        let mut all = phone.home.set_aside().unwrap();
        assert!(all.iter().all(|one| one.audience.id == everyone.id(&mallory.circle)));
        all.sort_by_key(|one| (one.reason, one.verdict.clone()));
        all
    };
    let all = told(&marta);
    let lines: Vec<_> = all
        .iter()
        .map(|one| (one.reason, one.member, one.entries, one.records.clone(), one.verdict.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (SetAsideReason::NeedsNewerApp, Some(member), 1, vec![], "later_op"),
            (SetAsideReason::Incomplete, Some(member), 1, vec![ours.id], "missing_dependency"),
            (SetAsideReason::Incomplete, Some(member), 1, vec![], "missing_record"),
            (SetAsideReason::UnknownPhone, None, 2, vec![], "unknown_device"),
            (SetAsideReason::AgainstRules, Some(member), 1, vec![ours.id], "duplicate_change"),
            (SetAsideReason::AgainstRules, Some(member), 1, vec![ours.id], "not_a_writer"),
        ]
    );
    assert_eq!(marta.home.held().unwrap(), Held { for_a_newer_app: 1, shown_in_part: 0, waiting: 4, refused: 2 });
    // What waits goes on to others and waits there for the same reasons, what is refused doesn't, and no record has changed.
    lena.meet(&mut marta);
    marta.meet(&mut lena);
    let waits = all.into_iter().filter(|one| one.reason != SetAsideReason::AgainstRules);
    assert_eq!(told(&lena), Vec::from_iter(waits));
    for phone in [&marta, &lena] {
        assert_eq!(phone.home.get(ours.id).unwrap().body, ours.body);
    }
}
