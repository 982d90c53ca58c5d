//! Entries: chains without gaps, stubs without bodies, what waits and what is missing.
#![cfg(test)]

use super::*;
use crate::model::{Head, Hold, Refusal, Side, Signature};

use EntryState::{Accepted, Erased, Missing};

#[test]
fn an_entry_reads_back_as_it_was_written() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let mut whole = entry(audience, at(1, 1), Accepted, b"body");
    whole.signature = Some(Signature::from_bytes([3; 64]));
    whole.record = Some(at(1, 1));
    whole.about = Some(at(5, 77));
    tx.append(&whole).unwrap();
    let stub = entry(audience, at(1, 2), Missing, b"later");
    tx.append(&stub).unwrap();
    assert_eq!(tx.entry(&audience, at(1, 1)).unwrap(), Some(whole));
    assert_eq!(tx.entry(&audience, at(1, 2)).unwrap(), Some(stub.clone()));
    assert_eq!(tx.entry(&audience, at(5, 77)).unwrap(), None);
    tx.set_signature(&audience, at(1, 1), None).unwrap();
    assert_eq!(tx.entry(&audience, at(1, 1)).unwrap().unwrap().signature, None);
    assert_eq!(tx.head(&audience, &device(1)).unwrap(), Some(Head { number: 2, hash: stub.hash }));
    assert_eq!(tx.head(&audience, &device(2)).unwrap(), None);
    tx.raise_tick(&audience, 9).unwrap();
    tx.raise_tick(&audience, 4).unwrap();
    assert_eq!(tx.tick(&audience).unwrap(), 9);
}

#[test]
fn a_gap_a_repetition_and_an_unknown_audience_are_refused() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    tx.append(&entry(audience, at(1, 1), Accepted, b"1")).unwrap();
    let gap = Err(StoreError::Internal("a gap in a feed"));
    assert_eq!(tx.append(&entry(audience, at(1, 3), Accepted, b"3")), gap);
    assert_eq!(tx.append(&entry(audience, at(1, 1), Accepted, b"1")), gap);
    let elsewhere = AudienceId::from_bytes([1; 32]);
    assert!(matches!(tx.append(&entry(elsewhere, at(1, 1), Accepted, b"1")), Err(StoreError::Internal(_))));
}

#[test]
fn the_vector_holds_the_end_of_each_feed_of_this_audience_only() {
    let (_home, mut store, audience) = store();
    let other = AudienceId::from_bytes([4; 32]);
    let tx = store.begin().unwrap();
    tx.put_audience(&other, &Audience::Home).unwrap();
    for number in 1..=3 {
        tx.append(&entry(audience, at(2, number), Accepted, b"a")).unwrap();
        tx.append(&entry(audience, at(1, number), Accepted, b"a")).unwrap();
        tx.append(&entry(other, at(3, number), Accepted, b"a")).unwrap();
    }
    let heads: Vec<_> = tx.vector(&audience).unwrap().into_iter().map(|(key, head)| (key, head.number)).collect();
    assert_eq!(heads, [(device(1), 3), (device(2), 3)]);
    assert_eq!(tx.vector(&audience).unwrap()[&device(1)], tx.head(&audience, &device(1)).unwrap().unwrap());
    assert_eq!(tx.audience(&other).unwrap(), Some(Audience::Home));
    assert_eq!(tx.audiences().unwrap().len(), 2);
}

#[test]
fn a_run_stops_at_its_budget_but_never_before_its_first_entry() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    (1..=5).for_each(|number| tx.append(&entry(audience, at(1, number), Accepted, &[0; 100])).unwrap());
    let numbers = |from, to, budget| {
        let entries = tx.entries(&audience, &device(1), from, to, budget).unwrap();
        entries.iter().map(|entry| entry.position.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(2, 4, usize::MAX), [2, 3, 4]);
    assert_eq!(numbers(2, u64::MAX, 250), [2, 3]);
    assert_eq!(numbers(2, 5, 0), [2]);
    assert_eq!(numbers(6, 9, 1_000), [0; 0]);
}

#[test]
fn a_state_without_a_body_takes_body_and_salt_away_for_good() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let bodiless = |tx: &Transaction<'_>| -> i64 {
        let sql = "SELECT count(*) FROM entries WHERE salt IS NULL AND body IS NULL";
        tx.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let states =
        [Erased, EntryState::Replaced, EntryState::Expired, EntryState::Told, EntryState::Refused(Refusal::BadChange)];
    for (state, number) in states.into_iter().zip(1..) {
        let mut whole = entry(audience, at(1, number), Accepted, b"body");
        (whole.record, whole.about) = (Some(at(1, 1)), Some(at(2, 1)));
        tx.append(&whole).unwrap();
        tx.set_state(&audience, at(1, number), state).unwrap();
        assert_eq!(bodiless(&tx), number as i64);
        let left = tx.entry(&audience, at(1, number)).unwrap().unwrap();
        assert_eq!(left, StoredEntry { body: None, state, ..whole });
        // Nothing comes back by a mere change of state.
        assert!(matches!(tx.set_state(&audience, at(1, number), Accepted), Err(StoreError::Internal(_))));
    }
    assert!(matches!(tx.set_state(&audience, at(1, 99), Erased), Err(StoreError::Internal(_))));
    let mut whole = entry(audience, at(1, 6), Missing, b"");
    whole.body = Some(([0; 16], Vec::new()));
    assert!(matches!(tx.append(&whole), Err(StoreError::Internal(_))));
}

