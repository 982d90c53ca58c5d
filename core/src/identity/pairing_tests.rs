//! Both sides of a pairing against each other, and against whoever stands between.
#![cfg(test)]

use super::*;
use crate::identity::pairing_message::{HERE_BYTES_MAX, PersonHere, terms_hash};

use crate::identity::keys::{Purpose, SignKey};
use crate::model::limits::{MEMBERS_MAX, PROOF_BYTES_MAX};
use crate::model::roster_event::{AgeBand, MemberStart, pop_hash};
use crate::model::{CircleId, DeviceKeys, EntryHash, MemberId, Role};

const HASH: [u8; 32] = [5; 32];
const THEIRS: NoiseKey = NoiseKey::from_bytes([1; 32]);
const MINE: NoiseKey = NoiseKey::from_bytes([2; 32]);
const MARTA: MemberId = MemberId::from_bytes([3; 32]);
const NEW_ADULT: HereAs = HereAs::NewMember { role: Role::Member, guardian: None };
const OWN_DEVICE: HereAs = HereAs::OwnDevice { member: MARTA };

fn keys(noise_key: NoiseKey) -> DeviceKeys {
    DeviceKeys { sign_key: SignKey::from_bytes(&[7; 32]).device(), noise_key }
}

fn here(invitation: HereAs) -> Here {
    Here {
        circle: CircleId::from_bytes([4; 32]),
        circle_name: "Reyes".to_owned(),
        invitation,
        people: vec![PersonHere { member: MARTA, name: "Marta".to_owned(), role: Role::Member }],
        terms: terms_hash(),
        inviter: MARTA,
        inviter_keys: keys(THEIRS),
    }
}

fn yes(here: &Here) -> Accept {
    let keys = keys(MINE);
    let pop = pop_hash(&here.circle, &MARTA, &keys, &HASH);
    match here.invitation {
        HereAs::NewMember { .. } => Accept::Member(MemberStart { nonce: [6; 16], keys }),
        HereAs::OwnDevice { .. } => {
            Accept::Device { keys, pop: SignKey::from_bytes(&[7; 32]).sign(Purpose::Possession, &pop) }
        }
    }
}

fn admitted() -> Admitted {
    Admitted { admit: EntryHash::from_bytes([8; 32]), proof: vec![9; 500] }
}

fn inviter() -> Inviter {
    Inviter::new(HASH, MINE, [10; 16], here(NEW_ADULT))
}

fn newcomer() -> Newcomer {
    Newcomer::new(HASH, THEIRS, MINE, [11; 16])
}

/// One message of each kind, each what an honest phone would send at its time, by tag.
fn messages() -> [PairingMessage; 7] {
    [
        PairingMessage::Commit { commitment: hash("commit", &[&[10; 16]]), word_list: WORD_LIST.to_owned() },
        PairingMessage::Nonce([11; 16]),
        PairingMessage::Reveal([10; 16]),
        PairingMessage::Match,
        PairingMessage::Here(here(NEW_ADULT)),
        PairingMessage::Accept(yes(&here(NEW_ADULT))),
        PairingMessage::Admitted(admitted()),
    ]
}

/// Hands the one message of `steps` over.
fn sent(steps: Steps) -> Vec<u8> {
    let is_sent = |step| if let Step::Send(message) = step { Some(message) } else { None };
    steps.unwrap().into_iter().find_map(is_sent).unwrap()
}

fn shown(steps: Steps) -> [&'static str; 4] {
    let is_shown = |step| if let Step::ShowWords(words) = step { Some(words) } else { None };
    steps.unwrap().into_iter().find_map(is_shown).unwrap()
}

