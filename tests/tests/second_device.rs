//! A second device of one's own: it gets what its member has, writes into feeds of its own, and what the two write apart
//! is merged or shown, never lost.

use kinweave_core::app::{Invitation, ListQuery, NewRecord, PairingStep, Record, ShareWith};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::{Celebration, Encouragement, Journal, RecoveryTimeline};
use kinweave_core::model::{Body, Role};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::{card, setback};

const S: &str = "2026-01-12";

fn note(text: &str) -> Encouragement {
    Encouragement {
        to: Default::default(),
        text: text.to_owned(),
        encouragement_kind: Default::default(),
        open_on: None,
        link: None,
    }
}

fn page(text: &str) -> NewRecord {
    NewRecord::new(Journal { on: S.parse().unwrap(), text: text.to_owned(), prompt: None })
}

fn text_of(record: &Record, field: &str) -> String {
    record.body.to_fields()[field].as_str().unwrap().to_owned()
}

/// Marta, Lena and Dani with one phone each, and one for Dani that is still empty.
fn a_family() -> [Phone; 4] {
    let start = new_york("2026-02-09T10:00");
    let [mut m1, mut l1, d1, d2] = [1, 2, 3, 4].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&l1, "Lena", Role::Member, None);
    m1.invite(&d1, "Dani", Role::Member, None);
    m1.meet(&mut l1);
    d1.meet(&mut l1);
    [m1, l1, d1, d2]
}

/// What both hold of every audience is the same, and of the same audiences.
fn hold_the_same(one: &Phone, other: &Phone) {
    let [one, other] = [one, other].map(|phone| {
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
        phone.home.dump().unwrap()
    });
    assert_eq!(one, other);
}

#[test]
fn a_second_device_gets_all_that_its_member_has_and_writes_in_feeds_of_its_own() {
    let [mut m1, mut l1, mut d1, mut d2] = a_family();
    let marta = d1.person("Marta");
    d1.home.add(NewRecord::new(RecoveryTimeline::starting(S.parse().unwrap()))).unwrap();
    d1.home.add(page("Nobody knows this.")).unwrap();
    d1.home.add(NewRecord::new(note("for Marta")).with(ShareWith::Chosen(vec![marta]))).unwrap();
    d1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    d1.meet(&mut m1);
    d1.meet(&mut l1);
    // Written by others while the second device is being paired, and in sets that are older than it.
    let dani = l1.person("Dani");
    l1.home.add(NewRecord::new(note("from Lena alone")).with(ShareWith::Chosen(vec![dani]))).unwrap();
    m1.home.add(NewRecord::new(note("from Marta to all"))).unwrap();
    d1.add_device(&d2);
    assert_eq!(d2.me(), d1.me());
    assert_ne!(d2.device(), d1.device());
    hold_the_same(&d1, &d2);
    assert_eq!(text_of(&d2.only("journal"), "text"), "Nobody knows this.");
    assert_eq!(d2.home.days().unwrap(), d1.home.days().unwrap());
    d2.only("celebration");
    // What it gets from others: the sets of its member, from the time before it too.
    assert_eq!(d2.all("encouragement").len(), 1);
    d2.meet(&mut l1);
    d2.meet(&mut m1);
    assert_eq!(d2.all("encouragement").len(), 3);
    let before = d1.home.dump().unwrap();
    d1.meet(&mut d2);
    hold_the_same(&d1, &d2);
    // Feeds of its own: nothing that it writes moves the first device's.
    d2.home.add(page("From the tablet.")).unwrap();
    d2.home.add(NewRecord::new(note("from the tablet"))).unwrap();
    d2.meet(&mut m1);
    d1.meet(&mut d2);
    m1.meet(&mut l1);
    hold_the_same(&d1, &d2);
    let own = |dump: &[kinweave_core::app::AudienceDump]| {
        let entries = dump.iter().flat_map(|audience| audience.entries.clone());
        entries.filter(|entry| entry.starts_with(&d1.device().to_string())).count()
    };
    let held_before: usize = own(&before);
    assert_eq!(own(&d1.home.dump().unwrap()), held_before);
    for phone in [&m1, &l1] {
        assert!(phone.all("encouragement").iter().any(|record| text_of(record, "text") == "from the tablet"));
        assert!(phone.all("journal").is_empty());
        let audiences = phone.home.dump().unwrap();
        let strange = audiences.iter().filter(|it| matches!(it.audience.tag, AudienceTag::Me | AudienceTag::Journal));
        assert!(strange.flat_map(|it| &it.audience.members).all(|member| *member == phone.me()), "nobody else's");
    }
}

