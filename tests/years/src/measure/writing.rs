//! What it costs to write, and to take away.

use std::path::Path;

use kinweave_core::model::Body;

use super::open::{Open, Pair};
use super::{Line, ROUNDS};
use crate::clock::{Took, median, timed};
use crate::family::Family;
use crate::peers::SignedInserts;

const WRITES: usize = 100;

pub fn durable_write(family: &Family, folder: &Path) -> Vec<Line> {
    let open = Open::of(&family.full, family.now);
    let body = vec![7; 362];
    let [normal, full] = ["NORMAL", "FULL"].map(|how| SignedInserts::new(&folder.join(format!("{how}.db")), how));
    let [mut ours, mut bare, mut bare_full] = [(); 3].map(|()| Vec::new());
    for round in 0..ROUNDS {
        let words = format!("a note of the size that notes have, with some words more, so that it is one, {round}");
        ours.push(timed(|| (0..WRITES).for_each(|_| drop(open.home.add(open.note(&words)).expect("a note")))).0);
        bare.push(timed(|| (0..WRITES).for_each(|_| normal.write(&body))).0);
        bare_full.push(timed(|| (0..WRITES).for_each(|_| full.write(&body))).0);
    }
    open.home.close().expect("a home that closes");
    let cpu = |took: &[Took]| median(took.iter().map(|it| it.cpu_us() / WRITES as f64).collect());
    let wall = |took: &[Took]| median(took.iter().map(|it| it.wall.as_secs_f64() * 1e6 / WRITES as f64).collect());
    let told = |ours: f64, theirs: f64| format!("{ours:.0} µs against {theirs:.0} µs of a signed INSERT");
    vec![
        Line::new("one write, CPU", cpu(&ours) / cpu(&bare), 2.5, told(cpu(&ours), cpu(&bare))),
        Line::new("one write, wall", wall(&ours) / wall(&bare_full), 1.25, told(wall(&ours), wall(&bare_full))),
    ]
}

pub fn forgetting(pair: &Pair) -> Vec<Line> {
    let marta = &pair.marta;
    let mine = marta.everything().into_iter().filter(|record| record.author == marta.home_of.member);
    let mine: Vec<_> =
        mine.filter(|record| matches!(record.body, Body::CheckIn(_) | Body::Encouragement(_))).take(1_000).collect();
    assert_eq!(mine.len(), 1_000);
    let before = marta.home.storage().expect("numbers").database_bytes;
    let (took, ()) = timed(|| {
        marta.home.forget_all(mine.iter().map(|record| record.id).collect()).expect("records of one's own");
        marta.home.pause().expect("a pause");
    });
    marta.home.resume(&marta.home_of.key).expect("a home that goes on");
    let after = marta.home.storage().expect("numbers").database_bytes;
    vec![Line::new(
        "forget 1,000 records, seconds",
        took.wall.as_secs_f64(),
        2.0,
        format!("{:.1} s on the wall, {before} bytes before and {after} after", took.wall.as_secs_f64()),
    )]
}
