//! Rows: what a reader may see, page by page.
#![cfg(test)]

use std::collections::BTreeSet;

use super::*;
use crate::model::op::Writers;
use crate::model::{Candidate, Conflict, Fields, RecordId, RecordRef, Row, VersionToken};

/// The row of record `number` of device 1, made by member 1, with a date of its own.
pub fn row(audience: AudienceId, number: u64, day: &str) -> Row {
    let first = RecordRef::new(audience, at(1, number), &EntryHash::from_bytes([number as u8; 32]));
    let mut id = [0; 32];
    // Ids in another order than numbers, as hashes are.
    id[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    Row {
        id: RecordId::from_bytes(id),
        first,
        current: first,
        kind: "milestone".into(),
        schema: 1,
        writers: Writers::Author,
        audience,
        author: member(1),
        subject: None,
        wall: 29_000_000,
        tick: number % 3,
        date: Some(date(day)),
        open_on: None,
        expires_on: None,
        about: None,
        fields: Fields::from_iter([("words".to_owned(), serde_json::json!(number.to_string()))]),
        conflicts: Vec::new(),
        version: VersionToken::new(first, vec![[number as u8; 32]]),
    }
}

fn scope(today: &str, reader: u8) -> ReadScope {
    ReadScope::new(member(reader), date(today))
}

fn everything() -> RowQuery {
    RowQuery::all(scope("2026-06-01", 1))
}

fn numbers(tx: &Transaction<'_>, query: &RowQuery) -> Vec<u64> {
    let mut numbers: Vec<_> = tx.list(query).unwrap().rows.iter().map(|row| row.first.position.number).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn a_row_reads_back_replaces_its_last_version_and_goes() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let mut row = row(audience, 1, "2026-01-01");
    tx.put_row(&row).unwrap();
    row.conflicts = vec![Conflict {
        field: "words".into(),
        candidates: vec![Candidate { value: serde_json::json!("a"), member: member(1) }],
    }];
    row.about = Some(RecordRef::new(audience, at(3, 3), &EntryHash::from_bytes([3; 32])));
    tx.put_row(&row).unwrap();
    assert_eq!(tx.row(&row.id, &scope("2026-01-01", 2)).unwrap().as_ref(), Some(&row));
    assert_eq!(tx.row_by_first(&audience, at(1, 1)).unwrap().as_ref(), Some(&row));
    assert_eq!(tx.list(&everything()).unwrap().rows, [row.clone()]);
    assert_eq!(tx.dump_rows(&audience).unwrap().len(), 1);
    tx.delete_row(&audience, at(1, 1)).unwrap();
    assert_eq!(tx.row(&row.id, &scope("2026-01-01", 1)).unwrap(), None);
    tx.put_row(&row).unwrap();
    tx.clear_rows().unwrap();
    assert_eq!(tx.dump_rows(&audience).unwrap(), [""; 0]);
}

#[test]
fn news_is_what_came_changed_or_opened_since_and_building_rows_again_makes_none() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let theirs = |number, open_on: Option<&str>| Row {
        author: member(2),
        open_on: open_on.map(date),
        ..row(audience, number, "2026-01-01")
    };
    let opening = theirs(2, Some("2026-06-01"));
    for row in [theirs(1, None), opening.clone(), row(audience, 3, "2026-01-01"), theirs(4, None)] {
        tx.put_row(&row).unwrap();
    }
    let seen = NewsSince { seq: tx.last_seq().unwrap(), date: date("2026-05-31") };
    let news = |tx: &Transaction<'_>| numbers(tx, &RowQuery { news: Some(seen), ..everything() });
    assert_eq!(news(&tx), [2], "what opens on the day is new, though it came before");
    let edited = Row { tick: 9, ..theirs(4, None) };
    let mine = row(audience, 6, "2026-01-01");
    for row in [&edited, &theirs(5, None), &mine] {
        tx.put_row(row).unwrap();
    }
    assert_eq!(news(&tx), [2, 4, 5], "one's own isn't news");
    tx.clear_rows().unwrap();
    for row in [theirs(5, None), edited, row(audience, 3, "2026-01-01"), opening, mine, theirs(1, None)] {
        tx.put_row(&row).unwrap();
    }
    tx.forget_places().unwrap();
    assert_eq!(news(&tx), [2, 4, 5]);
    tx.put_row(&Row { tick: 10, ..theirs(1, None) }).unwrap();
    assert_eq!(news(&tx), [1, 2, 4, 5], "a number is never used twice");
    let seen = NewsSince { seq: tx.last_seq().unwrap(), ..seen };
    // The last row, and then the one before it.
    tx.delete_row(&audience, at(1, 1)).unwrap();
    tx.delete_row(&audience, at(1, 6)).unwrap();
    tx.put_row(&theirs(7, None)).unwrap();
    assert_eq!(
        numbers(&tx, &RowQuery { news: Some(seen), ..everything() }),
        [2, 7],
        "not even that of a row that is gone"
    );
    tx.put_row(&Row { kind: "check_in".into(), ..row(audience, 8, "2026-01-01") }).unwrap();
    assert_eq!(tx.count_check_ins(&audience, &scope("2026-06-01", 1)).unwrap(), 1);
}

