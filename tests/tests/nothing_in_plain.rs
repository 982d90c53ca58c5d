//! The files of a home say nothing to whoever finds the phone without its key.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kinweave_core::app::{NewRecord, ShareWith};
use kinweave_core::model::kinds::{
    Celebration, Encouragement, Milestone, MilestoneBasis, RecoveryTimeline, RsvpAnswer,
};
use kinweave_core::model::{Body, Role};
use kinweave_tests::chance::Chance;
use kinweave_tests::phone::{Phone, new_york};

const LETTERS: usize = 16;

/// Words that occur nowhere in the world but in these homes.
struct Words {
    chance: Chance,
    said: Vec<String>,
}

impl Words {
    fn next(&mut self) -> String {
        self.said.push(self.chance.word(LETTERS));
        self.said[self.said.len() - 1].clone()
    }
}

#[derive(Default)]
struct Needles {
    narrow: BTreeSet<Vec<u8>>,
    wide: BTreeSet<Vec<u8>>,
}

impl Needles {
    fn of(words: &[String]) -> Self {
        let mut needles = Self::default();
        for word in words {
            let lower = word.to_ascii_lowercase();
            needles.narrow.insert(lower.clone().into_bytes());
            needles.wide.insert(lower.encode_utf16().flat_map(u16::to_be_bytes).collect());
            needles.wide.insert(lower.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        needles
    }

    fn occur_in(&self, bytes: &[u8]) -> bool {
        let lower = bytes.to_ascii_lowercase();
        lower.windows(LETTERS).any(|window| self.narrow.contains(window))
            || lower.windows(2 * LETTERS).any(|window| self.wide.contains(window))
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

fn nothing_of(words: &[String], phones: &[&Phone], when: &str) {
    let needles = Needles::of(words);
    for phone in phones {
        let keys = [phone.key.to_vec(), hex(&phone.key)];
        for path in files_below(&phone.directory) {
            let bytes = fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(!needles.occur_in(&bytes), "{when}: a word in {name}");
            assert!(!needles.occur_in(name.as_bytes()), "{when}: a word in a file's name");
            for key in &keys {
                assert!(!bytes.windows(key.len()).any(|window| window == key), "{when}: the key in {name}");
            }
        }
    }
}

fn hex(key: &[u8]) -> Vec<u8> {
    key.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

#[test]
fn no_file_of_a_home_holds_a_word_that_was_written_into_it() {
    let mut words = Words { chance: Chance::of_today(), said: Vec::new() };
    let [mut marta, mut lena] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-14T10:00")));
    marta.home.create_circle(&words.next(), &words.next()).unwrap();
    marta.invite(&lena, &words.next(), Role::Member, None);

    for _ in 0..20 {
        let note = Encouragement {
            to: [lena.me()].into(),
            text: format!("{} and {}", words.next(), words.next()),
            encouragement_kind: Default::default(),
            open_on: None,
            link: None,
        };
        marta.home.add(NewRecord::new(note)).unwrap();
    }
    for note in marta.all("encouragement").iter().step_by(2) {
        marta.edit(note, &[("text", &words.next())]);
    }
    for note in marta.all("encouragement").iter().step_by(3) {
        marta.home.erase(note.id).unwrap();
    }
    let private = Milestone {
        basis: MilestoneBasis::OwnWords,
        threshold: None,
        reached_on: "2026-02-01".parse().unwrap(),
        run_started_on: None,
        life_event: None,
        words: Some(words.next()),
    };
    let private = marta.home.add(NewRecord::new(private)).unwrap();
    marta.home.share(private.id, ShareWith::Everyone).unwrap();
    marta.home.add(NewRecord::new(RecoveryTimeline::starting("2026-01-12".parse().unwrap()))).unwrap();
    let dinner =
        Celebration { place: Some(words.next()), cost_note: Some(words.next()), ..Celebration::idea(&words.next()) };
    let dinner = marta.home.add(NewRecord::new(dinner)).unwrap();
    marta.meet(&mut lena);
    lena.home.answer(dinner.id, RsvpAnswer::Yes, Some(words.next())).unwrap();
    lena.edit(&lena.only("celebration"), &[("place", &words.next())]);
    marta.edit(&marta.only("celebration"), &[("place", &words.next())]);
    let profile = marta.all("member_profile").into_iter().find(|record| record.author == marta.me()).unwrap();
    marta.edit(&profile, &[("needs", &words.next()), ("word_for_days", &words.next())]);
    lena.meet(&mut marta);
    assert_eq!(lena.only("celebration").conflicts.len(), 1);

    let said = words.said;
    assert!(fs::metadata(marta.directory.join("kinweave.db-wal")).unwrap().len() > 0, "the log is looked at too");
    nothing_of(&said, &[&marta, &lena], "open");
    marta.home.pause().unwrap();
    nothing_of(&said, &[&marta], "paused");
    marta.home.resume(&marta.key).unwrap();
    marta.home.close().unwrap();
    lena.home.close().unwrap();
    nothing_of(&said, &[&marta, &lena], "closed");
}

#[test]
fn a_word_is_found_in_every_encoding_and_case() {
    let word = "qwertzuiopasdfgh";
    let needles = Needles::of(&[word.to_owned()]);
    let upper = word.to_ascii_uppercase();
    let wide = |to: fn(u16) -> [u8; 2]| upper.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    for found in [word.as_bytes().to_vec(), upper.clone().into_bytes(), wide(u16::to_be_bytes), wide(u16::to_le_bytes)]
    {
        assert!(needles.occur_in(&[&b"before "[..], &found, b" after"].concat()));
    }
    assert!(!needles.occur_in(b"qwertzuiopasdfg and nothing more"));
    let body = Body::from(Celebration::idea(word));
    assert!(needles.occur_in(serde_json::to_string(&body.to_fields()).unwrap().as_bytes()));
}
