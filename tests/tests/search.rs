//! Finding words: in everything that one may read, by any keyboard, and never what isn't there any more.

use kinweave_core::app::{Error, Kinweave, NewRecord, SearchQuery, ShareWith, System};
use kinweave_core::model::kinds::{Celebration, CheckIn, Encouragement, Journal, Setback};
use kinweave_core::model::limits::{SEARCH_CHARACTERS_MAX, SEARCH_WORDS_MAX};
use kinweave_core::model::{Date, InvalidReason, Kind, MemberId, Role};
use kinweave_core::views::Language;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::setback;
use kinweave_tests::tables;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Marta's phone and Tomás', paired.
fn two_phones() -> [Phone; 2] {
    let start = new_york("2026-02-09T10:00");
    let [mut marta, tomas] = [1, 2].map(|seed| Phone::new(seed, start));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&tomas, "Tomás", Role::Member, None);
    [marta, tomas]
}

fn good_words(text: &str) -> Encouragement {
    let text = text.to_owned();
    Encouragement { to: Default::default(), text, open_on: None, encouragement_kind: Default::default(), link: None }
}

fn say(phone: &Phone, text: &str) {
    phone.home.add(NewRecord::new(good_words(text))).unwrap();
}

fn excerpts(phone: &Phone, query: &SearchQuery) -> Vec<String> {
    phone.home.search(query).unwrap().hits.into_iter().map(|hit| hit.excerpt).collect()
}

fn found(phone: &Phone, text: &str) -> Vec<String> {
    excerpts(phone, &SearchQuery::new(text))
}

#[test]
fn both_phones_find_the_words_of_both_in_every_script_they_write() {
    let [mut marta, tomas] = two_phones();
    say(&marta, "Mañana llamaré a Begoña. ¡Ánimo!");
    say(&marta, "家族で夕食、楽しかった");
    say(&tomas, "너무 자랑스러워요 🎂");
    say(&tomas, "Straße, LUIGI'S, 30 days");
    tomas.meet(&mut marta);
    for phone in [&marta, &tomas] {
        for typed in ["manana", "MAÑANA", "man\u{303}ana", "ánimo begona", "llamar"] {
            assert_eq!(found(phone, typed), ["Mañana llamaré a Begoña. ¡Ánimo!"], "{typed}");
        }
        for typed in ["夕食", "楽しか", "家族"] {
            assert_eq!(found(phone, typed), ["家族で夕食、楽しかった"], "{typed}");
        }
        assert_eq!(found(phone, "食夕"), [""; 0]);
        assert_eq!(found(phone, "랑스"), ["너무 자랑스러워요 🎂"]);
        assert_eq!(found(phone, "🎂"), ["너무 자랑스러워요 🎂"]);
        assert_eq!(found(phone, "strasse luigi"), ["Straße, LUIGI'S, 30 days"]);
        // What people call themselves are words as well.
        assert_eq!(found(phone, "tomas"), ["Tomás"]);
        assert_eq!(found(phone, "\"luigi's, 30\""), ["Straße, LUIGI'S, 30 days"]);
        assert_eq!(found(phone, "\"luigi 30\""), [""; 0]);
    }
}

