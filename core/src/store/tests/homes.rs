//! Homes: opened, damaged, copied, paused, closed.
#![cfg(test)]

use std::fs;

use super::*;

fn put(store: &mut Store, key: &str, value: &[u8]) {
    let tx = store.begin().unwrap();
    tx.set_meta(key, value).unwrap();
    tx.commit().unwrap();
}

fn meta(store: &Store, key: &str) -> Option<Vec<u8>> {
    store.read().unwrap().meta(key).unwrap()
}

fn names(home: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Overwrites the first page, which SQLCipher takes for a wrong key.
fn damage(home: &Path) -> Vec<u8> {
    let path = home.join("kinweave.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0x55);
    fs::write(&path, &bytes).unwrap();
    bytes
}

fn failure(home: &Path, key: &[u8; 32]) -> StoreError {
    Store::open(home, key).err().unwrap()
}

#[test]
fn what_was_committed_is_there_after_closing_and_after_a_mere_drop() {
    let parent = tempfile::tempdir().unwrap();
    let home = parent.path().join("a/b");
    let mut store = open(&home);
    put(&mut store, "one", b"1");
    store.close().unwrap();
    assert_eq!(names(&home), ["key-check", "kinweave.db", "lock"]);
    let mut store = open(&home);
    put(&mut store, "two", b"2");
    drop(store);
    let store = open(&home);
    assert_eq!((meta(&store, "one"), meta(&store, "two")), (Some(b"1".to_vec()), Some(b"2".to_vec())));
    assert_eq!(store.integrity_check(), Ok(true));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn the_settings_that_can_silently_fail_to_take_hold_have_taken_hold() {
    let (_home, store, _) = store();
    let value = |name: &str| -> String {
        let reader = store.read().unwrap();
        reader
            .connection()
            .query_row(&format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"), [], |row| row.get(0))
            .unwrap()
    };
    let expected = [
        ("auto_vacuum", "2"),
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("foreign_keys", "1"),
        ("fullfsync", "1"),
        ("journal_size_limit", "4194304"),
    ];
    for (name, expected) in expected {
        assert_eq!(value(name), expected, "{name}");
    }
}

#[test]
fn a_wrong_key_is_told_apart_and_changes_nothing() {
    let (home, mut store, _) = store();
    store.close().unwrap();
    let before = fs::read(home.path().join("kinweave.db")).unwrap();
    assert_eq!(failure(home.path(), &[8; 32]), StoreError::WrongKey);
    assert_eq!(fs::read(home.path().join("kinweave.db")).unwrap(), before);
    assert_eq!(names(home.path()), ["key-check", "kinweave.db", "lock"]);
    assert!(Store::open(home.path(), &KEY).is_ok());
}

/// Goal: a lost key check never locks the owner out, and never makes a whole database look damaged.
#[test]
fn a_lost_key_check_is_written_again_by_the_right_key_only() {
    let (home, mut store, _) = store();
    store.close().unwrap();
    for torn in [None, Some(&b"half"[..])] {
        fs::remove_file(home.path().join("key-check")).unwrap();
        if let Some(torn) = torn {
            fs::write(home.path().join("key-check"), torn).unwrap();
        }
        assert_eq!(failure(home.path(), &[8; 32]), StoreError::WrongKey);
        assert!(home.path().join("kinweave.db").exists());
        drop(open(home.path()));
        assert_eq!(fs::read(home.path().join("key-check")).unwrap(), key::check(&KEY));
    }
}

#[test]
fn a_key_check_without_a_database_guards_nothing() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("key-check"), key::check(&[8; 32])).unwrap();
    fs::write(home.path().join("key-check.new"), b"half").unwrap();
    fs::write(home.path().join("kinweave.db"), b"").unwrap();
    drop(open(home.path()));
    assert_eq!(failure(home.path(), &[8; 32]), StoreError::WrongKey);
}

#[test]
fn a_home_is_opened_once_at_a_time() {
    let (home, mut store, _) = store();
    assert_eq!(failure(home.path(), &KEY), StoreError::HomeInUse);
    store.pause().unwrap();
    let mut second = open(home.path());
    put(&mut second, "second", b"here");
    assert_eq!(store.resume(&KEY), Err(StoreError::HomeInUse));
    assert_eq!(store.read().err(), Some(StoreError::Paused));
    second.close().unwrap();
    store.resume(&KEY).unwrap();
    assert_eq!(meta(&store, "second"), Some(b"here".to_vec()));
    assert_eq!(failure(home.path(), &KEY), StoreError::HomeInUse);
}

#[test]
fn a_damaged_database_is_moved_aside_each_time_and_never_deleted() {
    let home = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    for number in 1..=2 {
        let mut store = open(home.path());
        put(&mut store, "number", &[number]);
        store.close().unwrap();
        found.push(damage(home.path()));
        fs::write(home.path().join("kinweave.db-wal"), [number; 100]).unwrap();
        assert_eq!(failure(home.path(), &[8; 32]), StoreError::WrongKey);
        assert_eq!(failure(home.path(), &KEY), StoreError::Corrupt { moved_aside: true });
    }
    for (bytes, number) in found.iter().zip(1..) {
        let aside = home.path().join(format!("kinweave.db.corrupt-{number}"));
        assert_eq!(&fs::read(aside).unwrap(), bytes);
        let log = home.path().join(format!("kinweave.db.corrupt-{number}-wal"));
        assert_eq!(fs::read(log).unwrap(), [number; 100]);
    }
    // The key check still guards what was moved aside.
    assert_eq!(failure(home.path(), &[8; 32]), StoreError::WrongKey);
    assert_eq!(meta(&open(home.path()), "number"), None);
}

#[test]
fn a_log_without_its_database_is_kept() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("kinweave.db-wal"), b"the only copy").unwrap();
    drop(open(home.path()));
    assert_eq!(fs::read(home.path().join("kinweave.db.corrupt-1-wal")).unwrap(), b"the only copy");
}

