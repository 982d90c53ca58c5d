//! Removing with a week to think better of it, and what runs out: where it goes, where it stays, and who decides the day.

use kinweave_core::app::{ClockState, Error, NewRecord, Prompt, Record, Rule, ShareWith};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::{Emoji, Journal, RecoveryCard};
use kinweave_core::model::{Role, TrashId};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::note;

const START: &str = "2026-02-14T10:00";
const LAST_DAY: &str = "2026-02-28";
const OVER: &str = "2026-03-01T09:00";

fn note_until(text: &str, last_day: &str) -> NewRecord {
    NewRecord { expires_on: Some(last_day.parse().unwrap()), ..note(text) }
}

fn texts(phone: &Phone) -> Vec<String> {
    let text = |record: &Record| record.body.to_fields()["text"].as_str().unwrap().to_owned();
    phone.all("encouragement").iter().map(text).collect()
}

/// Marta, Lena and Dani, who have all met each other.
fn a_family() -> [Phone; 3] {
    let [mut marta, mut lena, dani] = [1, 2, 3].map(|seed| Phone::new(seed, new_york(START)));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    marta.invite(&dani, "Dani", Role::Member, None);
    lena.meet(&mut marta);
    dani.meet(&mut lena);
    [marta, lena, dani]
}

/// Each dials the two others, so that each has met two when its own call returns.
fn all_meet(phones: &mut [&mut Phone; 3]) {
    for _ in 0..3 {
        let [dialler, others @ ..] = &mut *phones;
        for other in others {
            dialler.meet(other);
        }
        phones.rotate_left(1);
    }
}

fn clocks(phones: &[&Phone], local: &str) {
    phones.iter().for_each(|phone| phone.clock.set(new_york(local)));
}