#[test]
fn a_body_that_comes_late_fills_its_stub_unless_it_is_refused() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let fill = |number, state| {
        tx.append(&entry(audience, at(1, number), Missing, b"late")).unwrap();
        let mut filled = entry(audience, at(1, number), Accepted, b"late");
        (filled.state, filled.tick, filled.record) = (state, 40, Some(at(1, 1)));
        let (salt, body) = filled.body.clone().unwrap();
        tx.fill_body(&filled, &salt, &body).unwrap();
        assert_eq!(tx.entry(&audience, at(1, number)).unwrap().unwrap().tick, 40);
        tx.entry(&audience, at(1, number)).unwrap().unwrap().body.map(|(_, body)| body)
    };
    assert_eq!(fill(1, EntryState::Held(Hold::MissingRecord)), Some(b"late".to_vec()));
    assert_eq!(fill(2, EntryState::Refused(Refusal::TooLarge)), None);
    let absent = entry(audience, at(1, 3), Accepted, b"late");
    assert!(matches!(tx.fill_body(&absent, &[0; 16], b"late"), Err(StoreError::Internal(_))));
}

#[test]
fn a_record_is_found_with_its_changes_and_its_children_also_as_stubs() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let append = |position, record, about| {
        let links = StoredEntry { record, about, ..entry(audience, position, Accepted, b"x") };
        tx.append(&links).unwrap();
    };
    append(at(1, 1), Some(at(1, 1)), None);
    append(at(2, 1), Some(at(1, 1)), None);
    append(at(2, 2), Some(at(2, 2)), Some(at(1, 1)));
    append(at(2, 3), Some(at(2, 2)), Some(at(1, 1)));
    append(at(1, 2), Some(at(1, 2)), Some(at(1, 1)));
    tx.set_state(&audience, at(2, 2), Erased).unwrap();
    let record = tx.entries_of_record(&audience, at(1, 1)).unwrap();
    assert_eq!(record.iter().map(|entry| entry.position).collect::<Vec<_>>(), [at(1, 1), at(2, 1)]);
    assert_eq!(tx.children(&audience, at(1, 1)).unwrap(), [at(1, 2), at(2, 2)]);
    assert_eq!(tx.children(&audience, at(2, 2)).unwrap(), []);
    let states = tx.states_in(&audience, &device(2), &[(2, 2), (3, u64::MAX)]).unwrap();
    assert_eq!(states, [(at(2, 2), Erased), (at(2, 3), Accepted)]);
}

#[test]
fn what_waits_what_is_refused_and_what_is_trust_is_found() {
    let (_home, mut store, audience) = store();
    let [keys, roster] = [4, 3].map(|byte| AudienceId::from_bytes([byte; 32]));
    let tx = store.begin().unwrap();
    tx.put_audience(&keys, &Audience::Keys(member(1))).unwrap();
    tx.put_audience(&roster, &Audience::Roster).unwrap();
    tx.append(&entry(keys, at(1, 1), Accepted, b"key")).unwrap();
    tx.append(&entry(roster, at(2, 1), EntryState::Held(Hold::UnknownDevice), b"admit")).unwrap();
    tx.append(&entry(audience, at(1, 1), Accepted, b"1")).unwrap();
    tx.append(&entry(audience, at(1, 2), EntryState::Held(Hold::LaterOp), b"2")).unwrap();
    tx.append(&entry(audience, at(1, 3), EntryState::Held(Hold::Quarantined), b"3")).unwrap();
    let positions = |entries: Vec<StoredEntry>| entries.iter().map(|entry| entry.position).collect::<Vec<_>>();
    tx.append(&StoredEntry { body: None, ..entry(audience, at(1, 4), EntryState::Refused(Refusal::TooLarge), b"4") })
        .unwrap();
    assert_eq!(positions(tx.held(&audience).unwrap()), [at(1, 2), at(1, 3)]);
    assert_eq!(positions(tx.refused(&audience).unwrap()), [at(1, 4)]);
    assert_eq!(positions(tx.trust_entries().unwrap()), [at(2, 1), at(1, 1)]);
    assert_eq!(tx.dump_entries(&audience).unwrap().len(), 4);
}

#[test]
fn missing_bodies_are_asked_for_newest_first_and_no_feed_keeps_another_from_it() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let feed = |byte: u8, missing: &[u64]| {
        for number in 1..=20 {
            let state = if missing.contains(&number) { Missing } else { Accepted };
            tx.append(&entry(audience, at(byte, number), state, b"x")).unwrap();
        }
    };
    feed(1, &[1, 3, 4, 5, 7, 9, 20]);
    feed(2, &[10, 11]);
    feed(3, &[]);
    let missing = |limit| tx.missing(&audience, limit).unwrap();
    let first = vec![(20, 20), (9, 9), (7, 7), (3, 5), (1, 1)];
    assert_eq!(missing(99), [(device(1), first.clone()), (device(2), vec![(10, 11)])]);
    assert_eq!(missing(4), [(device(1), first[..3].to_vec()), (device(2), vec![(10, 11)])]);
    assert_eq!(missing(1), [(device(1), first[..1].to_vec())]);
    assert_eq!(missing(0), []);
}

