//! Whole meetings. Method: two or more ledgers in memory, sessions between them, every message carried by hand.
#![cfg(test)]

use super::testing::{Memory, ROSTER, device, noise, now, set};
use super::testing_line::{Line, known, meet};
use super::wire::{Message, Scope};
use super::{CloseReason, Event, Ledger, Session};
use crate::model::run::Carried;

pub(super) fn pair() -> (Memory, Memory) {
    (Memory::new(1, &[1, 2]), Memory::new(2, &[1, 2]))
}

pub(super) fn assert_done(line: &Line, equal: bool) {
    for end in [0, 1] {
        assert_eq!(line.closed[end], None);
        assert_eq!(line.done[end].map(|summary| summary.equal), Some(equal), "end {end}");
    }
}

pub(super) fn names_a_set(message: &Message) -> bool {
    match message {
        Message::Digests(_) => true,
        Message::Have(have) => have.scope == Scope::Sets,
        Message::Run(run) => run.audience != ROSTER,
        _ => false,
    }
}

#[test]
fn two_phones_with_different_entries_end_equal_and_done() {
    let (mut a, mut b) = pair();
    (0..200).for_each(|i| a.write(&[1, 2], &[i; 100]));
    (0..70).for_each(|i| b.write(&[1, 2], &[i; 10]));
    a.write(&[1, 2, 3], b"a set that b has never heard of");
    b.write(&[1, 2, 4], b"and one that a hasn't");
    let line = meet(&mut a, &mut b);
    assert_done(&line, true);
    for audience in [set(&[1, 2]), set(&[1, 2, 3]), set(&[1, 2, 4])] {
        assert!(!a.vector(&audience).is_empty());
        assert_eq!(a.vector(&audience), b.vector(&audience));
        assert_eq!(a.noted[&(device(2), audience)], b.vector(&audience));
    }
    assert!(line.bursts.len() <= 8, "{} bursts", line.bursts.len());
    assert_eq!((a.receives, b.receives), (1, 2), "a burst costs one transaction");
}

#[test]
fn nothing_new_is_three_bursts_that_each_fit_the_smallest_frame() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"dinner at six");
    meet(&mut a, &mut b);
    let line = meet(&mut a, &mut b);
    assert_done(&line, true);
    assert_eq!(line.bursts.iter().map(|(by, _)| *by).collect::<Vec<_>>(), [0, 1, 0]);
    for (_, burst) in &line.bursts {
        let bytes: usize = burst.iter().map(|message| message.len() + 4).sum();
        assert!(bytes <= 256 - 16 - 2, "{bytes} bytes");
    }
}

#[test]
fn a_goodbye_that_arrives_with_the_last_word_takes_nothing_from_it() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"dinner at six");
    b.write(&[1, 2], b"at seven");
    let mut line = Line::open(&mut a, &mut b);
    while line.done[0].is_none() {
        line.deliver(1, &mut b);
        line.deliver(0, &mut a);
    }
    assert!(line.done[1].is_none(), "the last word is under way");
    line.tell(0, &mut a, Event::Close);
    line.join_bursts(1);
    line.deliver(1, &mut b);
    assert_eq!(line.done[1].map(|summary| summary.equal), Some(true));
    assert_eq!(line.closed[1], Some(CloseReason::Bye(0)));
    assert_eq!(a.vector(&set(&[1, 2])), b.vector(&set(&[1, 2])));
}

