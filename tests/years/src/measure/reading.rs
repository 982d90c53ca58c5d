//! What it costs to open a home, to list and to find.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use kinweave_core::app::{Kinweave, ListQuery, Record, SearchQuery, System};

use super::open::Open;
use super::{Line, ROUNDS};
use crate::clock::{median, timed};
use crate::family::{Family, Home};
use crate::peers::{BareTable, OneDocument};

/// As many as a screen shows of what was found.
const HITS: u32 = 20;
/// In one record of ten.
const SEARCHED: &str = "bread";

pub fn opening(young: &Family, old: &Family) -> Vec<Line> {
    let open_once = |family: &Family| {
        timed(|| {
            let open = Open::of(&family.full, family.now);
            assert_eq!(open.last_50().len(), 50);
            open.home.close().expect("a home that closes");
        })
        .0
    };
    let records = {
        let open = Open::of(&old.full, old.now);
        let records = open.everything();
        open.home.close().expect("a home that closes");
        records
    };
    let document = OneDocument::of(&records).save();
    let [mut of_young, mut of_old, mut of_document] = [(); 3].map(|()| Vec::new());
    for _ in 0..ROUNDS {
        of_young.push(open_once(young).cpu_us());
        of_old.push(open_once(old).cpu_us());
        of_document.push(timed(|| OneDocument::open_and_read_50(&document)).0.cpu_us());
    }
    let (of_young, of_old, of_document) = (median(of_young), median(of_old), median(of_document));
    let peak_kib = memory_of(old);
    vec![
        Line::new("open and last 50, most memory, MB", peak_kib / 1_024.0, 40.0, format!("{peak_kib:.0} KiB")),
        Line::new(
            "open and last 50, old against young",
            of_old / of_young,
            1.25,
            format!("{of_old:.0} µs against {of_young:.0} µs after a year"),
        ),
        Line::new(
            "open and last 50, against one document",
            of_old / of_document,
            0.02,
            format!(
                "{of_old:.0} µs against {of_document:.0} µs of one automerge document of {} records",
                records.len()
            ),
        ),
    ]
}

/// The most memory that a process of its own has held when it has opened the home and read its last 50 records.
fn memory_of(family: &Family) -> f64 {
    let Home { directory, key, .. } = &family.full;
    let myself = std::env::current_exe().expect("this program");
    let opening = Command::new(myself).arg("open").arg(directory).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut opening = opening.expect("a second process");
    opening.stdin.take().expect("a way in").write_all(key).expect("a process that reads its key");
    let said = opening.wait_with_output().expect("an answer").stdout;
    String::from_utf8(said).expect("text").trim().parse().expect("a number of KiB")
}

/// Opens a home, reads its last 50 records, and answers the most memory that this process has held so far, in KiB.
pub fn peak_kib_of_opening(directory: &Path, key: &[u8; 32]) -> u64 {
    let home =
        Kinweave::open(directory, key, System::real("America/New_York".parse().expect("a zone"))).expect("a home");
    assert_eq!(home.list(&ListQuery::default()).expect("a list").records.len(), 50);
    let status = std::fs::read_to_string("/proc/self/status").expect("a system that says what a process holds");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a high-water mark");
    line.trim().trim_end_matches(" kB").parse().expect("a number of KiB")
}

pub fn queries(family: &Family, folder: &Path) -> Vec<Line> {
    let open = Open::of(&family.full, family.now);
    let bare = BareTable::of(&open.everything(), &folder.join("bare.db"));
    let found = || {
        let query = SearchQuery { limit: HITS, ..SearchQuery::new(SEARCHED) };
        open.home.search(&query).expect("hits").hits.into_iter().map(|hit| hit.record).collect::<Vec<Record>>()
    };
    let [mut list, mut bare_list, mut search, mut bare_search] = [(); 4].map(|()| Vec::new());
    for _ in 0..ROUNDS {
        list.push(timed(|| assert_eq!(open.last_50().len(), 50)).0.cpu_us());
        bare_list.push(timed(|| assert_eq!(bare.last(50).len(), 50)).0.cpu_us());
        search.push(timed(|| assert_eq!(found().len(), HITS as usize)).0.cpu_us());
        bare_search.push(timed(|| assert_eq!(bare.newest(SEARCHED, HITS).len(), HITS as usize)).0.cpu_us());
    }
    open.home.close().expect("a home that closes");
    let line = |what, ours: Vec<f64>, theirs: Vec<f64>| {
        let (ours, theirs) = (median(ours), median(theirs));
        Line::new(what, ours / theirs, 5.0, format!("{ours:.0} µs against {theirs:.0} µs of bare SQL"))
    };
    vec![
        line("last 50, against bare SQL", list, bare_list),
        line("newest 20 hits, against bare SQL", search, bare_search),
    ]
}