#[test]
fn paging_visits_each_of_a_thousand_rows_once_in_both_orders() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let days = ["2026-01-01", "2026-01-02", "2026-01-03", "1969-07-20"];
    (1..=1_000).for_each(|number| tx.put_row(&row(audience, number, days[number as usize % 4])).unwrap());
    for newest_first in [true, false] {
        let mut query = RowQuery { newest_first, limit: 37, ..everything() };
        let (mut seen, mut keys) = (BTreeSet::new(), Vec::new());
        loop {
            let page = tx.list(&query).unwrap();
            assert!(page.rows.len() <= 37);
            seen.extend(page.rows.iter().map(|row| row.id));
            keys.extend(page.rows.iter().map(|row| (row.date, row.tick, row.id)));
            let Some(next) = page.next else { break };
            query.after = Some(Cursor::from_text(&next.to_text()).unwrap());
        }
        assert_eq!((seen.len(), keys.len()), (1_000, 1_000));
        assert!(if newest_first { keys.is_sorted_by(|a, b| a > b) } else { keys.is_sorted() });
    }
    assert_eq!(tx.list(&RowQuery { limit: u32::MAX, ..everything() }).unwrap().rows.len(), 1_000);
    assert_eq!(tx.list(&RowQuery { limit: 0, ..everything() }).unwrap().rows.len(), 1);
    assert_eq!(["", "1.2", "1.2.zz", "x.2.00"].map(Cursor::from_text), [None, None, None, None]);
}

#[test]
fn what_is_not_open_yet_and_what_has_expired_is_shown_to_its_author_only() {
    let (_home, mut store, audience) = store();
    let tx = store.begin().unwrap();
    let mut row = row(audience, 1, "2026-01-01");
    (row.open_on, row.expires_on) = (Some(date("2026-03-10")), Some(date("2026-03-20")));
    tx.put_row(&row).unwrap();
    let days = [("2026-03-09", false), ("2026-03-10", true), ("2026-03-20", true), ("2026-03-21", false)];
    for (today, shown) in days {
        for (reader, shown) in [(1, true), (2, shown)] {
            let scope = scope(today, reader);
            assert_eq!(tx.row(&row.id, &scope).unwrap().is_some(), shown, "{today} {reader}");
            assert_eq!(tx.list(&RowQuery::all(scope)).unwrap().rows.len(), usize::from(shown), "{today} {reader}");
        }
    }
    assert!(tx.row_by_first(&audience, at(1, 1)).unwrap().is_some());
}

#[test]
fn a_list_is_narrowed_by_kind_person_day_parent_and_conflict() {
    let (_home, mut store, audience) = store();
    let other = AudienceId::from_bytes([4; 32]);
    let tx = store.begin().unwrap();
    tx.put_audience(&other, &Audience::Home).unwrap();
    let parent = RecordRef::new(audience, at(1, 1), &EntryHash::from_bytes([1; 32]));
    let put = |number, change: &dyn Fn(&mut Row)| {
        let mut row = row(audience, number, "2026-01-01");
        change(&mut row);
        tx.put_row(&row).unwrap();
    };
    put(1, &|row| row.kind = "celebration".into());
    put(2, &|row| row.about = Some(parent));
    put(3, &|row| row.author = member(2));
    put(4, &|row| (row.author, row.subject) = (member(3), Some(member(2))));
    // 2025-12-31T23:59Z by its writer's claim, and no date of its own.
    put(5, &|row| (row.date, row.wall) = (None, 29_453_759));
    put(6, &|row| {
        let candidate = Candidate { value: serde_json::Value::Null, member: member(1) };
        row.conflicts = vec![Conflict { field: "words".into(), candidates: vec![candidate] }];
    });
    put(7, &|row| row.audience = other);
    let kinds =
        |kinds: &[&str]| RowQuery { kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(), ..everything() };
    assert_eq!(numbers(&tx, &kinds(&["celebration"])), [1]);
    assert_eq!(numbers(&tx, &kinds(&["celebration", "milestone"])), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(numbers(&tx, &RowQuery { audience: Some(other), ..everything() }), [7]);
    assert_eq!(numbers(&tx, &RowQuery { person: Some(member(2)), ..everything() }), [3, 4]);
    assert_eq!(numbers(&tx, &RowQuery::about(scope("2026-06-01", 1), &parent)), [2]);
    assert_eq!(numbers(&tx, &RowQuery { only_conflicts: true, ..everything() }), [6]);
    assert_eq!(numbers(&tx, &RowQuery { to: Some(date("2025-12-31")), ..everything() }), [5]);
    assert_eq!(
        numbers(&tx, &RowQuery { from: Some(date("2025-12-31")), to: Some(date("2025-12-31")), ..everything() }),
        [5]
    );
    assert_eq!(numbers(&tx, &RowQuery { from: Some(date("2026-01-01")), ..everything() }), [1, 2, 3, 4, 6, 7]);
}

#[test]
fn the_common_lists_are_read_in_order_from_an_index() {
    let (_home, store, _) = store();
    let one_kind = RowQuery { kinds: vec!["milestone".into()], ..everything() };
    let conflicts = RowQuery { only_conflicts: true, ..everything() };
    let cursor = Cursor::from_text(&format!("1.2.{}", RecordId::from_bytes([0; 32]))).unwrap();
    let next = RowQuery { after: Some(cursor), ..one_kind.clone() };
    let lists = [
        (one_kind, "rows_by_kind"),
        (next, "rows_by_kind"),
        (everything(), "rows_by_minute"),
        (conflicts, "rows_in_conflict"),
    ];
    for (query, index) in lists {
        let (sql, values) = super::super::row_query::list_sql(&query, 50);
        let plan = plan(&store, &sql, values.len());
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
    }
    let parent = RecordRef::new(AudienceId::from_bytes([1; 32]), at(1, 1), &EntryHash::from_bytes([1; 32]));
    let (sql, values) = super::super::row_query::list_sql(&RowQuery::about(scope("2026-06-01", 1), &parent), 50);
    assert!(plan(&store, &sql, values.len()).contains("rows_by_about"));
}
