//! Phones that stay connected hear of each other's news without another meeting.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kinweave_core::app::NewRecord;
use kinweave_core::model::Role;
use kinweave_core::model::kinds::Celebration;
use kinweave_tests::phone::{Phone, new_york};

const PATIENCE: Duration = Duration::from_secs(30);

/// Tells of every change that a phone's observer is told of.
fn changes_of(phone: &Phone) -> Receiver<()> {
    let (sender, changes) = channel();
    phone
        .home
        .on_change(Arc::new(move || {
            let _ = sender.send(());
        }))
        .unwrap();
    changes
}

fn wait_for_celebrations(phone: &Phone, changes: &Receiver<()>, count: usize) {
    while phone.all("celebration").len() < count {
        changes.recv_timeout(PATIENCE).expect("news in time");
    }
}

#[test]
fn news_reaches_a_connected_phone_and_through_it_a_third() {
    let start = new_york("2026-01-20T10:00");
    let [mut m1, mut l1, t1] = [1, 2, 3].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&l1, "Lena", Role::Member, None);
    m1.invite(&t1, "Tomás", Role::Member, None);
    m1.meet(&mut l1);
    let (at_marta, at_tomas) = (changes_of(&m1), changes_of(&t1));
    let lena = l1.address();
    let marta = m1.address();
    // Lena and Tomás are both connected to Marta's phone, and not to each other.
    m1.home.connect(l1.device(), Some(lena)).unwrap();
    t1.home.connect(m1.device(), Some(marta)).unwrap();
    l1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    wait_for_celebrations(&m1, &at_marta, 1);
    wait_for_celebrations(&t1, &at_tomas, 1);
    t1.home.add(NewRecord::new(Celebration::idea("a walk"))).unwrap();
    wait_for_celebrations(&m1, &at_marta, 2);
    m1.home.hang_up().unwrap();
    l1.home.add(NewRecord::new(Celebration::idea("another"))).unwrap();
    assert_eq!(m1.all("celebration").len(), 2, "nothing comes any more");
}
