//! One moment for all who read, and a new one once all are done.
#![cfg(test)]

use super::*;
use crate::store::connection;

#[test]
fn as_long_as_anybody_reads_all_see_the_same_moment() {
    let (home, mut store, known) = store();
    let other = Audience::set([member(1), member(3)]);
    let other_id = other.id(&CircleId::from_bytes([9; 32]));
    // Somebody at the same file: what another process could never do while this one has the home.
    let beside = connection::open(&home.path().join("kinweave.db"), &KEY).unwrap();
    let write = |key: &str| {
        beside.execute("INSERT INTO meta(key, value) VALUES (?1, x'01')", [key]).unwrap();
    };
    {
        let outer = store.read().unwrap();
        assert!(outer.meta("first").unwrap().is_none());
        write("first");
        let inner = store.read().unwrap();
        assert!(inner.audience(&known).unwrap().is_some() && inner.audience(&other_id).unwrap().is_none());
        drop(inner);
        assert!(outer.meta("first").unwrap().is_none(), "the outer one reads on");
        assert!(outer.audience(&other_id).unwrap().is_none());
    }
    assert!(store.read().unwrap().meta("first").unwrap().is_some());
    // Nothing is left open that a write would trip over, and nothing that was found out is believed any longer.
    let tx = store.begin().unwrap();
    tx.put_audience(&other_id, &other).unwrap();
    assert!(tx.audience(&other_id).unwrap().is_some());
    tx.commit().unwrap();
    assert!(store.read().unwrap().audience(&other_id).unwrap().is_some());
    let reader = store.read().unwrap();
    assert!(reader.meta("second").unwrap().is_none());
    drop(reader);
    store.pause().unwrap();
    assert!(matches!(store.check_open(), Err(StoreError::Paused)));
    assert!(matches!(store.read().map(drop), Err(StoreError::Paused)));
}