#[test]
fn a_search_is_narrowed_and_read_page_by_page() {
    let [mut marta, tomas] = two_phones();
    for (number, when) in ["2026-02-09", "2026-03-01", "2026-03-02", "2026-04-01"].into_iter().enumerate() {
        for phone in [&marta, &tomas] {
            phone.clock.set(new_york(&format!("{when}T12:00")));
        }
        say(if number % 2 == 0 { &marta } else { &tomas }, &format!("proud, says {number}"));
    }
    let idea = Celebration::idea("a proud evening");
    marta.home.add(NewRecord::new(idea)).unwrap();
    tomas.meet(&mut marta);
    let all = SearchQuery::new("proud");
    assert_eq!(
        excerpts(&tomas, &all),
        ["a proud evening", "proud, says 3", "proud, says 2", "proud, says 1", "proud, says 0"]
    );
    let mut paged = Vec::new();
    let mut query = SearchQuery { limit: 2, ..all.clone() };
    loop {
        let page = tomas.home.search(&query).unwrap();
        paged.extend(page.hits.into_iter().map(|hit| hit.excerpt));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(paged, excerpts(&tomas, &all));
    let of = |kind: &str| SearchQuery { kinds: vec![kind.to_owned()], ..all.clone() };
    assert_eq!(excerpts(&tomas, &of("celebration")), ["a proud evening"]);
    assert_eq!(excerpts(&tomas, &of("nothing_known")), [""; 0]);
    let by = |member: MemberId| SearchQuery { person: Some(member), ..all.clone() };
    assert_eq!(excerpts(&marta, &by(tomas.me())), ["proud, says 3", "proud, says 1"]);
    let between = SearchQuery { from: Some(day("2026-03-01")), to: Some(day("2026-03-02")), ..all };
    assert_eq!(excerpts(&marta, &between), ["proud, says 2", "proud, says 1"]);
}

#[test]
fn nobody_finds_what_they_may_not_read_and_the_journal_only_who_asks_for_it() {
    let [mut marta, tomas] = two_phones();
    let page = Journal { on: day("2026-02-09"), text: "quiet evening alone".into(), prompt: None };
    marta.home.add(NewRecord::new(page)).unwrap();
    let note = Encouragement { open_on: Some(day("2026-02-14")), ..good_words("a quiet surprise") };
    marta.home.add(NewRecord::new(note)).unwrap();
    let mut short = NewRecord::new(good_words("a quiet word for a day"));
    short.expires_on = Some(day("2026-02-10"));
    marta.home.add(short).unwrap();
    let learned = Setback { learned: Some("a quiet phone call first".into()), ..setback("2026-02-01", "2026-02-02") };
    let learned = Setback { before: ["a loud week".to_owned()].into(), ..learned };
    marta.home.add(NewRecord::new(learned)).unwrap();
    tomas.meet(&mut marta);
    let theirs = ["a quiet word for a day"];
    assert_eq!(found(&tomas, "quiet"), theirs);
    assert_eq!(found(&tomas, "loud"), [""; 0]);
    let own = ["a quiet word for a day", "a quiet surprise", "a quiet phone call first"];
    assert_eq!(found(&marta, "quiet"), own);
    assert_eq!(found(&marta, "loud"), ["a loud week"], "each of several words is searched");
    let journal = SearchQuery { kinds: vec!["journal".into()], ..SearchQuery::new("quiet") };
    assert_eq!(excerpts(&marta, &journal), ["quiet evening alone"]);
    assert_eq!(excerpts(&tomas, &journal), [""; 0]);
    tomas.clock.set(new_york("2026-02-13T23:59"));
    assert_eq!(found(&tomas, "quiet"), [""; 0], "its day is over, and the other's hasn't come");
    tomas.clock.set(new_york("2026-02-14T00:00"));
    assert_eq!(found(&tomas, "quiet"), ["a quiet surprise"]);
}

#[test]
fn a_preset_is_found_by_the_words_that_it_is_shown_in() {
    let [marta, _] = two_phones();
    marta.home.add(NewRecord::new(Celebration::idea("family_dinner_outing"))).unwrap();
    marta.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    let count = |text: &str| marta.home.search(&SearchQuery::new(text)).unwrap().hits.len();
    assert_eq!((count("dinner"), count("cena"), count("movie nig")), (1, 0, 1));
    marta.home.set_language(Language::Es).unwrap();
    assert_eq!(found(&marta, "cena"), ["family_dinner_outing"]);
    assert_eq!((count("dinner"), count("cena"), count("familia cen"), count("cine cena")), (1, 1, 1, 0));
}

#[test]
fn every_wording_on_which_people_disagree_is_found_until_one_is_picked() {
    let [mut marta, tomas] = two_phones();
    let dinner = marta.home.add(NewRecord::new(Celebration::idea("family_dinner_outing"))).unwrap();
    tomas.meet(&mut marta);
    marta.edit(&dinner, &[("place", "Luigi's")]);
    tomas.edit(&tomas.only("celebration"), &[("place", "Nonna's kitchen")]);
    tomas.meet(&mut marta);
    for phone in [&marta, &tomas] {
        assert_eq!(found(phone, "luigi"), ["Luigi's"]);
        assert_eq!(found(phone, "nonna"), ["Nonna's kitchen"]);
    }
    marta.home.resolve(dinner.id, "place", &"Luigi's".into()).unwrap();
    tomas.meet(&mut marta);
    for phone in [&marta, &tomas] {
        assert_eq!((found(phone, "luigi").len(), found(phone, "nonna").len()), (1, 0));
        assert_eq!(phone.home.check().unwrap(), [""; 0]);
    }
}

/// Whether a word is in any field of any table: as itself, or as bytes. The index writes a word as the end in which it
/// differs from the one before, so its end is looked for.
fn is_in_the_tables(phone: &Phone, word: &str) -> bool {
    let end = &word[3..];
    let hex: String = end.bytes().map(|byte| format!("{byte:02x}")).collect();
    let lines = tables::dump(&phone.directory.join("kinweave.db"), &phone.key);
    assert!(lines.iter().any(|line| line.starts_with("search_data: ")), "the index is looked at too");
    lines.iter().any(|line| line.contains(end) || line.contains(&hex))
}

#[test]
fn a_word_that_was_removed_or_replaced_is_in_no_index_of_any_phone() {
    let [mut marta, tomas] = two_phones();
    let erased = marta.home.add(NewRecord::new(good_words("we say zyglophant"))).unwrap();
    let replaced = marta.home.add(NewRecord::new(good_words("we say quombaffle"))).unwrap();
    say(&marta, "we say wuxtimbor");
    let words = ["zyglophant", "quombaffle", "wuxtimbor", "plorvendish"];
    tomas.meet(&mut marta);
    for phone in [&marta, &tomas] {
        let held = words.map(|word| (found(phone, word).len(), is_in_the_tables(phone, word)));
        assert_eq!(held, [(1, true), (1, true), (1, true), (0, false)]);
    }
    marta.home.edit(replaced.id, &replaced.version, good_words("we say plorvendish").into()).unwrap();
    // Not `erase`, which keeps it for a week in the trash of the one who removed it.
    marta.home.forget(erased.id).unwrap();
    tomas.meet(&mut marta);
    for phone in [&marta, &tomas] {
        let held = words.map(|word| (found(phone, word).len(), is_in_the_tables(phone, word)));
        assert_eq!(held, [(0, false), (0, false), (1, true), (1, true)]);
        assert_eq!(found(phone, "we say").len(), 2);
        assert_eq!(phone.home.check().unwrap(), [""; 0]);
    }
}

#[test]
fn the_words_of_many_that_are_forgotten_at_once_are_in_no_index_when_they_have_gone() {
    let [mut marta, tomas] = two_phones();
    let note = |number: u32| marta.home.add(NewRecord::new(good_words(&format!("zyglophant {number}")))).unwrap().id;
    let notes: Vec<_> = (0..150).map(note).collect();
    say(&marta, "we say wuxtimbor");
    tomas.meet(&mut marta);
    marta.home.forget_all(notes).unwrap();
    tomas.meet(&mut marta);
    for phone in [&marta, &tomas] {
        assert!(!is_in_the_tables(phone, "zyglophant") && is_in_the_tables(phone, "wuxtimbor"));
        assert_eq!((found(phone, "zyglophant").len(), found(phone, "say").len()), (0, 1));
        assert_eq!(phone.home.check().unwrap(), [""; 0]);
    }
    // From then on a word leaves at once again, as it does where one record is replaced.
    let replaced = marta.home.add(NewRecord::new(good_words("we say quombaffle"))).unwrap();
    marta.home.edit(replaced.id, &replaced.version, good_words("we say plorvendish").into()).unwrap();
    assert!(!is_in_the_tables(&marta, "quombaffle"));
}

#[test]
fn what_lies_in_the_trash_is_found_only_after_it_was_brought_back() {
    let [marta, _] = two_phones();
    let words = marta.home.add(NewRecord::new(good_words("not meant like that"))).unwrap();
    marta.home.erase(words.id).unwrap();
    assert_eq!(found(&marta, "meant"), [""; 0]);
    marta.home.restore(marta.home.trash().unwrap()[0].id).unwrap();
    assert_eq!(found(&marta, "meant"), ["not meant like that"]);
}

#[test]
fn whatever_is_typed_answers_or_says_what_is_wrong_with_it() {
    let [marta, _] = two_phones();
    let typed = |query: &SearchQuery| match marta.home.search(query) {
        Err(Error::InvalidInput { field, reason }) => Err((field, reason)),
        outcome => Ok(outcome.unwrap().hits.len()),
    };
    for text in
        ["\"", "NOT marta", "marta AND", "(", "words:x", "a*b", "-x", "x^", "'; DROP TABLE rows; --", "\0a", "¶"]
    {
        let outcome = typed(&SearchQuery::new(text));
        let wordless = !text.chars().any(char::is_alphanumeric);
        let expected = if wordless { Err(("text".to_owned(), InvalidReason::Malformed)) } else { Ok(0) };
        assert_eq!(outcome, expected, "{text:?}");
    }
    let wrong = |reason| Err(("text".to_owned(), reason));
    assert_eq!(typed(&SearchQuery::new(" ")), wrong(InvalidReason::Empty));
    assert_eq!(typed(&SearchQuery::new(&"a".repeat(SEARCH_CHARACTERS_MAX + 1))), wrong(InvalidReason::TooLong));
    assert_eq!(typed(&SearchQuery::new(&"a ".repeat(SEARCH_WORDS_MAX + 1))), wrong(InvalidReason::TooLong));
    let after = SearchQuery { after: Some("tomorrow".into()), ..SearchQuery::new("a") };
    assert_eq!(typed(&after), Err(("after".to_owned(), InvalidReason::Malformed)));
}

/// What an upgrade leaves behind: rows without their words, and no word of what they were made with.
#[test]
fn a_home_from_before_there_was_an_index_gets_one_when_it_is_opened() {
    let [marta, _] = two_phones();
    say(&marta, "written long ago");
    marta.home.add(NewRecord::new(CheckIn::example()).with(ShareWith::OnlyMe)).unwrap();
    marta.home.close().unwrap();
    let database = rusqlite::Connection::open(marta.directory.join("kinweave.db")).unwrap();
    let hex: String = marta.key.iter().map(|byte| format!("{byte:02x}")).collect();
    database.pragma_update(None, "key", format!("x'{hex}'")).unwrap();
    database.execute_batch("DELETE FROM searched; DELETE FROM meta WHERE key = 'judged_with'").unwrap();
    drop(database);
    let reopened = Kinweave::open(&marta.directory, &marta.key, System::with_clock(marta.clock.clone())).unwrap();
    assert_eq!(reopened.search(&SearchQuery::new("long ago")).unwrap().hits.len(), 1);
    assert_eq!(reopened.check().unwrap(), [""; 0]);
}
