//! What a phone has answered stays, whenever its battery ends.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::spin_loop;

use kinweave_core::app::{Error, Kinweave, SettableClock, System};
use kinweave_core::model::{DeviceKey, Role};
use kinweave_tests::chance::Chance;
use kinweave_tests::child::Writer;
use kinweave_tests::paper::copy_home;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::note;

const WRITER: &str = env!("CARGO_BIN_EXE_writer");
const KILLS: usize = 200;
const LINES_READ_MAX: usize = 14;
const SPINS_MAX: usize = 200_000;

/// What the writer has said so far, as what must be found.
#[derive(Default)]
struct Told {
    /// Per id every text it may have: the last that was told, or a later one that was cut off.
    texts: BTreeMap<String, String>,
    erased: BTreeSet<String>,
    erasing: BTreeSet<String>,
}

impl Told {
    fn hear(&mut self, line: &str) {
        let mut words = line.splitn(3, ' ');
        let (what, id) = (words.next().unwrap(), words.next().unwrap_or_default().to_owned());
        match what {
            "open" => {}
            "added" | "edited" => drop(self.texts.insert(id, words.next().unwrap().to_owned())),
            "erasing" => drop(self.erasing.insert(id)),
            "erased" => {
                self.texts.remove(&id);
                self.erasing.remove(&id);
                self.erased.insert(id);
            }
            other => panic!("the writer said {other}"),
        }
    }

    /// Holds the home against what was told, and takes over what was cut off in the middle: one step at most.
    fn compare(&mut self, home: &Kinweave) {
        let mut found = BTreeMap::new();
        let mut query = kinweave_core::app::ListQuery { limit: 500, ..Default::default() };
        query.kinds = vec!["encouragement".to_owned()];
        loop {
            let page = home.list(&query).unwrap();
            for record in page.records {
                let text = record.body.to_fields()["text"].as_str().unwrap().to_owned();
                found.insert(record.id.to_string(), text);
            }
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        let mut cut_off = 0;
        for (id, text) in &self.texts {
            match found.get(id) {
                Some(here) if here == text => {}
                Some(here) if here.ends_with("in better words") => cut_off += 1,
                None if self.erasing.contains(id) => cut_off += 1,
                here => panic!("{id} was told as {text:?} and is {here:?}"),
            }
        }
        for id in &self.erased {
            assert!(!found.contains_key(id), "{id} was told as erased and is there");
        }
        cut_off += found.keys().filter(|id| !self.texts.contains_key(*id)).count();
        assert!(cut_off <= 1, "{cut_off} steps that nobody was told of");
        self.texts = found;
        self.erasing.clear();
    }
}

/// The numbers of `device`'s feeds, by audience; each must go up from 1 without a gap.
fn heads(home: &Kinweave, device: &DeviceKey) -> BTreeMap<String, u64> {
    let mut heads = BTreeMap::new();
    for dump in home.dump().unwrap() {
        let mine = dump.entries.iter().filter_map(|line| line.strip_prefix(&format!("{device} ")));
        let numbers: Vec<u64> = mine.map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "a gap in a feed");
        heads.insert(dump.audience.id.to_string(), numbers.len() as u64);
    }
    heads
}

#[test]
fn whatever_was_told_as_written_is_there_after_200_kills() {
    let mut chance = Chance::of_today();
    let now = new_york("2026-02-14T10:00");
    let [mut marta, mut lena] = [1, 2].map(|seed| Phone::new(seed, now));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    let device = marta.device();
    let mut told = Told::default();
    let mut before = heads(&marta.home, &device);
    let mut lines = 0;
    for kill in 0..KILLS {
        marta.home.close().unwrap();
        let mut writer = Writer::start(WRITER, &marta.directory, &marta.key);
        for _ in 0..chance.below(LINES_READ_MAX) {
            told.hear(&writer.line().expect("a writer that writes"));
            lines += 1;
        }
        (0..chance.below(SPINS_MAX)).for_each(|_| spin_loop());
        let rest = writer.kill();
        lines += rest.len();
        rest.iter().for_each(|line| told.hear(line));

        let system = System::with_clock(SettableClock::new(now));
        marta.home = Kinweave::open(&marta.directory, &marta.key, system).unwrap();
        told.compare(&marta.home);
        assert_eq!(marta.home.check().unwrap(), Vec::<String>::new(), "after kill {kill}");
        let after = heads(&marta.home, &device);
        assert!(before.iter().all(|(audience, head)| after[audience] >= *head), "a feed has become shorter");
        let record = marta.home.add(note("the next one")).unwrap();
        told.texts.insert(record.id.to_string(), "the next one".to_owned());
        let (audience, position) = (record.audience.id.to_string(), record.reference.position);
        let next = after.get(&audience).copied().unwrap_or(1) + 1;
        assert_eq!(position.number, next, "the feed goes on with the next number");
        before = heads(&marta.home, &device);
    }
    println!("{KILLS} kills, {lines} lines told, {} records left", told.texts.len());
    // The whole chain is what its device signed, or Lena's phone would not take it.
    assert!(marta.meet(&mut lena).equal);
    told.compare(&lena.home);
}

#[test]
fn a_copy_of_the_files_taken_right_after_a_commit_opens_with_everything() {
    let now = new_york("2026-02-14T10:00");
    let phone = Phone::new(3, now);
    phone.home.create_circle("Reyes", "Marta").unwrap();
    for count in 0..40 {
        let record = phone.home.add(note(&format!("Note {count}"))).unwrap();
        if count % 3 == 0 {
            phone.edit(&record, &[("text", "Better words")]);
        }
        if count % 8 == 0 {
            phone.home.erase(record.id).unwrap();
        }
        let elsewhere = tempfile::tempdir().unwrap();
        copy_home(&phone.directory, elsewhere.path());
        let system = System::with_clock(SettableClock::new(now));
        let copy = Kinweave::open(elsewhere.path(), &phone.key, system).unwrap();
        assert_eq!(copy.dump().unwrap(), phone.home.dump().unwrap(), "after note {count}");
        assert_eq!(copy.check().unwrap(), Vec::<String>::new());
        copy.close().unwrap();
        assert_eq!(copy.dump(), Err(Error::Closed));
    }
}