#[test]
fn a_second_device_has_a_name_that_only_its_own_member_sees() {
    let [mut m1, _, d1, mut d2] = a_family();
    let any = "127.0.0.1:0".parse().unwrap();
    let patience = std::time::Duration::from_secs(20);
    let inviting = d1.home.invite(Invitation::OwnDevice, any).unwrap();
    let joining = d2.home.join(&inviting.code().unwrap(), "The old tablet in the kitchen drawer").unwrap();
    let (here, there) = (inviting.next(patience).unwrap(), joining.next(patience).unwrap());
    assert_eq!(here, there, "the words");
    inviting.confirm_words(true).unwrap();
    joining.confirm_words(true).unwrap();
    let PairingStep::Here(here) = joining.next(patience).unwrap() else { panic!("who is here") };
    assert_eq!(here.people.len(), 3);
    joining.accept().unwrap();
    assert!(matches!(joining.next(patience), Ok(PairingStep::Done(_))));
    assert!(matches!(inviting.next(patience), Ok(PairingStep::Done(_))));
    d1.meet(&mut d2);
    let tablet = d2.device();
    let name_of = |phone: &Phone| {
        let devices = phone.home.devices().unwrap();
        devices.into_iter().find(|device| device.device == tablet).unwrap().nickname
    };
    // As many characters as a nickname may have.
    assert_eq!(name_of(&d1).as_deref(), Some("The old tablet in the kitchen"));
    assert_eq!(name_of(&d2), name_of(&d1));
    let named = d1.only("device_name");
    d1.edit(&named, &[("nickname", "Tablet")]);
    d1.meet(&mut d2);
    assert_eq!(name_of(&d2).as_deref(), Some("Tablet"));
    d1.meet(&mut m1);
    assert_eq!(m1.home.devices().unwrap().len(), 4);
    assert_eq!(name_of(&m1), None);
    assert!(m1.all("device_name").is_empty());
}

#[test]
fn words_written_apart_on_two_own_devices_stand_side_by_side_until_one_is_picked() {
    let [_, _, mut d1, mut d2] = a_family();
    let first = d1.home.add(page("Angry.")).unwrap();
    let private = d1.home.add(NewRecord::new(setback("2026-02-02", "2026-02-03"))).unwrap();
    d1.add_device(&d2);
    let (here, there) = (d1.home.get(first.id).unwrap(), d2.home.get(first.id).unwrap());
    d1.edit(&here, &[("text", "Angry at him.")]);
    d2.edit(&there, &[("text", "Angry at myself.")]);
    // Different fields of one record merge without a word.
    let (here, there) = (d1.home.get(private.id).unwrap(), d2.home.get(private.id).unwrap());
    d1.edit(&here, &[("resumed_on", "2026-02-04")]);
    d2.edit(&there, &[("learned", "Sleep first.")]);
    d1.meet(&mut d2);
    for phone in [&d1, &d2] {
        let page = phone.only("journal");
        let mut words: Vec<_> = page.conflicts[0].candidates.iter().map(|it| it.value.as_str().unwrap()).collect();
        words.sort_unstable();
        assert_eq!(
            (page.conflicts[0].field.as_str(), &words[..]),
            ("text", &["Angry at him.", "Angry at myself."][..])
        );
        let merged = phone.only("setback");
        assert_eq!(merged.conflicts, []);
        assert_eq!([text_of(&merged, "resumed_on"), text_of(&merged, "learned")], ["2026-02-04", "Sleep first."]);
    }
    d2.home.resolve(first.id, "text", &"Angry at myself.".into()).unwrap();
    d2.meet(&mut d1);
    for phone in [&d1, &d2] {
        let page = phone.only("journal");
        assert!(page.conflicts.is_empty());
        assert_eq!(text_of(&page, "text"), "Angry at myself.");
    }
    hold_the_same(&d1, &d2);
}