#[test]
fn what_was_removed_comes_back_as_a_new_record_with_the_same_words_and_people() {
    let [mut marta, lena, dani] = a_family();
    let lenas = dani.home.add(note("for Lena").with(ShareWith::Chosen(vec![dani.person("Lena")]))).unwrap();
    dani.meet(&mut marta);
    lena.meet(&mut marta);
    dani.home.erase(lenas.id).unwrap();
    assert_eq!(dani.home.get(lenas.id), Err(Error::NotFound { id: lenas.id.to_string() }));
    let trash = dani.home.trash().unwrap();
    assert_eq!(trash.len(), 1);
    assert_eq!((&trash[0].body, trash[0].audience.members.len()), (&lenas.body, 2));
    assert_eq!(trash[0].until_ms - trash[0].removed_at_ms, 7 * 24 * 60 * 60 * 1_000);
    assert!(!trash[0].id.to_string().starts_with(&lenas.id.short()), "the trash doesn't name what was removed");
    let back = dani.home.restore(trash[0].id).unwrap();
    assert_ne!(back.id, lenas.id);
    assert_eq!((back.body, back.audience), (lenas.body, lenas.audience));
    assert_eq!(dani.home.trash().unwrap(), []);
    assert_eq!(dani.home.restore(trash[0].id), Err(Error::NotFound { id: trash[0].id.to_string() }));
    assert_eq!(dani.home.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_trash_is_this_phone_s_alone_and_an_answer_doesn_t_come_back_without_what_it_answers() {
    let [mut marta, lena, mut dani] = a_family();
    let plan = marta.home.add(note("a plan")).unwrap();
    marta.meet(&mut dani);
    let seen = dani.only("encouragement");
    dani.home.react(seen.id, Emoji::Heart).unwrap();
    assert_eq!(dani.home.erase(seen.id), Err(Error::NotAllowed { rule: Rule::NotAWriter }));
    assert_eq!(dani.home.forget(seen.id), Err(Error::NotAllowed { rule: Rule::NotAWriter }));
    assert_eq!(dani.home.trash().unwrap(), [], "what failed left nothing in the trash");
    dani.home.erase(dani.only("reaction").id).unwrap();
    dani.meet(&mut marta);
    assert_eq!(marta.home.trash().unwrap(), []);
    let hearts = dani.home.trash().unwrap();
    marta.home.forget(plan.id).unwrap();
    assert_eq!(marta.home.trash().unwrap(), []);
    dani.meet(&mut marta);
    assert_eq!(dani.home.restore(hearts[0].id), Err(Error::NotAllowed { rule: Rule::ParentNeeded }));
    assert_eq!(dani.home.trash().unwrap(), hearts);
    dani.home.empty_trash().unwrap();
    assert_eq!(dani.home.trash().unwrap(), []);
    let nothing = TrashId::from_bytes([0; 16]);
    assert_eq!(lena.home.restore(nothing), Err(Error::NotFound { id: nothing.to_string() }));
}

#[test]
fn what_is_over_goes_from_others_phones_and_stays_with_its_author_on_new_phones_too() {
    let [mut marta, mut lena, mut dani] = a_family();
    dani.home.add(note_until("until the end of the month", LAST_DAY)).unwrap();
    dani.home.add(note("for good")).unwrap();
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    clocks(&[&marta, &lena, &dani], OVER);
    // Lena's phone keeps it, but that is for Lena's phone alone.
    lena.home.set_legal_hold(true).unwrap();
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    assert_eq!(texts(&marta), ["for good"]);
    assert_eq!(texts(&lena), ["until the end of the month", "for good"]);
    assert_eq!(texts(&dani), ["until the end of the month", "for good"]);

    let [mut tablet, danis] = [4, 5].map(|seed| Phone::new(seed, new_york(OVER)));
    lena.add_device(&tablet);
    tablet.home.set_legal_hold(true).unwrap();
    dani.add_device(&danis);
    lena.meet(&mut dani);
    danis.meet(&mut lena);
    danis.meet(&mut tablet);
    tablet.meet(&mut dani);
    tablet.meet(&mut marta);
    assert_eq!(texts(&tablet), ["for good"], "it isn't even given to Lena's own new phone");
    assert_eq!(texts(&danis), ["until the end of the month", "for good"]);

    lena.home.set_legal_hold(false).unwrap();
    assert_eq!(texts(&lena), ["for good"]);
    lena.home.set_legal_hold(true).unwrap();
    assert_eq!(texts(&lena), ["for good"], "not hidden, but gone");
    for phone in [&marta, &lena, &dani, &tablet, &danis] {
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn an_answer_is_kept_no_longer_than_what_it_answers() {
    let [mut marta, mut lena, mut dani] = a_family();
    dani.home.add(note_until("until the end of the month", LAST_DAY)).unwrap();
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    marta.home.react(marta.only("encouragement").id, Emoji::Hug).unwrap();
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    assert_eq!(lena.all("reaction").len(), 1);
    clocks(&[&marta, &lena, &dani], OVER);
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    lena.home.set_legal_hold(true).unwrap();
    assert_eq!(lena.all("reaction").len(), 0);
    assert_eq!(marta.all("reaction").len(), 1, "Marta's own");
}

#[test]
fn a_card_comes_back_in_the_place_of_the_one_there_is() {
    let [marta, ..] = a_family();
    let day = |text: &str| text.parse().unwrap();
    let first = marta.home.publish_card(RecoveryCard::paused(day("2026-02-10")), ShareWith::Circle).unwrap();
    marta.home.erase(first.id).unwrap();
    marta.home.publish_card(RecoveryCard::paused(day("2026-02-13")), ShareWith::Circle).unwrap();
    let trashed = marta.home.trash().unwrap();
    let back = marta.home.restore(trashed[0].id).unwrap();
    assert_eq!((marta.only("recovery_card").id, back.body), (back.id, RecoveryCard::paused(day("2026-02-10")).into()));
    assert!(marta.home.trash().unwrap().is_empty());
}

#[test]
fn a_clock_set_ahead_takes_nothing_away() {
    let [mut marta, mut lena, mut dani] = a_family();
    dani.home.add(note_until("until the end of the month", LAST_DAY)).unwrap();
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    assert_eq!(lena.home.clock_state(), Ok(ClockState::Confirmed));
    clocks(&[&lena], "2036-02-14T10:00");
    assert_eq!(lena.home.clock_state(), Ok(ClockState::Unconfirmed));
    assert_eq!(texts(&lena), Vec::<String>::new(), "hidden");
    lena.home.pause().unwrap();
    lena.home.resume(&lena.key).unwrap();
    lena.meet(&mut marta);
    lena.meet(&mut dani);
    let ten_years = 3_652 * 24 * 60;
    assert_eq!(lena.home.clock_state(), Ok(ClockState::Odd { minutes: ten_years }));
    let prompts = lena.home.today("2036-02-14".parse().unwrap()).unwrap().prompts;
    assert!(matches!(&prompts[..], [Prompt::Clock { minutes, .. }] if *minutes == ten_years), "{prompts:?}");
    assert!(marta.home.today("2026-02-14".parse().unwrap()).unwrap().prompts.is_empty(), "nobody else is told");
    clocks(&[&lena], START);
    assert_eq!(lena.home.clock_state(), Ok(ClockState::Confirmed));
    assert_eq!(texts(&lena), ["until the end of the month"], "and kept");
    clocks(&[&lena], "2016-02-14T10:00");
    assert!(matches!(lena.home.clock_state(), Ok(ClockState::Odd { minutes }) if minutes < 0));
}

#[test]
fn nothing_is_over_by_a_date_that_nobody_confirms() {
    let [mut marta, mut lena, mut dani] = a_family();
    dani.home.add(note_until("until the end of the month", LAST_DAY)).unwrap();
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
    lena.home.set_legal_hold(true).unwrap();
    lena.home.set_legal_hold(false).unwrap();
    clocks(&[&marta, &lena, &dani], OVER);
    let kept = |phone: &Phone| {
        phone.home.set_legal_hold(true).unwrap();
        let kept = texts(phone).len();
        phone.home.set_legal_hold(false).unwrap();
        kept
    };
    assert_eq!(kept(&lena), 1);
    lena.meet(&mut marta);
    assert_eq!(kept(&lena), 1, "one member is not enough");
    lena.meet(&mut dani);
    assert_eq!(kept(&lena), 0);
}

#[test]
fn a_home_says_how_much_room_it_takes_and_gives_back_what_is_removed() {
    let [mut marta, mut lena, mut dani] = a_family();
    let long = |text: &str| Journal { on: "2026-02-14".parse().unwrap(), text: text.repeat(400), prompt: None };
    let pages: Vec<_> = (0..60).map(|_| dani.home.add(NewRecord::new(long("a page ."))).unwrap()).collect();
    let before = dani.home.storage().unwrap();
    assert_eq!(before.audiences[0].audience.tag, AudienceTag::Journal);
    assert!(before.audiences[0].bytes > 60 * 3_200 && before.audiences[0].bytes < before.database_bytes);
    assert_eq!((before.audiences[0].entries, before.audiences[0].stubs), (61, 0));
    pages.iter().for_each(|page| dani.home.erase(page.id).unwrap());
    let trashed = dani.home.storage().unwrap();
    assert!(trashed.trash_bytes > 60 * 3_200);
    dani.home.empty_trash().unwrap();
    let after = dani.home.storage().unwrap();
    assert!(after.database_bytes + 60 * 3_200 < before.database_bytes, "{before:?} {after:?}");
    assert_eq!((after.trash_bytes, after.log_bytes), (0, 0));
    let journal = after.audiences.iter().find(|it| it.audience.tag == AudienceTag::Journal).unwrap();
    assert_eq!((journal.entries, journal.stubs), (121, 60));
    all_meet(&mut [&mut marta, &mut lena, &mut dani]);
}

#[test]
fn many_are_forgotten_at_once_or_none_of_them() {
    let [marta, mut lena, _dani] = a_family();
    let mine: Vec<_> = (0..30).map(|number| marta.home.add(note(&format!("words {number}"))).unwrap().id).collect();
    let lenas = lena.home.add(note("not Marta's to take away")).unwrap().id;
    marta.meet(&mut lena);
    let refused = marta.home.forget_all([&mine[..], &[lenas]].concat());
    assert!(matches!(refused, Err(Error::NotAllowed { .. })), "{refused:?}");
    assert_eq!(marta.all("encouragement").len(), 31);
    // One that is named twice goes once.
    marta.home.forget_all([&mine[..20], &mine[..2]].concat()).unwrap();
    assert_eq!(marta.all("encouragement").len(), 11);
    assert_eq!(marta.home.trash().unwrap(), []);
    marta.home.forget_all(Vec::new()).unwrap();
    marta.meet(&mut lena);
    assert_eq!(lena.all("encouragement").len(), 11);
}

#[test]
fn what_a_phone_holds_back_is_asked_for_once_a_day() {
    let [mut marta, lena, _dani] = a_family();
    (0..100).for_each(|number| drop(marta.home.add(note_until(&format!("until then {number}"), LAST_DAY)).unwrap()));
    // Nobody but Lena confirms Marta's clock, so she holds back what is over, and can't call it gone.
    clocks(&[&marta, &lena], OVER);
    let bytes = |marta: &mut Phone| {
        let meeting = lena.meet(marta);
        assert!(meeting.equal);
        meeting.bytes_sent + meeting.bytes_received
    };
    let (first, again) = (bytes(&mut marta), bytes(&mut marta));
    assert!(first > 4_000 && again < 1_100, "{first} and {again} bytes");
    clocks(&[&marta, &lena], "2026-03-02T09:00");
    let (tomorrow, again) = (bytes(&mut marta), bytes(&mut marta));
    assert!(tomorrow > 2_000 && again < 1_100, "{tomorrow} and {again} bytes");
}

#[test]
fn what_others_let_run_out_isn_t_asked_for_again_and_again_by_a_phone_that_was_restored() {
    let [mut marta, lena, dani] = a_family();
    let backup = lena.backup();
    for number in 0..100 {
        lena.home.add(note_until(&format!("until then {number}"), LAST_DAY)).unwrap();
        lena.home.add(note(&format!("for good {number}"))).unwrap();
    }
    lena.meet(&mut marta);
    // Dani and Lena confirm Marta's clock: what is over is gone there for good, but that isn't Marta's to say to Lena.
    clocks(&[&marta, &lena, &dani], OVER);
    lena.meet(&mut marta);
    dani.meet(&mut marta);
    lena.home.close().unwrap();
    let restored = lena.restored(&backup, 33, new_york(OVER));
    restored.meet(&mut marta);
    restored.home.come_back_as_new_device().unwrap();
    restored.meet(&mut marta);
    let meeting = restored.meet(&mut marta);
    assert!(meeting.equal && restored.all("encouragement").len() >= 100);
    let bytes = meeting.bytes_sent + meeting.bytes_received;
    assert!(bytes < 1_100, "{bytes} bytes without any news");
}
