//! A phone of which there is a second copy: a backup that was restored, or an old phone that somebody goes on using.

use kinweave_core::app::{Error, NewRecord, SecondCopy};
use kinweave_core::model::Role;
use kinweave_core::model::kinds::{Celebration, Encouragement, Journal};
use kinweave_tests::phone::{Phone, new_york};

const BEFORE: &str = "2026-02-09T10:00";
const AFTER: &str = "2026-02-14T10:00";

fn note(text: &str) -> NewRecord {
    NewRecord::new(Encouragement {
        to: Default::default(),
        text: text.to_owned(),
        encouragement_kind: Default::default(),
        open_on: None,
        link: None,
    })
}

fn texts(phone: &Phone) -> Vec<String> {
    let text = |record: kinweave_core::app::Record| record.body.to_fields()["text"].as_str().unwrap().to_owned();
    let mut texts: Vec<_> = phone.all("encouragement").into_iter().map(text).collect();
    texts.sort();
    texts
}

/// Marta, Lena and Dani with a phone each, who have met.
fn a_family() -> [Phone; 3] {
    let start = new_york(BEFORE);
    let [mut m1, l1, d1] = [1, 2, 3].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&l1, "Lena", Role::Member, None);
    m1.invite(&d1, "Dani", Role::Member, None);
    for phone in [&l1, &d1, &l1] {
        phone.meet(&mut m1);
    }
    [m1, l1, d1]
}

/// What all hold of what they share is the same, and every home is what its entries say.
fn hold_the_same(phones: [&Phone; 3]) {
    let shared = phones.map(|phone| {
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
        let mut shared = phone.home.dump().unwrap();
        shared.retain(|audience| audience.audience.members.len() > 1);
        shared
    });
    assert_eq!(shared[0], shared[1]);
    assert_eq!(shared[1], shared[2]);
}

#[test]
fn a_restored_backup_gets_its_words_back_writes_nothing_more_and_comes_back_as_a_new_device() {
    let [mut m1, l1, d1] = a_family();
    d1.home.add(note("before the backup")).unwrap();
    d1.home.add(NewRecord::new(Journal { on: "2026-02-09".parse().unwrap(), text: "Mine.".to_owned(), prompt: None })).unwrap();
    let backup = d1.backup();
    d1.home.add(note("after the backup")).unwrap();
    d1.meet(&mut m1);
    let old = d1.device();
    d1.home.close().unwrap();

    let restored = d1.restored(&backup, 13, new_york(AFTER));
    assert_eq!(restored.home.second_copy(), Ok(None));
    assert_eq!(texts(&restored), ["before the backup"]);
    restored.meet(&mut m1);
    assert_eq!(texts(&restored), ["after the backup", "before the backup"]);
    let noticed = SecondCopy { noticed_on: "2026-02-14".parse().unwrap() };
    assert_eq!(restored.home.second_copy(), Ok(Some(noticed)));
    assert_eq!(restored.home.add(note("too early")).map(drop), Err(Error::SecondCopy));
    let record = restored.all("encouragement").remove(0);
    assert_eq!(restored.home.erase(record.id), Err(Error::SecondCopy));

    let circle = restored.home.come_back_as_new_device().unwrap();
    assert_ne!(circle.device, old);
    assert_eq!(circle.me, m1.person("Dani"));
    assert_eq!(restored.home.second_copy(), Ok(None));
    restored.home.add(note("from the new device")).unwrap();
    assert!(restored.meet(&mut m1).equal);
    assert!(l1.meet(&mut m1).equal);
    for phone in [&restored, &m1, &l1] {
        assert_eq!(texts(phone), ["after the backup", "before the backup", "from the new device"]);
        let devices: Vec<_> = phone.home.devices().unwrap().into_iter().map(|device| device.device).collect();
        assert_eq!((devices.len(), devices.contains(&old), devices.contains(&circle.device)), (3, false, true));
        assert!(phone.home.status().unwrap().iter().all(|peer| peer.device != old));
    }
    restored.only("journal");
    hold_the_same([&m1, &l1, &restored]);
    // The keys of before aren't in the file any more, and what was noticed is not noticed again.
    restored.home.pause().unwrap();
    restored.home.resume(&restored.key).unwrap();
    assert_eq!((restored.home.second_copy(), restored.device()), (Ok(None), circle.device));
    restored.home.add(note("and on")).unwrap();
}

#[test]
fn what_was_noticed_outlives_the_process_and_reading_and_meeting_go_on() {
    let [mut m1, _, d1] = a_family();
    let backup = d1.backup();
    d1.home.add(note("after the backup")).unwrap();
    d1.meet(&mut m1);
    let restored = d1.restored(&backup, 13, new_york(AFTER));
    restored.meet(&mut m1);
    restored.home.pause().unwrap();
    restored.home.resume(&restored.key).unwrap();
    assert!(restored.home.second_copy().unwrap().is_some());
    m1.home.add(note("from Marta")).unwrap();
    assert!(restored.meet(&mut m1).equal);
    assert_eq!(texts(&restored), ["after the backup", "from Marta"]);
    assert_eq!(restored.home.add(note("too early")).map(drop), Err(Error::SecondCopy));
}

#[test]
fn without_a_second_copy_nobody_comes_back() {
    let [mut m1, l1, d1] = a_family();
    let (device, dump) = (d1.device(), d1.home.dump().unwrap());
    let circle = d1.home.come_back_as_new_device().unwrap();
    assert_eq!((circle.device, d1.home.dump().unwrap()), (device, dump));
    d1.meet(&mut m1);
    l1.meet(&mut m1);
    for phone in [&m1, &l1, &d1] {
        assert_eq!(phone.home.second_copy(), Ok(None));
    }
    assert_eq!(Phone::new(9, new_york(BEFORE)).home.second_copy(), Err(Error::NoCircle));
}

#[test]
fn an_old_phone_that_goes_on_is_told_by_the_keys_of_the_one_that_came_back_and_both_stay_their_owner_s() {
    let [mut m1, l1, d1] = a_family();
    let backup = d1.backup();
    d1.home.add(note("from the old phone")).unwrap();
    d1.meet(&mut m1);
    let mut restored = d1.restored(&backup, 13, new_york(AFTER));
    restored.meet(&mut m1);
    restored.home.come_back_as_new_device().unwrap();
    restored.home.add(note("from the new phone")).unwrap();
    restored.meet(&mut m1);

    assert_eq!(d1.home.second_copy(), Ok(None), "it hasn't heard of it");
    d1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    d1.meet(&mut m1);
    assert!(d1.home.second_copy().unwrap().is_some());
    d1.home.come_back_as_new_device().unwrap();
    d1.home.add(note("from the old phone under new keys")).unwrap();
    for _ in 0..2 {
        assert!(d1.meet(&mut m1).equal);
        assert!(restored.meet(&mut m1).equal);
        assert!(l1.meet(&mut m1).equal);
    }
    d1.meet(&mut restored);
    let all = ["from the new phone", "from the old phone", "from the old phone under new keys"];
    for phone in [&m1, &l1, &d1, &restored] {
        assert_eq!(texts(phone), all);
        phone.only("celebration");
        assert_eq!(phone.home.devices().unwrap().len(), 4);
    }
    hold_the_same([&m1, &d1, &restored]);
    hold_the_same([&m1, &l1, &d1]);
}
