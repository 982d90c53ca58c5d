//! What must not go wrong in a meeting: forks, misbehaviour, other versions, random bytes.
#![cfg(test)]

use proptest::prelude::*;

use super::bounded::Bounded;
use super::session_tests::{assert_done, names_a_set, pair};
use super::testing::{Memory, ROSTER, device, set};
use super::testing_line::{Line, meet};
use super::wire::{Message, PackedRun, Scope};
use super::{CloseReason, Event, Ledger};

#[test]
fn a_goodbye_in_one_portion_with_the_last_words_does_not_hide_them() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"x");
    let mut copy = b.clone();
    let mut line = meet(&mut a, &mut b);
    line.tell(0, &mut a, Event::Close);
    let bursts: Vec<_> = line.bursts.iter().filter(|(end, _)| *end == 0).map(|(_, burst)| burst.clone()).collect();
    let mut late = Line::open(&mut a, &mut copy);
    for (index, burst) in bursts.iter().enumerate() {
        burst.iter().for_each(|message| late.tell(1, &mut copy, Event::Message(message.clone())));
        if index + 2 < bursts.len() {
            late.tell(1, &mut copy, Event::Flush);
        }
    }
    assert_eq!(late.closed[1], Some(CloseReason::Bye(0)));
    assert!(late.done[1].is_some_and(|summary| summary.equal), "{:?}", late.done[1]);
}

#[test]
fn a_fork_is_proved_to_both_and_hangs_nobody() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"common");
    meet(&mut a, &mut b);
    let mut copy = a.clone();
    (0..5).for_each(|i| a.write(&[1, 2], &[i]));
    (0..3).for_each(|i| copy.write(&[1, 2], &[100 + i]));
    meet(&mut copy, &mut b);
    b.write(&[1, 2], b"goes on");
    let line = meet(&mut a, &mut b);
    assert_done(&line, false);
    assert!(a.forks > 0 && b.forks > 0);
    assert_eq!(a.vector(&set(&[1, 2]))[&device(2)], b.vector(&set(&[1, 2]))[&device(2)]);
    let mut line = meet(&mut b, &mut a);
    line.done = [None; 2];
    b.write(&[1, 2], b"and on");
    line.tell(0, &mut b, Event::NewEntries(vec![set(&[1, 2])]));
    line.tell(0, &mut b, Event::Timer);
    line.settle(&mut b, &mut a);
    assert_done(&line, false);
    assert_eq!(a.vector(&set(&[1, 2]))[&device(2)], b.vector(&set(&[1, 2]))[&device(2)]);
}

#[test]
fn a_fork_among_those_who_say_who_is_who_ends_without_naming_a_set() {
    let (mut a, mut b) = pair();
    let mut copy = a.clone();
    a.admit(5);
    copy.admit(6);
    meet(&mut copy, &mut b);
    b.write(&[1, 2], b"x");
    let line = meet(&mut a, &mut b);
    assert_done(&line, false);
    assert!(!line.said(0).iter().chain(&line.said(1)).any(names_a_set));
}

#[test]
fn an_audience_that_the_other_takes_nothing_of_ends_unequal() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"x");
    a.write(&[1, 2, 3], b"y");
    b.deaf.insert(set(&[1, 2, 3]));
    let line = meet(&mut a, &mut b);
    assert_done(&line, false);
    assert_eq!(a.vector(&set(&[1, 2])), b.vector(&set(&[1, 2])));
}

