//! Search: what is found, and that nothing of a word stays when the last row that says it has gone.
#![cfg(test)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::rows::row;
use super::*;
use crate::model::{Candidate, Conflict, Fields, Row};
use crate::store::connection::OWED;
use crate::store::search::{MANY, WAITING_MAX};

fn said(audience: AudienceId, number: u64, words: &str) -> Row {
    let fields = Fields::from_iter([("words".to_owned(), words.into())]);
    Row { fields, ..row(audience, number, "2026-01-01") }
}

fn found(tx: &Transaction<'_>, text: &str) -> Vec<u64> {
    tx.index_waiting().unwrap();
    let scope = ReadScope { today: date("2026-06-01"), over_before: date("2026-06-01"), reader: member(1) };
    let (rows, _) = tx.search_index(&Wanted::parse(text).unwrap(), &RowQuery::all(scope), None).unwrap();
    let mut numbers: Vec<_> = rows.iter().map(|row| row.first.position.number).collect();
    numbers.sort_unstable();
    numbers
}

/// Whether these bytes occur in any field of any table.
fn is_anywhere(tx: &Transaction<'_>, needle: &str) -> bool {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
    let mut tables = tx.connection().prepare(sql).unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(tables.iter().any(|table| table == "search_data"), "{tables:?}");
    tables.iter().any(|table| {
        let mut statement = tx.connection().prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut hit = false;
        while let Some(row) = rows.next().unwrap() {
            for at in 0..columns {
                let bytes = row.get_ref(at).unwrap();
                let bytes = bytes.as_bytes_or_null().unwrap_or_default().unwrap_or_default();
                hit |= bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            }
        }
        hit
    })
}

#[test]
fn all_words_must_be_there_and_the_last_may_be_unfinished() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    for (number, words) in
        ["Dinner with Tomás", "dinner without him", "Tomás' 回復30日", "你好吗 好的"].iter().enumerate()
    {
        tx.put_row(&said(audience, number as u64, words)).unwrap();
    }
    let asked = |text: &str| found(&tx, text);
    assert_eq!(asked("tomas"), [0, 2]);
    assert_eq!(asked("TOMÁS"), [0, 2]);
    assert_eq!(asked("tom"), [0, 2]);
    assert_eq!(asked("with"), [0, 1]);
    assert_eq!(asked("tomas din"), [0]);
    assert_eq!(asked("din tomas"), [0; 0], "only the last word may be unfinished");
    assert_eq!(asked("\"with tomas\""), [0]);
    assert_eq!(asked("\"tomas with\""), [0; 0]);
    assert_eq!(asked("\"with\""), [0], "what is in quotes is finished");
    assert_eq!(asked("復30日"), [2]);
    assert_eq!(asked("復 日"), [2]);
    assert_eq!(asked("日復"), [0; 0]);
    assert_eq!(asked("好"), [3]);
}

#[test]
fn every_wording_of_a_conflict_is_found_and_no_phrase_spans_two_of_them() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let candidate = |words: &str| Candidate { value: words.into(), member: member(1) };
    let candidates = vec![candidate("soup at home"), candidate("pizza out")];
    let conflicts = vec![Conflict { field: "words".into(), candidates }];
    tx.put_row(&Row { conflicts, ..said(audience, 1, "soup at home") }).unwrap();
    assert_eq!(found(&tx, "pizza"), [1]);
    assert_eq!(found(&tx, "soup"), [1]);
    assert_eq!(found(&tx, "\"home pizza\""), [0; 0]);
    assert_eq!(
        tx.dump_words(&audience).unwrap(),
        ["¶milestone ¶01010101 ¶ soup at home ¶ pizza out"],
        "the shown one once"
    );
}

