//! Whatever makes a read answer something else is told to the observer of that phone.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kinweave_core::app::NewRecord;
use kinweave_core::model::Role;
use kinweave_core::model::kinds::Celebration;
use kinweave_core::views::Language;
use kinweave_tests::phone::{Phone, new_york};

const PATIENCE: Duration = Duration::from_secs(30);

struct Watched {
    phone: Phone,
    changes: Receiver<()>,
}

impl Watched {
    fn new(seed: u8) -> Self {
        let phone = Phone::new(seed, new_york("2026-01-20T10:00"));
        let (sender, changes) = channel();
        phone.home.on_change(Arc::new(move || sender.send(()).unwrap_or_default())).unwrap();
        Self { phone, changes }
    }

    /// `deed` was told of once it is done, and what came before it doesn't count.
    fn is_told_of(&self, what: &str, deed: impl FnOnce(&Phone)) {
        while self.changes.try_recv().is_ok() {}
        deed(&self.phone);
        self.changes.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("nobody was told of {what}"));
    }
}

#[test]
fn deeds_on_this_phone() {
    let marta = Watched::new(1);
    marta.is_told_of("a circle", |phone| drop(phone.home.create_circle("Reyes", "Marta").unwrap()));
    marta.is_told_of("a record", |phone| {
        phone.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    });
    marta.is_told_of("what was seen", |phone| phone.home.mark_seen().unwrap());
    marta.is_told_of("another language", |phone| phone.home.set_language(Language::Es).unwrap());
    marta.is_told_of("another zone", |phone| phone.home.set_zone("Asia/Tokyo".parse().unwrap()).unwrap());
    marta.is_told_of("a removal", |phone| {
        let id = phone.all("celebration")[0].id;
        phone.home.erase(id).unwrap();
    });
    marta.is_told_of("an empty trash", |phone| phone.home.empty_trash().unwrap());
    marta.is_told_of("a legal hold", |phone| phone.home.set_legal_hold(true).unwrap());
}

#[test]
fn pairing_and_a_meeting_without_news_on_both_sides() {
    let (mut marta, mut lena) = (Watched::new(1), Watched::new(2));
    marta.phone.home.create_circle("Reyes", "Marta").unwrap();
    lena.is_told_of("being let in", |lena| marta.phone.invite(lena, "Lena", Role::Member, None));
    let device = lena.phone.device();
    let address = lena.phone.address();
    marta.phone.home.meet(device, Some(address)).unwrap();
    marta.is_told_of("a meeting", |marta| {
        marta.home.meet(device, Some(address)).unwrap();
    });
    lena.changes.recv_timeout(PATIENCE).expect("the phone that was called is told too");
}