#[test]
fn a_peer_that_sends_what_no_honest_phone_sends_is_dropped_in_silence() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"x");
    let run = meet(&mut a, &mut b).said(0).into_iter().find(|message| matches!(message, Message::Run(_)));
    let Some(Message::Run(run)) = run else { panic!("no run was sent") };
    let bomb = PackedRun { frame: Bounded::cut(zstd::bulk::compress(&[0; 1 << 24], 3).unwrap()), ..run.clone() };
    let long = PackedRun { raw_bytes: u32::MAX, ..run.clone() };
    let late = PackedRun { from: u64::MAX, ..run.clone() };
    let hidden = PackedRun { audience: set(&[1, 3]), ..run };
    let ack = super::wire::Ack { runs: 1, feeds: Bounded::cut(vec![]) };
    let beyond = (set(&[1, 2]), Bounded::cut(vec![(device(1), 1_000)]));
    let beyond = super::wire::Ack { runs: 0, feeds: Bounded::cut(vec![beyond]) };
    let bad = [
        Message::Run(bomb).encode(),
        Message::Run(long).encode(),
        Message::Run(late).encode(),
        Message::Run(hidden).encode(),
        Message::Ack(ack).encode(),
        Message::Ack(beyond).encode(),
        Message::Served(Scope::Sets).encode(),
        vec![],
        vec![17],
        vec![20; 5_000],
    ];
    for message in bad {
        let mut line = meet(&mut a, &mut b);
        let said = line.bursts.len();
        line.tell(1, &mut b, Event::Message(message.clone()));
        line.tell(1, &mut b, Event::Flush);
        assert!(matches!(line.closed[1], Some(CloseReason::PeerMisbehaved { .. })), "{message:?}");
        assert_eq!(line.bursts.len(), said);
        assert!(line.ends[1].is_closed());
    }
    let mut early = Line::open(&mut a, &mut b);
    early.tell(1, &mut b, Event::Message(Message::Done([0; 32]).encode()));
    assert_eq!(early.closed[1], Some(CloseReason::PeerMisbehaved { rule: "a message before Hello" }));
}

#[test]
fn whoever_is_found_out_in_the_middle_of_a_session_is_told_nothing_more() {
    let (mut a, mut b) = pair();
    let mut line = meet(&mut a, &mut b);
    let said = line.bursts.len();
    a.founders = vec![1];
    line.tell(0, &mut a, Event::NewEntries(vec![ROSTER]));
    assert_eq!((line.closed[0].clone(), line.bursts.len()), (Some(CloseReason::NotPaired), said));
}

#[test]
fn a_phone_of_another_version_is_told_ours_and_left() {
    let (mut a, mut b) = pair();
    let mut line = Line::open(&mut a, &mut b);
    let mut hello = line.said(0).into_iter().next();
    let Some(Message::Hello(fields)) = &mut hello else { panic!("no Hello") };
    fields.versions = Bounded::cut(vec![7, 9]);
    line.tell(1, &mut b, Event::Message(hello.unwrap().encode()));
    assert_eq!(line.closed[1], Some(CloseReason::Incompatible { theirs: 9, ours: 1 }));
    assert!(matches!(line.said(1).first(), Some(Message::Hello(_))));
}

#[test]
fn unknown_messages_are_passed_over_but_not_without_end() {
    let (mut a, mut b) = pair();
    let mut line = meet(&mut a, &mut b);
    line.tell(1, &mut b, Event::Message(vec![200, 1, 2]));
    assert_eq!(line.closed[1], None);
    (0..300).for_each(|_| line.tell(1, &mut b, Event::Message(vec![200])));
    assert!(line.closed[1].is_some());
}