/// Both phones with their words on the screen, relayed as they are over channels that may be two.
fn with_words(mut inviter: Inviter, mut newcomer: Newcomer) -> (Inviter, Newcomer, [[&'static str; 4]; 2]) {
    assert_eq!(newcomer.start(), Ok(vec![]));
    let nonce = sent(newcomer.receive(&sent(inviter.start())));
    let steps = inviter.receive(&nonce);
    let words = [shown(steps.clone()), shown(newcomer.receive(&sent(steps)))];
    (inviter, newcomer, words)
}

/// Goal: a pairing comes to its end whoever taps first, and the circle stays untold until both have. Method: all of
/// it, for a member and for an own device, in both orders of the taps; a look at each byte sent before.
#[test]
fn a_pairing_succeeds_and_tells_nothing_before_both_people_agree() {
    for (invitation, inviter_first) in [(NEW_ADULT, true), (NEW_ADULT, false), (OWN_DEVICE, true), (OWN_DEVICE, false)]
    {
        let here = here(invitation);
        let (mut inviter, mut newcomer, [one, other]) =
            with_words(Inviter::new(HASH, MINE, [10; 16], here.clone()), newcomer());
        assert_eq!(one, other);
        let only_match = Ok(vec![send(&PairingMessage::Match)]);
        let told = Step::Send(PairingMessage::Here(here.clone()).encode());
        let tells = if inviter_first {
            assert_eq!(inviter.confirm_words(true), only_match);
            assert_eq!(newcomer.receive(&[4]), Ok(vec![]));
            assert_eq!(newcomer.confirm_words(true), only_match);
            inviter.receive(&[4]).unwrap()
        } else {
            assert_eq!(newcomer.confirm_words(true), only_match);
            assert_eq!(inviter.receive(&[4]), Ok(vec![]));
            let steps = inviter.confirm_words(true).unwrap();
            assert_eq!(newcomer.receive(&[4]), Ok(vec![]));
            assert_eq!(steps[0], send(&PairingMessage::Match));
            steps[1..].to_vec()
        };
        assert_eq!(tells, std::slice::from_ref(&told));
        assert_eq!(newcomer.receive(&sent(Ok(tells))), Ok(vec![Step::ShowHere(here.clone())]));
        let accept = sent(newcomer.accept(yes(&here)));
        assert_eq!(inviter.receive(&accept), Ok(vec![Step::Admit(yes(&here))]));
        let steps = inviter.admitted(admitted());
        assert_eq!(steps.clone().unwrap()[1], Step::Finished(admitted()));
        assert_eq!(newcomer.receive(&sent(steps)), Ok(vec![Step::Finished(admitted())]));
        assert!(!inviter.is_closed() && !newcomer.is_closed());
        assert!(inviter.refuse().is_err() && newcomer.confirm_words(false).is_err(), "it is done");
    }
}

#[test]
fn with_somebody_between_two_channels_the_words_differ() {
    let (mut inviter, mut newcomer, [one, other]) =
        with_words(inviter(), Newcomer::new([6; 32], THEIRS, MINE, [11; 16]));
    assert_ne!(one, other);
    let no = newcomer.confirm_words(false);
    assert!(newcomer.is_closed());
    assert_eq!(inviter.receive(&sent(no)), Err(PairingError::WordsDiffer));
    assert!(inviter.is_closed());
    assert_eq!(inviter.confirm_words(true), Err(PairingError::OutOfOrder));
}

fn a_fresh_no() -> Steps {
    inviter().receive(&sent(newcomer().refuse()))
}

#[test]
fn a_person_may_take_it_back_until_the_end() {
    let (mut inviter, mut newcomer, _) = with_words(inviter(), newcomer());
    assert_eq!(inviter.admitted(admitted()), Err(PairingError::OutOfOrder));
    sent(inviter.confirm_words(true));
    assert_eq!(inviter.confirm_words(true), Err(PairingError::OutOfOrder), "a second tap");
    assert!(!inviter.is_closed(), "ends nothing");
    assert_eq!(newcomer.receive(&sent(inviter.confirm_words(false))), Err(PairingError::WordsDiffer));
    assert_eq!(a_fresh_no(), Err(PairingError::Refused));
}

#[test]
fn a_broken_commitment_and_an_unknown_word_list_end_it() {
    let mut newcomer = newcomer();
    newcomer.start().unwrap();
    newcomer.receive(&messages()[0].encode()).unwrap();
    assert_eq!(newcomer.receive(&[&[3], &[12; 16][..]].concat()), Err(PairingError::BrokenCommitment));
    let mut newcomer = Newcomer { state: NewcomerState::Start, ..newcomer };
    newcomer.start().unwrap();
    let commit = PairingMessage::Commit { commitment: [0; 32], word_list: "en-2".to_owned() };
    assert_eq!(newcomer.receive(&commit.encode()), Err(PairingError::WordListUnknown));
}

/// Goal: at every state at most one kind of message is taken, and any other ends the pairing. Method: a table of all
/// states against all messages; what the table calls for in a state is what an honest phone sends there.
#[test]
fn order_is_enforced_for_every_message_at_every_state() {
    let all = messages().map(|message| message.encode());
    // How many of an honest pairing's steps are done; past 100, with the person's answer before the other's.
    let to_inviter = |count: usize| {
        let mut inviter = inviter();
        let me: [&dyn Fn(&mut Inviter) -> Steps; 7] = [
            &|it| it.start(),
            &|it| it.receive(&all[1]),
            &|it| it.receive(&all[3]),
            &|it| it.confirm_words(true),
            &|it| it.receive(&all[5]),
            &|it| it.admitted(admitted()),
            &|it| it.receive(&[]),
        ];
        let (mut me, tapped_first) = (me, count >= 100);
        if tapped_first {
            me.swap(2, 3);
        }
        me.iter().take(count % 100).for_each(|step| drop(step(&mut inviter)));
        inviter
    };
    for (count, taken) in [(0, 0), (1, 2), (2, 4), (3, 0), (103, 4), (4, 6), (104, 6), (5, 0), (6, 0), (7, 0)] {
        for (tag, message) in (1..).zip(&all) {
            let mut inviter = to_inviter(count);
            assert_eq!(inviter.receive(message).is_ok(), tag == taken, "inviter {count}, message {tag}");
            assert_eq!(inviter.is_closed(), tag != taken);
        }
        assert_eq!(to_inviter(count).receive(&[8, 2]), Err(PairingError::Refused));
    }
    let to_newcomer = |count: usize| {
        let mut newcomer = newcomer();
        let me: [&dyn Fn(&mut Newcomer) -> Steps; 9] = [
            &|it| it.start(),
            &|it| it.receive(&all[0]),
            &|it| it.receive(&all[2]),
            &|it| it.receive(&all[3]),
            &|it| it.confirm_words(true),
            &|it| it.receive(&all[4]),
            &|it| it.accept(yes(&here(NEW_ADULT))),
            &|it| it.receive(&all[6]),
            &|it| it.receive(&[]),
        ];
        let (mut me, tapped_first) = (me, count >= 100);
        if tapped_first {
            me.swap(3, 4);
        }
        me.iter().take(count % 100).for_each(|step| drop(step(&mut newcomer)));
        newcomer
    };
    for (count, taken) in
        [(0, 0), (1, 1), (2, 3), (3, 4), (4, 0), (104, 4), (5, 5), (105, 5), (6, 0), (7, 7), (8, 0), (9, 0)]
    {
        for (tag, message) in (1..).zip(&all) {
            let mut newcomer = to_newcomer(count);
            assert_eq!(newcomer.receive(message).is_ok(), tag == taken, "newcomer {count}, message {tag}");
            assert_eq!(newcomer.is_closed(), tag != taken);
        }
        assert_eq!(to_newcomer(count).receive(&[8, 1]), Err(PairingError::WordsDiffer));
    }
}

#[test]
fn a_key_that_is_not_the_channels_ends_it_on_both_sides() {
    let at_accept = |here: &Here| {
        let (mut inviter, ..) = with_words(Inviter::new(HASH, MINE, [10; 16], here.clone()), newcomer());
        inviter.confirm_words(true).unwrap();
        inviter.receive(&[4]).unwrap();
        inviter
    };
    let own = here(OWN_DEVICE);
    let Accept::Device { keys: mine, pop } = yes(&own) else { panic!("an own device's yes") };
    let start = |keys| Accept::Member(MemberStart { nonce: [6; 16], keys });
    let forged = DeviceKeys { sign_key: SignKey::from_bytes(&[8; 32]).device(), ..mine };
    for (here, accept, error) in [
        (&here(NEW_ADULT), start(keys(THEIRS)), PairingError::KeyMismatch),
        (&own, Accept::Device { keys: keys(THEIRS), pop }, PairingError::KeyMismatch),
        (&own, Accept::Device { keys: forged, pop }, PairingError::NotProven),
        (&own, start(mine), PairingError::Malformed),
        (&here(NEW_ADULT), Accept::Device { keys: mine, pop }, PairingError::Malformed),
    ] {
        assert_eq!(at_accept(here).receive(&PairingMessage::Accept(accept).encode()), Err(error));
        let mut newcomer = Newcomer { state: NewcomerState::Decision(Box::new(here.clone())), ..newcomer() };
        assert_eq!(newcomer.accept(accept), Err(error));
        assert!(newcomer.accept(yes(here)).is_ok(), "the app's own mistake can be mended");
    }
    let mut newcomer = Newcomer { state: NewcomerState::Here, ..newcomer() };
    let other = Here { inviter_keys: keys(MINE), ..here(NEW_ADULT) };
    assert_eq!(newcomer.receive(&PairingMessage::Here(other).encode()), Err(PairingError::KeyMismatch));
}

#[test]
fn what_is_told_is_bounded_and_at_one_with_itself() {
    let young = |guardian| HereAs::NewMember { role: Role::YoungMember(AgeBand::Under13), guardian };
    let somebody = |byte| PersonHere { member: MemberId::from_bytes([byte; 32]), ..here(NEW_ADULT).people[0].clone() };
    assert_eq!(here(young(Some(MARTA))).check(), Ok(()));
    let crowd = |count: usize| (3..).take(count).map(somebody).collect::<Vec<_>>();
    let full = Here { people: crowd(MEMBERS_MAX), ..here(NEW_ADULT) };
    assert_eq!(full.check(), Ok(()));
    for bad in [
        here(young(None)),
        here(young(Some(MemberId::from_bytes([9; 32])))),
        here(HereAs::NewMember { role: Role::Member, guardian: Some(MARTA) }),
        here(HereAs::OwnDevice { member: MemberId::from_bytes([9; 32]) }),
        Here { people: vec![somebody(9)], ..here(NEW_ADULT) },
        Here { people: vec![somebody(3), somebody(3)], ..here(NEW_ADULT) },
        Here { people: crowd(MEMBERS_MAX + 1), ..here(NEW_ADULT) },
        Here { circle_name: "a".repeat(41), ..here(NEW_ADULT) },
        Here { circle_name: "a".repeat(HERE_BYTES_MAX), ..here(NEW_ADULT) },
    ] {
        assert_eq!(Inviter::new(HASH, MINE, [10; 16], bad.clone()).start(), Err(PairingError::Malformed));
        let mut newcomer = Newcomer { state: NewcomerState::Here, ..newcomer() };
        assert_eq!(newcomer.receive(&PairingMessage::Here(bad).encode()), Err(PairingError::Malformed));
    }
    let other = Here { terms: [0; 32], ..here(NEW_ADULT) };
    assert_eq!(Inviter::new(HASH, MINE, [10; 16], other).start(), Err(PairingError::TermsUnknown));
    let mut inviter = Inviter { state: InviterState::Admission, ..inviter() };
    let long = Admitted { proof: vec![0; PROOF_BYTES_MAX + 1], ..admitted() };
    assert_eq!(inviter.admitted(long), Err(PairingError::Malformed));
    assert!(inviter.admitted(Admitted { proof: vec![0; PROOF_BYTES_MAX], ..admitted() }).is_ok());
}

/// Goal: no bytes panic, and none but the canonical ones are a message. Method: every message with every byte
/// changed and at every length, and bytes that a hash draws.
#[test]
fn any_bytes_are_a_message_or_an_error() {
    let drawn = |seed: u32| {
        let bytes: Vec<u8> = (0..12u32).flat_map(|at| hash("t", &[&seed.to_be_bytes(), &at.to_be_bytes()])).collect();
        bytes[..seed as usize % bytes.len()].to_vec()
    };
    let mut tried: Vec<Vec<u8>> = (0..4_000).map(drawn).collect();
    for message in messages().map(|message| message.encode()) {
        tried.extend((0..=message.len()).map(|length| message[..length].to_vec()));
        tried.extend((0..message.len()).flat_map(|at| {
            [1, 0x80, 0xff].map(|change| {
                let mut changed = message.clone();
                changed[at] ^= change;
                changed
            })
        }));
        tried.push([message, vec![0]].concat());
    }
    for bytes in tried {
        if let Some(message) = PairingMessage::decode(&bytes) {
            assert_eq!(message.encode(), bytes);
        }
        for state in [InviterState::Nonce, InviterState::Words(Answers::default()), InviterState::Accept] {
            let _ = Inviter { state, ..inviter() }.receive(&bytes);
        }
        for state in [NewcomerState::Commit, NewcomerState::Here, NewcomerState::Admitted] {
            let _ = Newcomer { state, ..newcomer() }.receive(&bytes);
        }
    }
}