#[test]
fn what_waits_for_a_record_that_is_told_to_be_gone_is_asked_for_too() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let child = |number, about| StoredEntry {
        about: Some(at(1, about)),
        ..entry(audience, at(2, number), EntryState::Held(Hold::MissingRecord), b"x")
    };
    tx.append(&entry(audience, at(1, 1), Accepted, b"x")).unwrap();
    tx.append(&entry(audience, at(1, 2), EntryState::Told, b"")).unwrap();
    tx.append(&entry(audience, at(1, 3), Missing, b"")).unwrap();
    for (number, about) in [(1, 2), (2, 3), (3, 2), (4, 9)] {
        tx.append(&child(number, about)).unwrap();
    }
    tx.append(&entry(audience, at(2, 5), Missing, b"")).unwrap();
    let asked_for = vec![(device(1), vec![(3, 3)]), (device(2), vec![(5, 5), (3, 3), (1, 1)])];
    assert_eq!(tx.missing(&audience, 99).unwrap(), asked_for);
}

#[test]
fn peers_are_remembered() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    tx.append(&entry(audience, at(1, 1), Accepted, b"x")).unwrap();
    let vector = tx.vector(&audience).unwrap();
    tx.put_peer_address(&device(2), "[::1]:1").unwrap();
    tx.put_peer_address(&device(2), "[::1]:2").unwrap();
    tx.put_peer_vector(&device(2), &audience, &vector, 5).unwrap();
    assert_eq!(tx.peer_address(&device(2)).unwrap().as_deref(), Some("[::1]:2"));
    assert_eq!(tx.peer_vectors(&device(2)).unwrap(), [(audience, vector.clone(), 5)]);
    tx.put_peer_seen(&device(2), &audience, 7).unwrap();
    assert_eq!(tx.peer_vectors(&device(2)).unwrap(), [(audience, vector, 7)]);
    assert_eq!(tx.peer_vectors(&device(1)).unwrap(), []);
}

#[test]
fn the_log_is_searched_by_index_only() {
    let (_home, store, _) = store();
    let plans = [
        ("e.record_device = ?2 AND e.record_number = ?3", "entries_by_record"),
        ("e.about_device = ?2 AND e.about_number = ?3", "entries_by_about"),
        ("e.state BETWEEN 32 AND 63", "entries_held"),
        ("e.state BETWEEN 32 AND 63 AND e.state = ?2", "entries_held"),
        ("e.state = 5", "entries_missing"),
    ];
    for (condition, index) in plans {
        let sql = format!(
            "SELECT body FROM entries e WHERE e.audience = (SELECT id FROM audiences WHERE hash = ?1) AND {condition}"
        );
        let count = sql.matches('?').count();
        let plan = plan(&store, &sql, count);
        assert!(plan.contains(&format!("USING INDEX {index}")), "{plan}");
    }
}

#[test]
fn whatever_changes_the_ends_of_feeds_or_what_is_missing_is_told() {
    const NEITHER: (bool, bool) = (false, false);
    let (_home, mut store, audience) = store();
    let mut told = |write: &dyn Fn(&Transaction<'_>) -> Result<(), StoreError>| {
        let tx = store.begin().unwrap();
        write(&tx).unwrap();
        tx.commit().unwrap();
        let changes = store.take_changes();
        (changes.heads.contains(&audience), changes.missing.contains(&audience))
    };
    let (salt, body) = ([2; 16], b"late");
    let late = StoredEntry { body: None, ..entry(audience, at(1, 2), Accepted, body) };
    let waiting = EntryState::Held(Hold::UnknownDevice);
    let side = Side { audience, device: device(1), from: 2, previous: late.hash, first: late.hash };
    assert_eq!(told(&|tx| tx.append(&entry(audience, at(1, 1), Accepted, b"first"))), (true, false));
    assert_eq!(told(&|tx| tx.append(&entry(audience, at(1, 2), Missing, b""))), (true, true));
    assert_eq!(told(&|tx| tx.fill_body(&late, &salt, body)), (false, true));
    assert_eq!(told(&|tx| tx.set_state(&audience, at(1, 1), waiting)), (false, true));
    assert_eq!(told(&|tx| tx.set_state(&audience, at(1, 1), Erased)), (false, true));
    assert_eq!(told(&|tx| tx.part_feed(&device(1), &side).map(drop)), (true, true));
    assert_eq!(told(&|tx| tx.raise_tick(&audience, 9)), NEITHER);
    assert_eq!(told(&|tx| tx.append(&entry(audience, at(2, 1), Accepted, b"a"))), (true, false));
}
