//! Who is who, from events in any order. Method: a small scribe writes events as devices would, and the fold is asked.
#![cfg(test)]

use super::*;
use crate::identity::keys::{Purpose, SignKey};
use crate::model::roster_event::{AgeBand, DeviceAdd, Found, MemberStart, Seen, pop_hash};

/// A member with a device, and how many events that device has written where.
struct Scribe {
    key: SignKey,
    start: MemberStart,
    numbers: std::collections::BTreeMap<Audience, u64>,
}

fn keys(key: &SignKey, byte: u8) -> DeviceKeys {
    DeviceKeys { sign_key: key.device(), noise_key: NoiseKey::from_bytes([byte; 32]) }
}

impl Scribe {
    fn new(byte: u8) -> Self {
        let key = SignKey::from_bytes(&[byte; 32]);
        let start = MemberStart { nonce: [byte; 16], keys: keys(&key, byte) };
        Self { key, start, numbers: Default::default() }
    }

    fn id(&self) -> MemberId {
        self.start.member_id()
    }

    fn write(&mut self, audience: Audience, seen: Seen, fact: Fact) -> TrustEvent {
        let number = self.numbers.entry(audience.clone()).or_insert(1);
        *number += 1;
        let position = Position { device: self.key.device(), number: *number };
        let name =
            [&position.device.as_bytes()[..], &position.number.to_be_bytes(), audience.tag().as_str().as_bytes()];
        let hash = EntryHash::from_bytes(crate::model::hash::hash("test", &name));
        TrustEvent { audience, position, hash, event: RosterEvent { seen, fact }, is_accepted: false }
    }

    fn begin(&mut self) -> TrustEvent {
        let fact = Fact::MemberStart(self.start);
        self.write(Audience::Keys(self.id()), Seen::default(), fact)
    }

    fn roster(&mut self, fact: Fact) -> TrustEvent {
        self.write(Audience::Roster, Seen::default(), fact)
    }
}

fn admit(member: MemberId, role: Role, guardian: Option<MemberId>) -> Admit {
    Admit { member, role, approvers: vec![], guardian, continues: None }
}

/// A circle with Marta in it, and what says so.
fn a_circle() -> (CircleId, Scribe, Vec<TrustEvent>) {
    let mut marta = Scribe::new(1);
    let found = Found { nonce: [9; 16], rules: 1, founder: marta.id() };
    let events = vec![marta.begin(), marta.roster(Fact::Found(found))];
    (found.circle_id(), marta, events)
}

/// Lets `newcomer` in at the hand of `inviter`.
fn let_in(inviter: &mut Scribe, newcomer: &mut Scribe, admit: Admit, events: &mut Vec<TrustEvent>) -> EntryHash {
    let invitation = inviter.roster(Fact::Admit(admit));
    let hash = invitation.hash;
    events.push(newcomer.begin());
    events.push(newcomer.roster(Fact::Accept { admit: hash, terms: [0; 32] }));
    events.push(invitation);
    hash
}

#[test]
fn an_adult_is_in_once_inviter_and_newcomer_have_signed_in_any_order() {
    let (circle, mut marta, mut events) = a_circle();
    let mut lena = Scribe::new(2);
    let terms = admit(lena.id(), Role::Member, None);
    let_in(&mut marta, &mut lena, terms, &mut events);
    for turn in 0..events.len() {
        events.rotate_left(1);
        let roster = Roster::fold(&circle, &events);
        assert_eq!(roster.adults(), [marta.id(), lena.id()].into(), "turn {turn}");
        assert_eq!(roster.member(&lena.id()).unwrap().invited_by, Some(marta.id()));
    }
    for missing in 0..events.len() {
        let mut fewer = events.clone();
        let gone = fewer.remove(missing);
        let roster = Roster::fold(&circle, &fewer);
        assert!(roster.member(&lena.id()).is_none(), "without {:?}", gone.event.fact);
    }
}

#[test]
fn whoever_is_not_in_lets_nobody_in() {
    let (circle, _, mut events) = a_circle();
    let (mut stranger, mut friend) = (Scribe::new(7), Scribe::new(8));
    events.push(stranger.begin());
    let terms = admit(friend.id(), Role::Member, None);
    let_in(&mut stranger, &mut friend, terms, &mut events);
    let found = Found { nonce: [1; 16], rules: 1, founder: stranger.id() };
    events.push(stranger.roster(Fact::Found(found)));
    assert_eq!(Roster::fold(&circle, &events).members().count(), 1);
}