#[test]
fn a_goodbye_reaches_the_other_and_nothing_follows() {
    let (mut a, mut b) = pair();
    let mut line = meet(&mut a, &mut b);
    line.tell(0, &mut a, Event::Close);
    line.settle(&mut a, &mut b);
    assert_eq!(line.closed, [Some(CloseReason::Bye(0)), Some(CloseReason::Bye(0))]);
    let said = line.bursts.len();
    a.write(&[1, 2], b"x");
    line.tell(0, &mut a, Event::NewEntries(vec![set(&[1, 2])]));
    line.tell(0, &mut a, Event::Timer);
    assert_eq!(line.bursts.len(), said);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(messages in prop::collection::vec((0_u8..30, prop::collection::vec(any::<u8>(), 0..80)), 1..6)) {
        let (mut a, mut b) = pair();
        a.write(&[1, 2], b"x");
        let mut line = meet(&mut a, &mut b);
        for (tag, rest) in messages {
            line.tell(1, &mut b, Event::Message([&[tag][..], &rest].concat()));
            line.tell(1, &mut b, Event::Flush);
        }
    }

    #[test]
    fn a_changed_byte_anywhere_never_panics_and_never_hangs(burst in 0_usize..12, at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let (mut a, mut b) = pair();
        a.admit(4);
        (0..70).for_each(|i| a.write(&[1, 2], &[i; 9]));
        b.write(&[1, 2], b"y");
        let mut line = Line::open(&mut a, &mut b);
        line.tamper = Some((burst, at.index(4_096), flip));
        line.settle(&mut a, &mut b);
    }

    #[test]
    fn whatever_happens_in_the_middle_of_a_meeting_it_ends(
        steps in prop::collection::vec((0_u8..9, 0_usize..2), 0..40),
        forked in any::<bool>(),
        deaf in any::<bool>(),
    ) {
        let (mut a, mut b) = pair();
        (0..3).for_each(|i| a.write(&[1, 2], &[i]));
        meet(&mut a, &mut b);
        if forked {
            let mut copy = a.clone();
            copy.write(&[1, 2], b"on the copy");
            a.write(&[1, 2], b"on the phone");
            meet(&mut copy, &mut b);
        }
        if deaf {
            b.deaf.insert(set(&[1, 2, 3]));
        }
        let mut line = Line::open(&mut a, &mut b);
        for (what, end) in steps {
            let phone = if end == 0 { &mut a } else { &mut b };
            let audience = [&[1, 2][..], &[1, 2, 3], &[1, 2, 4]][usize::from(what) % 3];
            match what {
                0..=2 => {
                    phone.write(audience, &[what]);
                    line.tell(end, phone, Event::NewEntries(vec![set(audience)]));
                }
                3 => {
                    phone.admit(10);
                    line.tell(end, phone, Event::NewEntries(vec![ROSTER]));
                }
                4 => line.tell(end, phone, Event::Timer),
                _ => drop(line.deliver(end, phone)),
            }
        }
        for _ in 0..3 {
            line.settle(&mut a, &mut b);
            line.tell(0, &mut a, Event::Timer);
            line.tell(1, &mut b, Event::Timer);
        }
        line.settle(&mut a, &mut b);
        let equal = a.shared_audiences(&device(2)).iter().all(|audience| a.vector(audience) == b.vector(audience));
        assert_done(&line, equal);
        prop_assert!(equal || forked || deaf);
        prop_assert_eq!(a.vector(&ROSTER), b.vector(&ROSTER));
    }

    #[test]
    fn five_phones_that_meet_at_random_converge_after_all_have_met_twice(
        writes in prop::collection::vec((1_u8..6, 1_u8..32, any::<u8>()), 1..60),
        meetings in prop::collection::vec((0_usize..5, 0_usize..5), 0..12),
    ) {
        let mut phones: Vec<_> = (1..=5).map(|name| Memory::new(name, &[1, 2, 3, 4, 5])).collect();
        let meet_at = |phones: &mut Vec<Memory>, i: usize, j: usize| {
            let (low, high) = phones.split_at_mut(i.max(j));
            meet(&mut low[i.min(j)], &mut high[0])
        };
        let mut meetings = meetings.into_iter().filter(|(i, j)| i != j);
        for (step, (who, with, word)) in writes.into_iter().enumerate() {
            let names: Vec<u8> = (1..=5).filter(|name| *name == who || with & (1 << (name - 1)) != 0).collect();
            phones[usize::from(who) - 1].write(&names, &[word]);
            if step % 5 == 0 && let Some((i, j)) = meetings.next() {
                assert_done(&meet_at(&mut phones, i, j), true);
            }
        }
        for _ in 0..2 {
            for (i, j) in (0..5).flat_map(|i| (0..i).map(move |j| (i, j))) {
                assert_done(&meet_at(&mut phones, i, j), true);
            }
        }
        for (i, j) in (0..5).flat_map(|i| (0..i).map(move |j| (i, j))) {
            for audience in phones[i].shared_audiences(&device(j as u8 + 1)) {
                prop_assert_eq!(phones[i].vector(&audience), phones[j].vector(&audience));
            }
        }
    }
}
