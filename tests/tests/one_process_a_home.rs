//! A home belongs to one process at a time, so that no feed ever forks.

use kinweave_core::app::{Error, Kinweave, SettableClock, System};
use kinweave_core::model::Role;
use kinweave_core::model::audience::AudienceTag;
use kinweave_tests::child::Writer;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::note;

const WRITER: &str = env!("CARGO_BIN_EXE_writer");
const ROUNDS: usize = 20;

fn open(phone: &Phone) -> Result<Kinweave, Error> {
    let clock = SettableClock::new(new_york("2026-02-14T10:00"));
    Kinweave::open(&phone.directory, &phone.key, System::with_clock(clock))
}

#[test]
fn a_second_process_is_told_that_the_home_is_busy_until_the_first_is_gone() {
    let [mut marta, mut lena] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-14T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    for _ in 0..ROUNDS {
        let mut second = Writer::start(WRITER, &marta.directory, &marta.key);
        assert_eq!(second.line().as_deref(), Some("busy"), "this process has the home");
        assert_eq!(second.line(), None);
        assert_eq!(open(&marta).err(), Some(Error::Busy), "nor may a second handle of one process have it");

        marta.home.close().unwrap();
        let mut first = Writer::start(WRITER, &marta.directory, &marta.key);
        assert_eq!(first.line().as_deref(), Some("open"));
        assert!(first.line().is_some_and(|line| line.starts_with("added ")));
        assert_eq!(open(&marta).err(), Some(Error::Busy), "while the other process writes");
        first.kill();
        marta.home = open(&marta).unwrap();
        assert_eq!(marta.home.check().unwrap(), Vec::<String>::new());
    }
    assert!(marta.meet(&mut lena).equal, "one chain, which Lena's phone can follow to its end");
    let of_marta = marta.home.dump().unwrap();
    for dump in lena.home.dump().unwrap().into_iter().filter(|dump| dump.audience.tag != AudienceTag::Me) {
        assert!(of_marta.contains(&dump), "a {} audience differs", dump.audience.tag);
    }
}

/// An app that is suspended may hold no lock, so its home is free meanwhile: for the same app's share extension, say.
#[test]
fn a_paused_home_is_free_and_goes_on_from_what_another_process_wrote() {
    let [mut marta, mut lena] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-14T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    for _ in 0..ROUNDS {
        marta.home.pause().unwrap();
        let mut second = Writer::start(WRITER, &marta.directory, &marta.key);
        assert_eq!(second.line().as_deref(), Some("open"));
        assert!(second.line().is_some_and(|line| line.starts_with("added ")));
        assert_eq!(marta.home.resume(&marta.key), Err(Error::Busy));
        assert_eq!(marta.home.circle().err(), Some(Error::Paused));
        second.kill();
        marta.home.resume(&marta.key).unwrap();
        marta.home.add(note("Here again")).unwrap();
    }
    assert!(marta.meet(&mut lena).equal, "one chain, which Lena's phone can follow to its end");
    assert_eq!(marta.home.check().unwrap(), Vec::<String>::new());
}
