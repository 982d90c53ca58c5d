//! A phone of which there is a second copy: a backup that was restored, or an old phone that somebody goes on using.

use std::collections::BTreeSet;

use kinweave_core::app::{Error, ListQuery, NewRecord, SecondCopy, SetAsideReason, ShareWith};
use kinweave_core::model::Role;
use kinweave_core::model::kinds::{Celebration, Journal};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::note;

const BEFORE: &str = "2026-02-09T10:00";
const AFTER: &str = "2026-02-14T10:00";

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
    let [first, second, third] = phones.map(|phone| {
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
        let shared = phone.home.dump().unwrap().into_iter().filter(|dump| dump.audience.members.len() > 2);
        shared.flat_map(|dump| dump.entries.into_iter().chain(dump.rows)).collect::<BTreeSet<String>>()
    });
    for other in [second, third] {
        assert_eq!(first.symmetric_difference(&other).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}

#[test]
fn a_restored_backup_gets_its_words_back_writes_nothing_more_and_comes_back_as_a_new_device() {
    let [mut m1, l1, d1] = a_family();
    d1.home.add(note("before the backup")).unwrap();
    d1.home
        .add(NewRecord::new(Journal { on: "2026-02-09".parse().unwrap(), text: "Mine.".to_owned(), prompt: None }))
        .unwrap();
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

/// Dani's old phone and the one that a backup of it was restored to, with the two sides of what they wrote since.
fn two_copies(d1: &Phone, since: impl Fn(&Phone, &str)) -> Phone {
    let backup = d1.backup();
    let restored = d1.restored(&backup, 13, new_york(AFTER));
    since(d1, "old");
    since(&restored, "new");
    restored
}

/// Everybody meets until nothing is new, both copies of Dani's phone under their old keys; then these come back, and all meet
/// again.
fn all_meet_and_both_come_back(m1: &mut Phone, l1: &mut Phone, copies: [&Phone; 2]) {
    for round in 0..4 {
        for copy in copies {
            copy.meet(m1);
            copy.meet(l1);
            l1.meet(m1);
        }
        if round == 1 {
            for copy in copies {
                assert!(copy.home.second_copy().unwrap().is_some());
                copy.home.come_back_as_new_device().unwrap();
                copy.meet(m1);
            }
        }
    }
    for phone in [&*m1, l1, copies[0], copies[1]] {
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
        assert_eq!(phone.home.held().unwrap().for_a_newer_app, 0);
    }
    assert!(copies[0].meet(m1).equal && copies[1].meet(m1).equal && l1.meet(m1).equal);
    hold_the_same([m1, l1, copies[0]]);
    hold_the_same([m1, copies[0], copies[1]]);
}

#[test]
fn what_two_copies_wrote_at_once_is_kept_whole_by_everybody() {
    let [mut m1, mut l1, d1] = a_family();
    d1.home.add(note("before")).unwrap();
    d1.meet(&mut m1);
    let restored = two_copies(&d1, |copy, side| {
        copy.home.add(note(&format!("{side} 1"))).unwrap();
        copy.home.add(note(&format!("{side} 2"))).unwrap();
    });
    // Lena hears one side first and Marta the other.
    d1.meet(&mut m1);
    restored.meet(&mut l1);
    l1.meet(&mut m1);
    all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
    for phone in [&m1, &l1, &d1, &restored] {
        assert_eq!(texts(phone), ["before", "new 1", "new 2", "old 1", "old 2"]);
    }
}

#[test]
fn copies_that_part_at_the_first_words_of_a_set_are_told_apart_too() {
    let [mut m1, mut l1, d1] = a_family();
    let (marta, lena) = (m1.me(), l1.me());
    let restored = two_copies(&d1, |copy, side| {
        copy.home.add(note(&format!("{side} to Marta")).with(ShareWith::Chosen(vec![marta]))).unwrap();
        copy.home.add(note(&format!("{side} to both")).with(ShareWith::Chosen(vec![marta, lena]))).unwrap();
    });
    all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
    assert_eq!(texts(&m1), ["new to Marta", "new to both", "old to Marta", "old to both"]);
    assert_eq!(texts(&l1), ["new to both", "old to both"]);
}

#[test]
fn what_others_answered_to_one_copy_stays_with_it() {
    let [mut m1, mut l1, d1] = a_family();
    let backup = d1.backup();
    let plan = d1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    d1.meet(&mut m1);
    let answer = kinweave_core::model::kinds::Rsvp {
        answer: kinweave_core::model::kinds::RsvpAnswer::Yes,
        note: Some("I bring popcorn.".to_owned()),
    };
    m1.home.add(NewRecord::new(answer).about(plan.id)).unwrap();
    let shown = m1.only("celebration");
    m1.edit(&shown, &[("place", "Marta's sofa")]);
    let restored = d1.restored(&backup, 13, new_york(AFTER));
    restored.home.add(note("from the restored one")).unwrap();
    restored.meet(&mut l1);
    l1.meet(&mut m1);
    all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
    for phone in [&m1, &l1, &d1, &restored] {
        let plan = phone.only("celebration");
        assert_eq!(plan.body.to_fields()["place"], "Marta's sofa");
        let answers = phone.home.list(&ListQuery { about: Some(plan.id), ..ListQuery::default() }).unwrap().records;
        assert_eq!(answers.len(), 1);
        assert_eq!(texts(phone), ["from the restored one"]);
    }
    // And it goes on: its parts are named by where they stand now.
    let plan = l1.only("celebration");
    l1.edit(&plan, &[("place", "Lena's garden")]);
    d1.home.erase(plan.id).unwrap();
    for _ in 0..2 {
        for phone in [&d1, &l1, &restored] {
            phone.meet(&mut m1);
        }
    }
    for phone in [&m1, &l1, &d1, &restored] {
        assert_eq!((phone.all("celebration"), phone.all("rsvp")), (vec![], vec![]));
    }
}

#[test]
fn of_edits_that_two_copies_made_of_one_record_that_counts_on_which_somebody_has_built() {
    for built_on in ["old", "new"] {
        let [mut m1, mut l1, d1] = a_family();
        d1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
        d1.meet(&mut m1);
        let restored = two_copies(&d1, |copy, side| {
            copy.edit(&copy.only("celebration"), &[("place", &format!("place of the {side} one"))]);
            copy.edit(&copy.only("celebration"), &[("place", &format!("better place of the {side} one"))]);
        });
        let (first, second) = if built_on == "old" { (&d1, &restored) } else { (&restored, &d1) };
        first.meet(&mut m1);
        m1.edit(&m1.only("celebration"), &[("cost_note", "Marta brings chairs.")]);
        second.meet(&mut l1);
        all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
        for phone in [&m1, &l1, &d1, &restored] {
            let fields = phone.only("celebration").body.to_fields();
            assert_eq!(fields["place"], format!("better place of the {built_on} one"));
            assert_eq!(fields["cost_note"], "Marta brings chairs.");
            assert_eq!(phone.home.held().unwrap().waiting, 2, "the other edits wait, and are told of");
            let told = phone.home.set_aside().unwrap();
            let lines: Vec<_> =
                told.iter().map(|one| (one.reason, one.entries, one.member, &one.records[..])).collect();
            let plan = phone.only("celebration").id;
            assert_eq!(lines, [(SetAsideReason::SecondCopy, 2, Some(d1.me()), &[plan][..])]);
        }
    }
}

#[test]
fn copies_that_went_on_for_long_find_where_they_parted() {
    let [mut m1, mut l1, d1] = a_family();
    for number in 0..100 {
        d1.home.add(note(&format!("before {number:03}"))).unwrap();
    }
    d1.meet(&mut m1);
    let restored = two_copies(&d1, |copy, side| {
        for number in 0..300 {
            copy.home.add(note(&format!("{side} {number:03}"))).unwrap();
        }
    });
    d1.meet(&mut m1);
    restored.meet(&mut l1);
    all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
    assert_eq!(m1.all("encouragement").len() + l1.all("encouragement").len(), 2 * 500);
}

#[test]
fn members_let_in_by_either_copy_stay() {
    let [mut m1, mut l1, mut d1] = a_family();
    let backup = d1.backup();
    let [t1, i1] = [7, 8].map(|seed| Phone::new(seed, new_york(BEFORE)));
    d1.invite(&t1, "Tomás", Role::Member, None);
    d1.meet(&mut m1);
    let mut restored = d1.restored(&backup, 13, new_york(AFTER));
    restored.invite(&i1, "Iris", Role::Member, None);
    restored.meet(&mut l1);
    l1.meet(&mut m1);
    all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
    for newcomer in [&t1, &i1] {
        newcomer.meet(&mut m1);
    }
    for newcomer in [&t1, &i1, &d1, &restored] {
        assert!(newcomer.meet(&mut m1).equal);
        assert_eq!(newcomer.home.circle().unwrap().people.len(), 5);
    }
}

#[test]
fn words_that_a_copy_replaced_are_replaced_on_its_side_alone() {
    let [mut m1, mut l1, d1] = a_family();
    let restored = two_copies(&d1, |copy, side| {
        copy.home.add(note(&format!("{side}, a draft"))).unwrap();
        let draft =
            copy.all("encouragement").into_iter().find(|it| it.body.to_fields()["text"] == format!("{side}, a draft"));
        copy.edit(&draft.unwrap(), &[("text", &format!("{side}, better"))]);
    });
    d1.meet(&mut m1);
    restored.meet(&mut l1);
    all_meet_and_both_come_back(&mut m1, &mut l1, [&d1, &restored]);
    for phone in [&m1, &l1, &d1, &restored] {
        assert_eq!(texts(phone), ["new, better", "old, better"]);
    }
    let edited = d1.all("encouragement").into_iter().find(|it| it.body.to_fields()["text"] == "new, better");
    d1.edit(&edited.unwrap(), &[("text", "new, best")]);
    for _ in 0..2 {
        for phone in [&d1, &l1, &restored] {
            phone.meet(&mut m1);
        }
    }
    for phone in [&m1, &l1, &d1, &restored] {
        assert_eq!(texts(phone), ["new, best", "old, better"]);
    }
}
