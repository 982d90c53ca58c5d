//! Files that are damaged, lost, full or locked: a clear answer, no panic, and nothing that was whole is lost.

use std::fs;
use std::path::Path;

use kinweave_core::app::{Error, Kinweave, ListQuery, NewRecord, SettableClock, System};
use kinweave_core::model::Role;
use kinweave_core::model::kinds::Celebration;
use kinweave_core::store::{ReadScope, RowQuery, Store, Wanted};
use kinweave_disk::{Harm, PowerCut};
use kinweave_tests::paper::copy_home;
use kinweave_tests::phone::{Phone, new_york};

const TODAY: &str = "2026-02-14T10:00";
const PAGE: usize = 4_096;

fn open(home: &Path, key: &[u8; 32]) -> Result<Kinweave, Error> {
    Kinweave::open(home, key, System::seeded(SettableClock::new(new_york(TODAY)), [9; 32]))
}

/// A home with something in it, closed.
fn a_home() -> Phone {
    let phone = Phone::new(1, new_york(TODAY));
    phone.home.create_circle("Reyes", "Marta").unwrap();
    for number in 0..60 {
        let place = Some(format!("place {number}"));
        phone.home.add(NewRecord::new(Celebration { place, ..Celebration::idea("movie_night") })).unwrap();
    }
    phone.home.close().unwrap();
    phone
}

/// Everything that an app does with a home.
fn use_it(home: &Kinweave) -> Vec<(&'static str, Result<(), Error>)> {
    vec![
        ("circle", home.circle().map(drop)),
        ("list", home.list(&ListQuery { limit: 500, ..ListQuery::default() }).map(drop)),
        ("days", home.days().map(drop)),
        ("dump", home.dump().map(drop)),
        ("held", home.held().map(drop)),
        ("set_aside", home.set_aside().map(drop)),
        ("add", home.add(NewRecord::new(Celebration::idea("movie_night"))).map(drop)),
        ("check", home.check().map(drop)),
        ("storage", home.storage().map(drop)),
    ]
}

#[test]
fn whichever_page_is_damaged_it_is_told_and_the_file_is_kept() {
    let phone = a_home();
    let whole = fs::read(phone.directory.join("kinweave.db")).unwrap();
    let (mut moved, mut told, mut unharmed) = (0, 0, 0);
    for page in 0..whole.len() / PAGE {
        let files = tempfile::tempdir().unwrap();
        copy_home(&phone.directory, files.path());
        let mut damaged = whole.clone();
        damaged[page * PAGE + 100] ^= 1;
        fs::write(files.path().join("kinweave.db"), &damaged).unwrap();
        match open(files.path(), &phone.key) {
            Err(error) => {
                assert_eq!(error, Error::Corrupt { moved_aside: true }, "page {page}");
                assert_eq!(fs::read(files.path().join("kinweave.db.corrupt-1")).unwrap(), damaged);
                moved += 1;
            }
            Ok(home) => {
                let outcomes = use_it(&home);
                let failed: Vec<_> = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).collect();
                let is_told = |outcome: &Result<(), Error>| *outcome == Err(Error::Corrupt { moved_aside: false });
                assert!(failed.iter().all(|(_, outcome)| is_told(outcome)), "page {page}: {failed:?}");
                if failed.is_empty() { unharmed += 1 } else { told += 1 }
            }
        }
    }
    println!("{moved} moved aside, {told} told, {unharmed} unharmed");
    assert!(moved > 0 && told > 0);
}

#[test]
fn what_can_still_be_read_of_a_damaged_home_is_salvaged_and_others_bring_the_rest() {
    let [mut marta, dani] = [1, 2].map(|seed| Phone::new(seed, new_york(TODAY)));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&dani, "Dani", Role::Member, None);
    for number in 0..150 {
        let place = Some(format!("place {number}"));
        dani.home.add(NewRecord::new(Celebration { place, ..Celebration::idea("movie_night") })).unwrap();
    }
    dani.meet(&mut marta);
    let dani_device = dani.device();
    dani.home.close().unwrap();
    let whole = fs::read(dani.directory.join("kinweave.db")).unwrap();
    let (mut saved, mut lost) = (0, 0);
    for page in (1..whole.len() / PAGE).step_by(3) {
        let files = tempfile::tempdir().unwrap();
        copy_home(&dani.directory, files.path());
        let mut damaged = whole.clone();
        damaged[page * PAGE + 100] ^= 1;
        fs::write(files.path().join("kinweave.db"), &damaged).unwrap();
        let system = System::seeded(SettableClock::new(new_york(TODAY)), [9; 32]);
        let salvaged = Kinweave::salvage(files.path(), &dani.key, &system);
        match salvaged {
            Ok(Some(salvaged)) => {
                let home = open(files.path(), &dani.key).unwrap();
                assert_eq!(home.check(), Ok(vec![]), "page {page}, {salvaged:?}");
                assert!(home.second_copy().unwrap().is_some());
                if home.meet(marta.device(), Some(marta.address())) == Err(Error::NotPaired) {
                    // It has lost who she is: she calls, and the second time says who she is.
                    let address = home.listen("127.0.0.1:0".parse().unwrap()).unwrap();
                    let called = || marta.home.meet(dani_device, Some(address));
                    called().or_else(|_| called()).unwrap();
                }
                home.come_back_as_new_device().unwrap();
                home.meet(marta.device(), Some(marta.address())).unwrap();
                let celebrations = ListQuery { kinds: vec!["celebration".into()], limit: 500, ..ListQuery::default() };
                assert_eq!(home.list(&celebrations).unwrap().records.len(), 150, "page {page}, {salvaged:?}");
                assert_eq!(home.check(), Ok(vec![]));
                saved += 1;
            }
            // The page that says whose home it was, or nothing at all.
            Ok(None) | Err(Error::Corrupt { .. }) => lost += 1,
            Err(error) => panic!("page {page}: {error:?}"),
        }
        assert!(fs::read_dir(files.path()).unwrap().count() >= 3, "the damaged file is kept");
    }
    println!("{saved} saved, {lost} not");
    assert!(saved > 10 * lost.max(1), "{saved} saved, {lost} not");
}