#[test]
fn a_database_of_a_newer_version_is_left_as_it_is() {
    let (home, mut store, _) = store();
    store.begin().unwrap().connection().execute_batch("PRAGMA user_version = 99; COMMIT; BEGIN").unwrap();
    store.close().unwrap();
    let before = fs::read(home.path().join("kinweave.db")).unwrap();
    let failure = failure(home.path(), &KEY);
    assert!(matches!(failure, StoreError::NewerDatabase { found: 99, supported } if supported < 99), "{failure:?}");
    assert_eq!(fs::read(home.path().join("kinweave.db")).unwrap(), before);
}

#[test]
fn pausing_resuming_and_closing_may_each_be_said_twice() {
    let (home, mut store, _) = store();
    put(&mut store, "one", b"1");
    for _ in 0..2 {
        store.pause().unwrap();
        assert_eq!(store.begin().err(), Some(StoreError::Paused));
        assert_eq!(store.read().err(), Some(StoreError::Paused));
    }
    assert_eq!(names(home.path()), ["key-check", "kinweave.db", "lock"]);
    assert_eq!(open_files(home.path()), [""; 0]);
    assert_eq!(store.resume(&[8; 32]), Err(StoreError::WrongKey));
    store.resume(&KEY).unwrap();
    store.resume(&KEY).unwrap();
    assert_eq!(meta(&store, "one"), Some(b"1".to_vec()));
    store.close().unwrap();
    store.close().unwrap();
    assert_eq!(open_files(home.path()), [""; 0]);
    assert_eq!(store.begin().err(), Some(StoreError::Closed));
    assert_eq!((store.pause(), store.resume(&KEY)), (Err(StoreError::Closed), Err(StoreError::Closed)));
}

/// The files of this home that this process holds open; where the system doesn't tell, what a test hopes for.
fn open_files(home: &Path) -> Vec<String> {
    let home = fs::canonicalize(home).unwrap();
    let links = fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    let mut open: Vec<_> = links.filter_map(|path| Some(path.strip_prefix(&home).ok()?.to_str()?.to_owned())).collect();
    open.sort();
    open
}