#[test]
fn a_young_member_needs_a_guardian_who_is_an_adult_here_and_agrees() {
    let (circle, mut marta, mut events) = a_circle();
    let (mut lena, mut iris) = (Scribe::new(2), Scribe::new(3));
    let terms = admit(lena.id(), Role::Member, None);
    let_in(&mut marta, &mut lena, terms, &mut events);
    let young = Role::YoungMember(AgeBand::From13To17);
    let mut alone = events.clone();
    let terms = admit(iris.id(), young, None);
    let_in(&mut marta, &mut iris, terms, &mut alone);
    assert!(Roster::fold(&circle, &alone).member(&iris.id()).is_none(), "without a guardian");
    let mut iris = Scribe::new(4);
    let terms = admit(iris.id(), young, Some(lena.id()));
    let hash = let_in(&mut marta, &mut iris, terms, &mut events);
    let waiting = Roster::fold(&circle, &events);
    assert!(waiting.member(&iris.id()).is_none());
    assert_eq!(waiting.pending()[&hash].waiting_for, [lena.id()].into());
    assert!(waiting.pending()[&hash].accepted);
    events.push(lena.roster(Fact::Approve(hash)));
    let roster = Roster::fold(&circle, &events);
    assert_eq!(roster.role(&iris.id()), Some(young));
    assert_eq!(roster.adults().len(), 2);
    assert_eq!(roster.everyone().len(), 3);
    assert!(!roster.may_hold(&iris.id(), &Audience::HomeAdults));
    assert!(roster.may_hold(&iris.id(), &Audience::Home));
}

#[test]
fn whoever_asked_to_be_asked_must_approve_what_was_written_knowing_it() {
    let (circle, mut marta, mut events) = a_circle();
    let (mut dani, mut lena, mut tomas) = (Scribe::new(2), Scribe::new(3), Scribe::new(4));
    let terms = admit(dani.id(), Role::Member, None);
    let_in(&mut marta, &mut dani, terms, &mut events);
    let ask = dani.roster(Fact::AskMe(true));
    let seen = Seen { keys: vec![], roster: vec![(ask.position.device, ask.position.number)] };
    // Marta hadn't heard of it when she let Lena in, and had when she let Tomás in.
    let terms = admit(lena.id(), Role::Member, None);
    let_in(&mut marta, &mut lena, terms, &mut events);
    let invitation = marta.write(Audience::Roster, seen, Fact::Admit(admit(tomas.id(), Role::Member, None)));
    let hash = invitation.hash;
    events.extend([tomas.begin(), tomas.roster(Fact::Accept { admit: hash, terms: [0; 32] }), invitation]);
    let unknowing = Roster::fold(&circle, &events);
    assert!(unknowing.member(&tomas.id()).is_none(), "what Marta saw isn't here, so nobody can say");
    events.push(ask);
    let waiting = Roster::fold(&circle, &events);
    assert!(waiting.member(&lena.id()).is_some() && waiting.member(&tomas.id()).is_none());
    events.push(dani.roster(Fact::Approve(hash)));
    assert!(Roster::fold(&circle, &events).member(&tomas.id()).is_some());
}

#[test]
fn a_device_counts_once_another_added_it_and_it_confirmed_with_its_own_key() {
    let (circle, mut marta, events) = a_circle();
    let (member, tablet) = (marta.id(), SignKey::from_bytes(&[5; 32]));
    let new = keys(&tablet, 5);
    let pop = tablet.sign(Purpose::Possession, &pop_hash(&circle, &member, &new, &[6; 32]));
    let add = |pop| Fact::DeviceAdd(DeviceAdd { keys: new, handshake_hash: [6; 32], pop });
    let added = marta.write(Audience::Keys(member), Seen::default(), add(pop));
    let mut scribe = Scribe { key: SignKey::from_bytes(&[5; 32]), ..Scribe::new(5) };
    let confirmed = scribe.write(Audience::Keys(member), Seen::default(), Fact::DeviceConfirm(added.hash));
    let active = |more: &[TrustEvent]| {
        let roster = Roster::fold(&circle, &[events.clone(), more.to_vec()].concat());
        roster.joined_member_of(&tablet.device()) == Some(member)
    };
    assert!(active(&[confirmed.clone(), added.clone()]));
    assert!(!active(std::slice::from_ref(&added)) && !active(std::slice::from_ref(&confirmed)));
    let forged = TrustEvent {
        event: RosterEvent { seen: Seen::default(), fact: add(crate::model::Signature::from_bytes([0; 64])) },
        ..added
    };
    assert!(!active(&[forged, confirmed]), "the key must have been there");
}