#[test]
fn what_is_larger_than_the_window_arrives_in_portions() {
    let (mut a, mut b) = pair();
    for i in 0..300_u32 {
        let body: Vec<u8> =
            (0..8_000_u32).map(|j| (i.wrapping_mul(j).wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        a.write(&[1, 2], &body);
    }
    let line = meet(&mut a, &mut b);
    assert_done(&line, true);
    assert_eq!(a.vector(&set(&[1, 2])), b.vector(&set(&[1, 2])));
    for (_, burst) in &line.bursts {
        assert!(burst.iter().map(Vec::len).sum::<usize>() <= 2 * 1024 * 1024);
    }
}

#[test]
fn a_stranger_gets_no_byte_whatever_it_brings() {
    let (mut stranger, mut b) = (Memory::new(9, &[2, 9]), Memory::new(2, &[1, 2]));
    for (met, admits) in [(true, false), (false, false), (false, true)] {
        stranger.met = met;
        if admits {
            stranger.admit(9);
        }
        let line = meet(&mut stranger, &mut b);
        assert!(line.said(1).is_empty());
        assert_eq!(line.closed[1], Some(CloseReason::NotPaired));
        assert!(b.vector(&ROSTER).is_empty(), "nothing of a stranger is stored");
    }
}

#[test]
fn a_proof_too_large_is_cut_off_unanswered() {
    let (mut stranger, mut b) = (Memory::new(9, &[2, 9]), Memory::new(2, &[1, 2]));
    stranger.met = false;
    (0..1_000).for_each(|_| stranger.admit(9));
    stranger.write(&[2, 9], &[1; 100]);
    let mut line = Line::open(&mut stranger, &mut b);
    let burst = line.bursts[0].1.clone();
    line.tell(1, &mut b, Event::Message(burst[0].clone()));
    for _ in 0..10 {
        line.tell(1, &mut b, Event::Message(burst[1].clone()));
    }
    assert_eq!(line.closed[1], Some(CloseReason::NotPaired));
    assert!(line.said(1).is_empty());
}

#[test]
fn a_proof_lets_a_newcomer_in() {
    let (mut host, mut other) = (Memory::new(1, &[1, 2]), Memory::new(2, &[1, 2]));
    host.admit(3);
    let mut newcomer = Memory::new(3, &[1, 2]);
    assert_done(&meet(&mut newcomer, &mut host), true);
    assert_eq!(newcomer.joined(), host.joined());
    newcomer.write(&[2, 3], b"hello");
    newcomer.met = false;
    let line = meet(&mut newcomer, &mut other);
    assert_done(&line, true);
    assert!(line.changed[1].contains(&ROSTER));
    assert_eq!(other.vector(&set(&[2, 3])), newcomer.vector(&set(&[2, 3])));
    assert_done(&meet(&mut newcomer, &mut other), true);
}

#[test]
fn whoever_answers_in_anothers_place_or_on_another_key_is_left() {
    let (mut a, mut c) = (Memory::new(1, &[1, 2, 3]), Memory::new(3, &[1, 2, 3]));
    let established = |name| Event::Established { handshake_hash: [7; 32], remote_noise_key: noise(name) };
    let (mut dialler, mut wrong) = (Session::dial(device(2)), Session::answer());
    let burst = dialler.handle(now(), &mut a, established(3)).send;
    wrong.handle(now(), &mut c, established(1));
    burst.iter().for_each(|message| drop(wrong.handle(now(), &mut c, Event::Message(message.clone()))));
    let hello = wrong.handle(now(), &mut c, Event::Flush);
    assert!(hello.send.len() >= 3);
    let effects = dialler.handle(now(), &mut a, Event::Message(hello.send[0].clone()));
    assert_eq!((effects.close, effects.send.len()), (Some(CloseReason::NotPaired), 0));
    let mut mismatch = Session::answer();
    mismatch.handle(now(), &mut c, established(2));
    let effects = mismatch.handle(now(), &mut c, Event::Message(burst[0].clone()));
    assert_eq!((effects.close, effects.send.len()), (Some(CloseReason::NotPaired), 0));
    let mut replayed = Session::answer();
    replayed.handle(now(), &mut c, Event::Established { handshake_hash: [8; 32], remote_noise_key: noise(1) });
    let effects = replayed.handle(now(), &mut c, Event::Message(burst[0].clone()));
    assert!(matches!(effects.close, Some(CloseReason::PeerMisbehaved { .. })));
}

#[test]
fn no_set_is_named_before_both_know_the_same_of_who_is_who() {
    let (mut a, mut b) = pair();
    a.admit(5);
    b.admit(6);
    a.write(&[1, 2], b"x");
    b.write(&[1, 2, 5], b"y");
    let line = meet(&mut a, &mut b);
    assert_done(&line, true);
    assert_eq!(a.joined(), b.joined());
    let mut heard: [Option<[u8; 32]>; 2] = [None, None];
    for (by, burst) in &line.bursts {
        for message in burst.iter().filter_map(|bytes| known(bytes)) {
            if let Message::Digest(digest) = &message
                && digest.scope == Scope::Trust
            {
                heard[*by] = Some(digest.digest);
            }
            assert!(!names_a_set(&message) || heard[0] == heard[1], "{message:?}");
        }
    }
    assert!(line.said(0).iter().chain(&line.said(1)).any(names_a_set));
}

#[test]
fn news_is_pushed_after_done_and_news_for_others_leaves_no_trace() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"first");
    let mut line = meet(&mut a, &mut b);
    let before = line.bursts.len();
    a.write(&[1], b"my journal");
    a.write(&[1, 3], b"a secret present for b");
    line.tell(0, &mut a, Event::NewEntries(vec![set(&[1]), set(&[1, 3])]));
    line.tell(0, &mut a, Event::Flush);
    assert_eq!((line.bursts.len(), line.timers[0]), (before, false));
    line.done = [None; 2];
    for audience in [&[1, 2][..], &[1, 2, 3]] {
        a.write(audience, b"second");
        line.tell(0, &mut a, Event::NewEntries(vec![set(audience)]));
    }
    assert_eq!((line.bursts.len(), line.timers[0]), (before, true));
    line.tell(0, &mut a, Event::Timer);
    line.settle(&mut a, &mut b);
    assert_done(&line, true);
    assert_eq!(line.bursts.len(), before + 3, "news, answer, done");
    for audience in [set(&[1, 2]), set(&[1, 2, 3])] {
        assert_eq!(a.vector(&audience), b.vector(&audience));
    }
    assert!(b.vector(&set(&[1])).is_empty() && b.vector(&set(&[1, 3])).is_empty());
}