#[test]
fn a_copy_of_the_files_made_right_after_a_commit_opens() {
    let (home, mut store, _) = store();
    put(&mut store, "one", b"1");
    let other = tempfile::tempdir().unwrap();
    for name in ["kinweave.db", "kinweave.db-wal", "key-check"] {
        fs::copy(home.path().join(name), other.path().join(name)).unwrap();
    }
    assert_eq!(meta(&open(other.path()), "one"), Some(b"1".to_vec()));
}

#[test]
fn a_transaction_that_is_dropped_leaves_nothing_behind() {
    let (_home, mut store, _) = store();
    let tx = store.begin().unwrap();
    tx.set_meta("one", b"1").unwrap();
    assert_eq!(tx.meta("one").unwrap(), Some(b"1".to_vec()));
    drop(tx);
    assert_eq!(meta(&store, "one"), None);
}

/// Goal: nothing readable is on the disk, while open, after a commit in the log, and closed.
#[test]
fn a_full_disk_takes_nothing_away_and_writing_goes_on_when_there_is_room() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let pages: u32 = store.connection().unwrap().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let room_for = |store: &Store, more: u32| {
        let pages = format!("PRAGMA max_page_count = {}", pages + more);
        store.connection().unwrap().query_row(&pages, [], |_| Ok(())).unwrap();
    };
    room_for(&store, 8);
    let write = |store: &mut Store, number: u32| {
        let tx = store.begin()?;
        tx.set_meta(&number.to_string(), &[7; 3_000])?;
        tx.commit()
    };
    let full = (0..100).find(|number| write(&mut store, *number) == Err(StoreError::DiskFull)).unwrap();
    assert!(full > 2);
    assert_eq!(write(&mut store, full), Err(StoreError::DiskFull));
    assert_eq!(store.integrity_check(), Ok(true));
    room_for(&store, 1_000);
    write(&mut store, full).unwrap();
    drop(store);
    let store = open(home.path());
    assert!((0..=full).all(|number| meta(&store, &number.to_string()) == Some(vec![7; 3_000])));
}

#[test]
fn no_file_holds_a_word_that_was_written() {
    let (home, mut store, audience) = store();
    let words = ["qzvkwtarmbhjypld", "XJQNVBTRWLKZPMHD", "GvTqPxWnRkLzBmJd"];
    let tx = store.begin().unwrap();
    for (word, number) in words.iter().zip(1..) {
        tx.set_meta(word, word.as_bytes()).unwrap();
        tx.append(&entry(audience, at(1, number), EntryState::Accepted, word.as_bytes())).unwrap();
        let mut row = rows::row(audience, number, "2026-01-01");
        row.kind = (*word).to_owned();
        tx.put_row(&row).unwrap();
    }
    tx.commit().unwrap();
    let scan = || {
        for name in names(home.path()) {
            let bytes = fs::read(home.path().join(&name)).unwrap().to_ascii_lowercase();
            for word in words.map(str::to_ascii_lowercase) {
                let narrow = word.as_bytes().to_vec();
                let wide: Vec<u8> = narrow.iter().flat_map(|byte| [*byte, 0]).collect();
                for needle in [narrow, wide] {
                    assert!(!bytes.windows(needle.len()).any(|window| window == needle), "{name}");
                }
            }
        }
    };
    scan();
    store.close().unwrap();
    scan();
}

#[test]
fn an_erasure_gives_all_its_pages_back() {
    let (home, mut store, audience) = store();
    let size = || fs::metadata(home.path().join("kinweave.db")).unwrap().len();
    let tx = store.begin().unwrap();
    (1..=200).for_each(|number| {
        tx.append(&entry(audience, at(1, number), EntryState::Accepted, &[1; 16_000])).unwrap();
    });
    tx.commit().unwrap();
    store.pause().unwrap();
    store.resume(&KEY).unwrap();
    let full = size();
    let tx = store.begin().unwrap();
    (1..=200).for_each(|number| tx.set_state(&audience, at(1, number), EntryState::Erased).unwrap());
    tx.commit().unwrap();
    assert!(size() < full / 10, "{} of {full}", size());
    assert_eq!(fs::metadata(home.path().join("kinweave.db-wal")).unwrap().len(), 0);
}
