//! Homes whose key is kept by the platform's key store, which may fail at any time.

use std::path::Path;
use std::sync::{Arc, Mutex};

use kinweave_core::app::{Error, KeyStore, Kinweave, SettableClock, System};
use kinweave_tests::phone::new_york;

/// A key store that can be locked, as a phone's is before its first unlocking.
#[derive(Default)]
struct Drawer {
    key: Mutex<Option<Vec<u8>>>,
    problem: Mutex<Option<Error>>,
}

impl Drawer {
    fn holds(&self, key: Option<Vec<u8>>) {
        *self.key.lock().unwrap() = key;
    }

    fn fails(&self, problem: Option<Error>) {
        *self.problem.lock().unwrap() = problem;
    }

    fn fail(&self) -> Result<(), Error> {
        match &*self.problem.lock().unwrap() {
            Some(problem) => Err(problem.clone()),
            None => Ok(()),
        }
    }
}

impl KeyStore for Drawer {
    fn load(&self) -> Result<Option<Vec<u8>>, Error> {
        self.fail()?;
        Ok(self.key.lock().unwrap().clone())
    }

    fn save(&self, key: Vec<u8>) -> Result<(), Error> {
        self.holds(Some(key));
        Ok(())
    }
}

/// A key store whose code is wrong.
struct Broken;

impl KeyStore for Broken {
    fn load(&self) -> Result<Option<Vec<u8>>, Error> {
        Ok(None)
    }

    fn save(&self, _: Vec<u8>) -> Result<(), Error> {
        panic!("an app's mistake")
    }
}

fn open(home: &Path, keys: Arc<dyn KeyStore>) -> Result<Kinweave, Error> {
    Kinweave::open_with(home, keys, System::with_clock(SettableClock::new(new_york("2026-02-10T10:00"))))
}

#[test]
fn the_key_of_a_new_home_is_saved_first_and_serves_from_then_on() {
    let files = tempfile::tempdir().unwrap();
    let (home, keys) = (files.path().join("home"), Arc::new(Drawer::default()));
    let marta = open(&home, keys.clone()).unwrap();
    marta.create_circle("Reyes", "Marta").unwrap();
    marta.pause().unwrap();
    marta.resume_with(keys.clone()).unwrap();
    assert_eq!(marta.circle().unwrap().name, "Reyes");
    marta.close().unwrap();
    let key: [u8; 32] = keys.key.lock().unwrap().clone().unwrap().try_into().unwrap();
    assert_eq!(open(&home, keys).unwrap().circle().unwrap().name, "Reyes");
    let system = System::with_clock(SettableClock::new(new_york("2026-02-10T10:00")));
    assert!(Kinweave::open(&home, &key, system).is_ok(), "it is the very key");
}

#[test]
fn a_home_whose_key_is_gone_or_locked_away_is_left_as_it_was() {
    let files = tempfile::tempdir().unwrap();
    let (home, keys) = (files.path().join("home"), Arc::new(Drawer::default()));
    open(&home, keys.clone()).unwrap().create_circle("Reyes", "Marta").unwrap();
    let key = keys.key.lock().unwrap().clone();
    let fails = |expected: Error| assert_eq!(open(&home, keys.clone()).err(), Some(expected));

    keys.holds(None);
    fails(Error::WrongKey);
    assert_eq!(*keys.key.lock().unwrap(), None, "no new key for a home that is there");
    keys.holds(Some(vec![7; 32]));
    fails(Error::WrongKey);
    keys.holds(Some(vec![7; 31]));
    assert!(matches!(open(&home, keys.clone()), Err(Error::InvalidInput { field, .. }) if field == "key"));

    keys.holds(key);
    keys.fails(Some(Error::StorageUnavailable));
    fails(Error::StorageUnavailable);
    keys.fails(None);
    assert_eq!(open(&home, keys).unwrap().circle().unwrap().name, "Reyes");
}

#[test]
fn without_a_saved_key_no_home_is_made() {
    let files = tempfile::tempdir().unwrap();
    let home = files.path().join("home");
    assert!(matches!(open(&home, Arc::new(Broken)), Err(Error::CallbackFailed { .. })));
    assert!(!home.exists());
    assert!(open(&home, Arc::new(Drawer::default())).is_ok());
}
