//! What is deleted, replaced or over leaves every home: no page in use, no free page and no frame of the log has the words,
//! or what would confirm a guess at them.

use std::fmt;

use kinweave_core::app::{ClockState, NewRecord, Record};
use kinweave_core::model::entry::commitment;
use kinweave_core::model::kinds::{Emoji, Encouragement};
use kinweave_core::model::{Audience, CircleId, DeviceKey, EntryHash, EntryState, MemberId, Position, Role};
use kinweave_core::store::{Store, StoredEntry};
use kinweave_tests::chance::Chance;
use kinweave_tests::pages_of::{Page, pages_of};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::tables;

/// Repeated in its body, so that one of them surely stands whole on a page, wherever SQLite cuts.
const TIMES: usize = 8;

/// What tells that something was there.
struct Trace {
    word: String,
    salts: Vec<Vec<u8>>,
    record: Record,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    words: Vec<String>,
    salts: Vec<String>,
    ids: Vec<String>,
}

impl Trace {
    /// A note with a word that stands nowhere else.
    fn leave(on: &Phone, chance: &mut Chance, expires_on: Option<&str>) -> Self {
        let word = chance.word(16);
        let text = [word.as_str(); TIMES].join(" ");
        let to = [on.person("Lena")].into();
        let note = Encouragement { to, text, encouragement_kind: Default::default(), open_on: None, link: None };
        let expires_on = expires_on.map(|day| day.parse().unwrap());
        let record = on.home.add(NewRecord { expires_on, ..NewRecord::new(note) }).unwrap();
        let salts = tables::salts(&on.directory.join("kinweave.db"), &on.key, &word);
        assert!(!salts.is_empty());
        Self { word, salts, record }
    }

    fn find(&self, pages: &[Page], found: &mut Found) {
        let mut look = |needle: &[u8], into: fn(&mut Found) -> &mut Vec<String>| {
            let places = pages.iter().filter(|page| page.holds(needle));
            into(found).extend(places.map(|page| format!("{} on {}", self.word, page.place)));
        };
        // Without its first letters: the index of words leaves out what a word begins with like the one before it.
        look(&self.word.as_bytes()[4..], |found| &mut found.words);
        self.salts.iter().for_each(|salt| look(salt, |found| &mut found.salts));
        look(self.record.id.as_bytes(), |found| &mut found.ids);
        look(self.record.id.to_string().as_bytes(), |found| &mut found.ids);
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} words, {} salts, {} ids", self.words.len(), self.salts.len(), self.ids.len())
    }
}

fn find(traces: &[Trace], pages: &[Page]) -> Found {
    let mut found = Found::default();
    traces.iter().for_each(|trace| trace.find(pages, &mut found));
    found
}

fn assert_all_found(traces: &[Trace], pages: &[Page], whose: &str) {
    for trace in traces {
        let mut found = Found::default();
        trace.find(pages, &mut found);
        let is_there = [&found.words, &found.salts, &found.ids].iter().all(|places| !places.is_empty());
        assert!(is_there, "{whose} holds {}, or this test looks in the wrong place: {found}", trace.word);
    }
}

struct Family {
    marta: Phone,
    lena: Phone,
    dani: Phone,
    tablet: Phone,
}

impl Family {
    fn new(now: &str) -> Self {
        let [mut marta, lena, mut dani, tablet] = [1, 2, 3, 4].map(|seed| Phone::new(seed, new_york(now)));
        marta.home.create_circle("Reyes", "Marta").unwrap();
        marta.invite(&lena, "Lena", Role::Member, None);
        marta.invite(&dani, "Dani", Role::Member, None);
        dani.add_device(&tablet);
        let mut family = Self { marta, lena, dani, tablet };
        family.meet();
        family
    }

    fn phones(&self) -> [(&str, &Phone); 4] {
        [("Marta", &self.marta), ("Lena", &self.lena), ("Dani", &self.dani), ("Dani's tablet", &self.tablet)]
    }

    /// Everyone meets everyone, so that all hold the same and each has met two other members.
    fn meet(&mut self) {
        for _ in 0..2 {
            self.lena.meet(&mut self.marta);
            self.dani.meet(&mut self.marta);
            self.dani.meet(&mut self.lena);
            self.tablet.meet(&mut self.dani);
            self.tablet.meet(&mut self.lena);
            self.tablet.meet(&mut self.marta);
        }
    }

    fn clocks(&self, local: &str) {
        self.phones().iter().for_each(|(_, phone)| phone.clock.set(new_york(local)));
    }
}