#[test]
fn a_row_without_words_costs_the_index_nothing() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    tx.put_row(&Row { fields: Fields::new(), ..row(audience, 1, "2026-01-01") }).unwrap();
    tx.put_row(&said(audience, 2, "?!")).unwrap();
    tx.put_row(&Row { kind: "of_tomorrow".into(), ..said(audience, 3, "unread") }).unwrap();
    assert_eq!(tx.dump_words(&audience).unwrap(), [""; 0]);
    assert!(tx.index_is_whole().unwrap());
}

#[test]
fn an_index_that_lost_a_word_is_noticed() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    tx.put_row(&said(audience, 1, "here")).unwrap();
    tx.index_waiting().unwrap();
    assert!(tx.index_is_whole().unwrap());
    tx.connection().execute("INSERT INTO search(search, rowid, words) VALUES ('delete', 1, 'here')", []).unwrap();
    assert!(!tx.index_is_whole().unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rows come, change and go, many to a transaction and few. Each version says a word that nobody else ever says.
    #[test]
    fn of_a_word_that_is_gone_no_byte_is_left(
        steps in prop::collection::vec((0_u64..40, any::<bool>(), prop::bool::weighted(0.2)), 1..400),
        seed in any::<u32>(),
        go_together in any::<bool>(),
    ) {
        let (_home, mut store, audience) = store();
        let mut tx = store.begin().unwrap();
        if go_together {
            tx.expect_to_go(MANY).unwrap();
        }
        let (mut here, mut gone) = (BTreeMap::new(), Vec::new());
        for (step, (number, is_written, commits)) in steps.into_iter().enumerate() {
            let word = format!("{:016x}", (u64::from(seed) << 20 | step as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            if is_written {
                tx.put_row(&said(audience, number, &format!("all say this, and one {word}"))).unwrap();
                gone.extend(here.insert(number, word));
            } else {
                tx.delete_row(&audience, at(1, number)).unwrap();
                gone.extend(here.remove(&number));
            }
            if commits {
                tx.commit().unwrap();
                tx = store.begin().unwrap();
            }
        }
        if go_together {
            tx.set_meta(OWED, &[1]).unwrap();
        }
        tx.commit().unwrap();
        prop_assert_eq!(store.finish_erasing().unwrap(), go_together);
        let tx = store.begin().unwrap();
        prop_assert!(tx.index_is_whole().unwrap());
        prop_assert_eq!(found(&tx, "say"), here.keys().copied().collect::<Vec<_>>());
        for (number, word) in &here {
            prop_assert_eq!(found(&tx, word), [*number]);
        }
        for word in gone {
            prop_assert_eq!(found(&tx, &word), [0; 0]);
            // The index writes a word as the end in which it differs from the one before.
            prop_assert!(!is_anywhere(&tx, &word[6..]), "{}", word);
        }
        for number in here.into_keys() {
            tx.delete_row(&audience, at(1, number)).unwrap();
        }
        tx.commit().unwrap();
        prop_assert!(!is_anywhere(&store.begin().unwrap(), "say"));
    }
}

#[test]
fn the_newest_come_first_page_by_page_and_none_is_sorted_for_it() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    // Long ago, in the middle, and on one day many; written in no order.
    let days = ["2026-03-01", "1931-07-04", "2026-02-01", "2026-03-01", "2027-01-01", "2026-03-01"];
    for (number, day) in (0..).zip(days) {
        tx.put_row(&Row { date: Some(date(day)), ..said(audience, number, "some words") }).unwrap();
    }
    let scope = ReadScope { today: date("2026-06-01"), over_before: date("2026-06-01"), reader: member(1) };
    tx.index_waiting().unwrap();
    let wanted = Wanted::parse("some words").unwrap();
    let pages = |query: RowQuery| {
        let (mut numbers, mut after) = (Vec::new(), None);
        loop {
            let (rows, next) = tx.search_index(&wanted, &query, after).unwrap();
            assert!(!rows.is_empty() || next.is_none());
            numbers.extend(rows.iter().map(|row| row.first.position.number));
            match next {
                Some(next) => after = Some(next),
                None => return numbers,
            }
        }
    };
    let all = RowQuery::all(scope);
    for limit in [1, 2, 3, 6, 7] {
        assert_eq!(pages(RowQuery { limit, ..all.clone() }), [4, 5, 3, 0, 2, 1], "{limit} a page");
    }
    let between = |from: &str, to: &str| RowQuery { from: Some(date(from)), to: Some(date(to)), ..all.clone() };
    assert_eq!(pages(between("2026-02-01", "2026-02-28")), [2]);
    assert_eq!(pages(between("2026-02-02", "2026-03-01")), [5, 3, 0]);
    assert_eq!(pages(between("1900-01-01", "2025-01-01")), [1]);
    let of = |kinds: &[&str], person: u8| RowQuery {
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        person: Some(member(person)),
        limit: 2,
        ..all.clone()
    };
    assert_eq!(pages(of(&["milestone", "of_tomorrow"], 1)).len(), 6);
    assert_eq!(pages(of(&["rsvp"], 1)), [0; 0]);
    assert_eq!(pages(of(&["of_tomorrow\" OR \"some"], 1)), [0; 0]);
    assert_eq!(pages(of(&[], 2)), [0; 0]);
    drop(tx);
    let (sql, values) = super::super::search::search_sql(&wanted, &all, None, 20);
    let plan = plan(&store, &sql, values.len());
    assert!(plan.starts_with("SCAN search VIRTUAL TABLE") && !plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn all_rows_that_are_taken_away_at_once_leave_the_index_as_new() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    (1..50).for_each(|number| tx.put_row(&said(audience, number, "some words")).unwrap());
    tx.clear_rows().unwrap();
    assert!(!is_anywhere(&tx, "words") && tx.index_is_whole().unwrap());
    tx.put_row(&said(audience, 3, "some words")).unwrap();
    tx.forget_places().unwrap();
    tx.delete_row(&audience, at(1, 3)).unwrap();
    tx.commit().unwrap();
    assert!(!is_anywhere(&store.begin().unwrap(), "words"));
}

#[test]
fn what_a_transaction_writes_and_takes_away_goes_into_the_index_at_once() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let rows: Vec<_> = (1..=300).map(|number| said(audience, number, "bread and butter")).collect();
    rows.iter().for_each(|row| tx.put_row(row).unwrap());
    rows[..290].iter().for_each(|row| tx.delete_row(&audience, row.first.position).unwrap());
    tx.commit().unwrap();
    assert_eq!(found(&store.begin().unwrap(), "bread").len(), 10);
    // Each time that it is written, a segment begins.
    let segments = "SELECT count(DISTINCT segid) FROM search_idx";
    let segments: u32 = store.begin().unwrap().connection().query_row(segments, [], |row| row.get(0)).unwrap();
    assert_eq!(segments, 1);
}

#[test]
fn words_wait_for_others_or_for_a_search() {
    let (_home, mut store, audience) = store();
    let waiting = |store: &Store| -> usize {
        let sql = "SELECT count(*) FROM words_waiting";
        store.connection().unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let write = |store: &mut Store, number| {
        let tx = store.begin().unwrap();
        tx.put_row(&said(audience, number, "bread and butter")).unwrap();
        tx.commit().unwrap();
    };
    let wanted = Wanted::parse("bread").unwrap();
    let scope = ReadScope { today: date("2026-06-01"), over_before: date("2026-06-01"), reader: member(1) };
    let search = |store: &mut Store| store.search(&wanted, &RowQuery::all(scope), None).unwrap().0.len();

    let some = WAITING_MAX as u64 - 1;
    (1..=some).for_each(|number| write(&mut store, number));
    assert_eq!(waiting(&store), WAITING_MAX - 1);
    write(&mut store, some + 1);
    assert_eq!(waiting(&store), 0);
    write(&mut store, some + 2);
    assert_eq!((search(&mut store), waiting(&store)), (WAITING_MAX + 1, 0));
}