#[test]
fn shared_words_replaced_on_both_devices_are_two_candidates_and_of_cards_the_more_closed_one_shows() {
    let [mut m1, _, mut d1, d2] = a_family();
    let words = d1.home.add(NewRecord::new(note("Thank you."))).unwrap();
    let counting = kinweave_core::model::kinds::CardMode::Counting;
    let shown = card(counting, "2026-02-09", 28, Some("2026-02-16"));
    let published = d1.home.add(NewRecord::new(shown).with(ShareWith::Circle)).unwrap();
    d1.meet(&mut m1);
    d1.add_device(&d2);
    let (here, there) = (d1.home.get(words.id).unwrap(), d2.home.get(words.id).unwrap());
    d1.edit(&here, &[("text", "Thank you, Mamá.")]);
    d2.edit(&there, &[("text", "Thank you all.")]);
    // The tablet pauses the card; the phone, which hasn't heard, counts on. The later one is not the one that shows.
    let (here, there) = (d1.home.get(published.id).unwrap(), d2.home.get(published.id).unwrap());
    let paused = kinweave_core::model::kinds::RecoveryCard::paused("2026-02-09".parse().unwrap());
    d2.home.edit(there.id, &there.version, paused.into()).unwrap();
    let again = card(counting, "2026-02-10", 29, Some("2026-02-17"));
    d1.clock.set(new_york("2026-02-10T10:00"));
    d1.home.edit(here.id, &here.version, Body::from(again)).unwrap();
    d1.meet(&mut m1);
    assert_eq!(text_of(&m1.only("recovery_card"), "mode"), "counting");
    d2.meet(&mut m1);
    d2.meet(&mut d1);
    d1.meet(&mut m1);
    for phone in [&m1, &d1, &d2] {
        let note = phone.only("encouragement");
        assert_eq!(note.id, words.id, "edits keep the id");
        let mut texts: Vec<_> = note.conflicts[0].candidates.iter().map(|it| it.value.as_str().unwrap()).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["Thank you all.", "Thank you, Mamá."]);
        assert_eq!(text_of(&phone.only("recovery_card"), "mode"), "paused", "the more closed one");
    }
    hold_the_same(&d1, &d2);
    // An edit that has seen both takes the place of both.
    d1.edit(&d1.only("encouragement"), &[("text", "Thank you all, and Mamá.")]);
    d1.meet(&mut m1);
    let note = m1.only("encouragement");
    assert!(note.conflicts.is_empty());
    assert_eq!(text_of(&note, "text"), "Thank you all, and Mamá.");
}

#[test]
fn a_third_device_is_paired_from_the_second_while_the_first_is_away() {
    let [mut m1, mut l1, mut d1, mut d2] = a_family();
    d1.home.add(page("Before.")).unwrap();
    d1.home.add(NewRecord::new(note("before"))).unwrap();
    d1.meet(&mut m1);
    d1.add_device(&d2);
    d1.home.add(page("On the first, which is away now.")).unwrap();
    let mut d3 = Phone::new(5, new_york("2026-02-09T10:00"));
    d2.add_device(&d3);
    hold_the_same(&d2, &d3);
    assert_eq!(text_of(&d3.only("journal"), "text"), "Before.");
    // Marta has heard of neither; the third proves itself through the second.
    m1.home.add(NewRecord::new(note("from Marta"))).unwrap();
    d3.meet(&mut m1);
    assert_eq!(d3.all("encouragement").len(), 2);
    d3.home.add(NewRecord::new(note("from the third"))).unwrap();
    d3.meet(&mut m1);
    m1.meet(&mut l1);
    assert!(l1.all("encouragement").iter().any(|record| text_of(record, "text") == "from the third"));
    // The first comes back and has heard of nothing.
    d3.meet(&mut d1);
    d1.meet(&mut d2);
    d2.meet(&mut d3);
    assert_eq!(d3.all("journal").len(), 2);
    hold_the_same(&d1, &d2);
    hold_the_same(&d1, &d3);
    let query = ListQuery { kinds: vec!["journal".to_owned()], ..ListQuery::default() };
    assert_eq!(l1.home.list(&query).unwrap().records.len(), 0);
}