#[test]
fn an_update_that_is_cut_short_begins_again_and_loses_nothing() {
    kinweave_disk::install();
    kinweave_disk::begin_watching();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/home_of_0_1");
    let count = |home: &Kinweave| home.list(&ListQuery { limit: 500, ..ListQuery::default() }).unwrap().records.len();
    let whole = tempfile::tempdir().unwrap();
    copy_home(&fixture, whole.path());
    let records = count(&open(whole.path(), &[5; 32]).unwrap());
    assert!(records > 10);
    for harm in [Harm::Full, Harm::FailedWrite, Harm::FailedSync, Harm::PowerCut] {
        let mut struck = 0;
        for at in 0.. {
            let files = tempfile::tempdir().unwrap();
            copy_home(&fixture, files.path());
            kinweave_disk::harm(at, harm);
            let opened = open(files.path(), &[5; 32]);
            let is_harmed = kinweave_disk::spare().is_some();
            match &opened {
                Err(Error::DiskFull | Error::StorageUnavailable) if is_harmed => struck += 1,
                Err(error) => panic!("{harm:?} at {at}: {error:?}"),
                Ok(_) => {}
            }
            let power = PowerCut::now();
            power.forget_unsynced(files.path(), || at % 2 == 0).unwrap();
            drop(opened);
            drop(power);
            let home = open(files.path(), &[5; 32]).unwrap();
            assert_eq!((count(&home), home.check()), (records, Ok(vec![])), "{harm:?} at {at}");
            if !is_harmed {
                break;
            }
        }
        assert!(struck > 0, "{harm:?}");
    }
}

#[test]
fn a_search_finds_on_a_full_disk_what_it_could_not_index() {
    kinweave_disk::install();
    kinweave_disk::begin_watching();
    let marta = Phone::new(1, new_york(TODAY));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    let dinner = || Celebration { place: Some("Café Nonna".into()), ..Celebration::idea("movie_night") };
    (0..5).for_each(|_| drop(marta.home.add(NewRecord::new(dinner())).unwrap()));
    let me = marta.home.circle().unwrap().me;
    marta.home.close().unwrap();
    let mut store = Store::open(&marta.directory, &marta.key).unwrap();
    let wanted = Wanted::parse("nonna").unwrap();
    let query = RowQuery::all(ReadScope::new(me, TODAY.get(..10).unwrap().parse().unwrap()));
    let mut find = |disk: Option<Harm>| {
        disk.into_iter().for_each(|harm| kinweave_disk::harm(0, harm));
        (store.search(&wanted, &query, None).unwrap().0.len(), kinweave_disk::spare())
    };
    assert_eq!(find(Some(Harm::Full)), (5, Some(Harm::Full)));
    assert_eq!(find(Some(Harm::Full)), (5, Some(Harm::Full)), "what couldn't be written waits on");
    assert_eq!(find(None), (5, None));
    assert_eq!(find(Some(Harm::Full)), (5, None), "nothing is left to write");
}

#[test]
fn a_home_whose_log_is_lost_is_as_it_was_and_hears_the_rest_from_others() {
    let [mut marta, mut dani] = [1, 2].map(|seed| Phone::new(seed, new_york(TODAY)));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&dani, "Dani", Role::Member, None);
    // The log goes into the database, and another begins.
    dani.home.pause().unwrap();
    dani.home.resume(&dani.key).unwrap();
    let _ = dani.address();
    let celebration = || NewRecord::new(Celebration::idea("movie_night"));
    (0..5).for_each(|_| drop(dani.home.add(celebration()).unwrap()));
    dani.meet(&mut marta);
    let files = tempfile::tempdir().unwrap();
    copy_home(&dani.directory, files.path());
    for lost in ["kinweave.db-wal", "kinweave.db-shm"] {
        fs::remove_file(files.path().join(lost)).unwrap();
    }
    let home = open(files.path(), &dani.key).unwrap();
    let celebrations = ListQuery { kinds: vec!["celebration".into()], ..ListQuery::default() };
    assert_eq!((home.list(&celebrations).unwrap().records.len(), home.check()), (0, Ok(vec![])));
    home.meet(marta.device(), Some(marta.address())).unwrap();
    assert_eq!((home.list(&celebrations).unwrap().records.len(), home.check()), (5, Ok(vec![])));
    assert!(home.second_copy().unwrap().is_some(), "what it had acknowledged came back from elsewhere");
}

#[test]
fn where_nothing_can_be_written_it_is_told() {
    // Nobody writes there, whoever they are.
    let home = Path::new("/proc/kinweave");
    assert_eq!(open(home, &[1; 32]).err(), Some(Error::StorageUnavailable));
}