#[test]
fn nothing_of_what_was_deleted_replaced_or_is_over_is_left_on_any_page_of_any_home() {
    let mut chance = Chance::of_today();
    let mut family = Family::new("2026-02-14T10:00");
    let mut leave = |count: usize, expires_on: Option<&str>| -> Vec<Trace> {
        (0..count).map(|_| Trace::leave(&family.dani, &mut chance, expires_on)).collect()
    };
    let (deleted, forgotten, replaced, kept) = (leave(8, None), leave(8, None), leave(8, None), leave(8, None));
    let over = leave(8, Some("2026-02-28"));
    family.meet();
    for trace in deleted.iter().chain(&forgotten).chain(&over) {
        // What others answered goes with what they answered, or when that is over.
        let note = family.lena.all("encouragement").into_iter().find(|it| it.reference == trace.record.reference);
        family.lena.home.react(note.unwrap().id, Emoji::Heart).unwrap();
    }
    family.meet();
    for (whose, phone) in family.phones() {
        let pages = pages_of(&phone.directory, &phone.key);
        for traces in [&deleted, &forgotten, &replaced, &kept, &over] {
            assert_all_found(traces, &pages, whose);
        }
    }

    deleted.iter().for_each(|trace| family.dani.home.erase(trace.record.id).unwrap());
    forgotten.iter().for_each(|trace| family.dani.home.forget(trace.record.id).unwrap());
    replaced.iter().for_each(|trace| drop(family.dani.edit(&trace.record, &[("text", "Said otherwise.")])));
    let pages = pages_of(&family.dani.directory, &family.dani.key);
    assert_eq!(find(&deleted, &pages).salts, Vec::<String>::new());
    assert!(find(&deleted, &pages).words.len() >= deleted.len(), "the trash has them for a week");
    assert_eq!(find(&forgotten, &pages), Found::default(), "gone when `forget` returns");
    assert_eq!(family.dani.home.trash().unwrap().len(), deleted.len());
    family.dani.home.empty_trash().unwrap();
    let pages = pages_of(&family.dani.directory, &family.dani.key);
    assert_eq!(find(&deleted, &pages), Found::default(), "gone when `empty_trash` returns");

    family.clocks("2026-03-01T09:00");
    family.meet();
    for (_, phone) in family.phones() {
        assert_eq!(phone.home.clock_state().unwrap(), ClockState::Confirmed);
        assert_eq!(
            phone.all("encouragement").iter().filter(|it| it.body.to_fields()["text"] == "Said otherwise.").count(),
            8
        );
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
        phone.home.close().unwrap();
    }
    for (whose, phone) in family.phones() {
        let pages = pages_of(&phone.directory, &phone.key);
        for gone in [&deleted, &forgotten] {
            assert_eq!(find(gone, &pages), Found::default(), "{whose}");
        }
        let found = find(&replaced, &pages);
        assert!(found.words.is_empty() && found.salts.is_empty() && !found.ids.is_empty(), "{whose}: {found:?}");
        assert_all_found(&kept, &pages, whose);
        if phone.key == family.dani.key || phone.key == family.tablet.key {
            assert_all_found(&over, &pages, whose);
        } else {
            assert_eq!(find(&over, &pages), Found::default(), "{whose}");
        }
    }
}

#[test]
fn the_trash_empties_itself_after_a_week_and_leaves_nothing() {
    let mut chance = Chance::of_today();
    let family = Family::new("2026-02-14T10:00");
    let trace = [Trace::leave(&family.dani, &mut chance, None)];
    family.dani.home.erase(trace[0].record.id).unwrap();
    family.clocks("2026-02-21T09:59");
    assert_eq!(family.dani.home.trash().unwrap().len(), 1);
    family.clocks("2026-02-22T00:01");
    assert!(family.dani.home.trash().unwrap().is_empty());
    assert_eq!(find(&trace, &pages_of(&family.dani.directory, &family.dani.key)), Found::default());
}

/// Why the file is written anew, and not only overwritten: rows that are filled in and moved about leave copies behind.
/// Should SQLite one day leave none, the first half of this test says so.
#[test]
fn overwriting_alone_leaves_copies_behind_and_writing_the_file_anew_leaves_none() {
    const COUNT: u64 = 3_000;
    let mut chance = Chance::from_seed(1);
    let files = tempfile::tempdir().unwrap();
    let key = [7; 32];
    let mut store = Store::open(files.path(), &key).unwrap();
    let audience = Audience::set([MemberId::from_bytes([1; 32]), MemberId::from_bytes([2; 32])]);
    let id = audience.id(&CircleId::from_bytes([9; 32]));
    let device = DeviceKey::from_bytes([3; 32]);
    let position = |number| Position { device, number };
    let entry = |number: u64, state, salt: [u8; 16], word: &str| {
        let body = [word.as_bytes(); TIMES].concat();
        StoredEntry {
            audience: id,
            position: position(number),
            hash: EntryHash::from_bytes([number as u8; 32]),
            commitment: commitment(&salt, &body),
            body: Some((salt, body)).filter(|_| state == EntryState::Accepted),
            signature: None,
            state,
            tick: number,
            record: None,
            about: None,
        }
    };
    let tx = store.begin().unwrap();
    tx.put_audience(&id, &audience).unwrap();
    (1..=COUNT).for_each(|number| tx.append(&entry(number, EntryState::Missing, [0; 16], "")).unwrap());
    tx.commit().unwrap();
    let mut numbers: Vec<u64> = (1..=COUNT).collect();
    let mut salts = Vec::new();
    for erasing in [false, true] {
        numbers.sort_by_cached_key(|_| chance.any());
        for some in numbers.chunks(100) {
            let tx = store.begin().unwrap();
            for number in some {
                if erasing {
                    tx.set_state(&id, position(*number), EntryState::Erased).unwrap();
                } else {
                    let salt: [u8; 16] = chance.bytes()[..16].try_into().unwrap();
                    let filled = entry(*number, EntryState::Accepted, salt, &chance.word(16));
                    tx.fill_body(&filled, &salt, &filled.body.as_ref().unwrap().1).unwrap();
                    salts.push(salt);
                }
            }
            tx.commit().unwrap();
        }
    }
    let left = |files: &std::path::Path| {
        let pages = pages_of(files, &key);
        salts.iter().filter(|salt| pages.iter().any(|page| page.holds(*salt))).count()
    };
    assert!(left(files.path()) > 0, "overwriting is enough by now: see decisions/0018");
    assert!(store.finish_erasing().unwrap());
    assert_eq!(left(files.path()), 0);
    assert!(!store.finish_erasing().unwrap(), "once is enough");
}