#[test]
fn both_push_at_once_and_who_is_who_goes_first() {
    let (mut a, mut b) = pair();
    a.write(&[1, 2], b"first");
    let mut line = meet(&mut a, &mut b);
    line.done = [None; 2];
    a.admit(7);
    a.write(&[1, 2], b"from a");
    b.write(&[1, 2], b"from b");
    line.tell(0, &mut a, Event::NewEntries(vec![ROSTER, set(&[1, 2])]));
    line.tell(1, &mut b, Event::NewEntries(vec![set(&[1, 2])]));
    line.tell(0, &mut a, Event::Timer);
    line.tell(1, &mut b, Event::Timer);
    line.settle(&mut a, &mut b);
    assert_done(&line, true);
    assert_eq!(a.vector(&set(&[1, 2])), b.vector(&set(&[1, 2])));
    assert_eq!(a.joined(), b.joined());
}

#[test]
fn news_that_comes_in_the_middle_of_a_meeting_arrives_too() {
    for after in 0..8 {
        let (mut a, mut b) = pair();
        a.write(&[1, 2], b"first");
        b.write(&[1, 2], b"first");
        let mut line = Line::open(&mut a, &mut b);
        for step in 0..after {
            if step % 2 == 0 {
                line.deliver(1, &mut b)
            } else {
                line.deliver(0, &mut a)
            };
        }
        a.write(&[1, 2], b"late");
        line.tell(0, &mut a, Event::NewEntries(vec![set(&[1, 2])]));
        line.settle(&mut a, &mut b);
        line.tell(0, &mut a, Event::Timer);
        line.settle(&mut a, &mut b);
        assert_done(&line, true);
        assert_eq!(a.vector(&set(&[1, 2])), b.vector(&set(&[1, 2])));
    }
}

#[test]
fn news_is_relayed_through_a_phone_between() {
    let mut phones: Vec<_> = (1..=3).map(|name| Memory::new(name, &[1, 2, 3])).collect();
    let [a, b, c] = &mut phones[..] else { unreachable!() };
    let (mut ab, mut bc) = (meet(a, b), meet(b, c));
    a.write(&[1, 2, 3], b"from a");
    ab.tell(0, a, Event::NewEntries(vec![set(&[1, 2, 3])]));
    ab.tell(0, a, Event::Timer);
    ab.settle(a, b);
    bc.tell(0, b, Event::NewEntries(std::mem::take(&mut ab.changed[1])));
    bc.tell(0, b, Event::Timer);
    bc.settle(b, c);
    assert_eq!(c.vector(&set(&[1, 2, 3])), a.vector(&set(&[1, 2, 3])));
    assert_done(&bc, true);
}

#[test]
fn wanted_bodies_are_asked_for_although_digests_agree_and_only_once() {
    let (mut a, mut b) = pair();
    (0..130).for_each(|i| a.write(&[1, 2], &[i; 20]));
    meet(&mut a, &mut b);
    let audience = set(&[1, 2]);
    b.forget(audience, 1, 3, true);
    b.forget(audience, 1, 70, true);
    b.forget(audience, 1, 90, true);
    a.forget(audience, 1, 70, false);
    a.forget(audience, 1, 90, true);
    let line = meet(&mut a, &mut b);
    assert_done(&line, true);
    assert_eq!(b.body(&audience, 1, 3), a.body(&audience, 1, 3));
    assert!(matches!(b.body(&audience, 1, 70), Some(Carried::StubFinal(_))));
    assert!(matches!(b.body(&audience, 1, 90), Some(Carried::StubOpen(_))), "neither has it");
}
