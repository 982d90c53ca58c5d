//! Letting somebody in where somebody else must agree.

use std::time::Duration;

use kinweave_core::app::{Invitation, PairingStep};
use kinweave_core::model::{AgeBand, Role};
use kinweave_tests::phone::{Phone, new_york};

#[test]
fn a_guardian_who_is_not_the_inviter_approves_and_then_the_young_member_is_in() {
    let start = new_york("2026-01-20T10:00");
    let [mut m1, mut t1, i1] = [1, 2, 3].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&t1, "Tomás", Role::Member, None);
    let role = Role::YoungMember(AgeBand::From13To17);
    let guardian = Some(t1.me());
    let any = "127.0.0.1:0".parse().unwrap();
    let inviting = m1.home.invite(Invitation::NewMember { role, guardian }, any).unwrap();
    let joining = i1.home.join(&inviting.code().unwrap(), "Iris").unwrap();
    let patience = Duration::from_secs(20);
    inviting.next(patience).unwrap();
    joining.next(patience).unwrap();
    inviting.confirm_words(true).unwrap();
    joining.confirm_words(true).unwrap();
    joining.next(patience).unwrap();
    joining.accept().unwrap();
    assert_eq!(joining.next(patience).unwrap(), PairingStep::Waiting);
    assert_eq!(inviting.next(patience).unwrap(), PairingStep::Waiting);
    let waiting = m1.home.pending().unwrap();
    assert!(waiting.len() == 1 && waiting[0].accepted && !waiting[0].waits_for_me);
    assert_eq!(m1.home.circle().unwrap().people.len(), 2);

    m1.meet(&mut t1);
    let waiting = t1.home.pending().unwrap();
    assert!(waiting[0].waits_for_me && waiting[0].accepted);
    t1.home.approve(waiting[0].admit).unwrap();
    assert_eq!(t1.home.circle().unwrap().people.len(), 3);
    i1.meet(&mut t1);
    assert_eq!(i1.home.circle().unwrap().people.len(), 3);
    assert!(i1.home.circle().unwrap().people.iter().any(|person| person.is_me && person.role == role));
}
