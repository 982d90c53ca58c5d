//! The table: each line a ratio in one run, of medians of runs that take turns.

use std::path::Path;

use kinweave_core::app::{Kinweave, ListQuery, Meeting, NewRecord, Record, SettableClock, ShareWith, System};
use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::Encouragement;
use kinweave_core::model::{Body, Now};

use crate::clock::{Took, median, timed};
use crate::family::{Family, Home};
use crate::peers::{OneDocument, SignedInserts};

/// How often each side has its turn.
const ROUNDS: usize = 15;
const WRITES: usize = 100;
/// Notes that each side writes before a meeting.
const NEWS: usize = 50;

/// One line of the table.
pub struct Line {
    /// What was measured.
    pub what: &'static str,
    /// What came out.
    pub found: f64,
    /// The most it may be.
    pub at_most: f64,
    /// In words.
    pub told: String,
}

impl Line {
    fn new(what: &'static str, found: f64, at_most: f64, told: String) -> Self {
        Self { what, found, at_most, told }
    }

    /// Whether it is within its bar.
    pub fn is_met(&self) -> bool {
        self.found <= self.at_most
    }
}

/// The core on a home of a family.
struct Open {
    home: Kinweave,
    home_of: Home,
}

impl Open {
    fn of(home: &Home, now: Now) -> Self {
        let system = System::with_clock(SettableClock::new(now));
        let opened = Kinweave::open(&home.directory, &home.key, system).expect("a home");
        Self { home: opened, home_of: home.clone() }
    }

    fn note(&self, text: &str) -> NewRecord {
        NewRecord::new(Encouragement { text: text.to_owned(), to: [].into(), ..Encouragement::example() })
    }

    /// Writes half of it for everyone and half for one.
    fn write_news(&self, round: usize, one: &Home) {
        for number in 0..NEWS {
            let with = if number % 2 == 0 { ShareWith::Everyone } else { ShareWith::Chosen(vec![one.member]) };
            let note = self.note(&format!("round {round}: soup is on the stove, come when you can, number {number}"));
            self.home.add(note.with(with)).expect("a note");
        }
    }

    fn meet(&self, other: &Self) -> Meeting {
        let address = other.home.listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let device = other.home.circle().expect("a circle").device;
        self.home.meet(device, Some(address)).expect("a meeting")
    }

    fn last_50(&self) -> Vec<Record> {
        self.home.list(&ListQuery::default()).expect("a list").records
    }

    fn everything(&self) -> Vec<Record> {
        let mut query = ListQuery { limit: 1_000, ..ListQuery::default() };
        let mut records = Vec::new();
        loop {
            let page = self.home.list(&query).expect("a list");
            records.extend(page.records);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return records,
            }
        }
    }
}

/// A family's two phones, after the first sync of the second.
struct Pair {
    marta: Open,
    lena: Open,
}

/// Measures all, on two families in this folder: one after a year, one after so many. Tells each line as soon as it is known.
pub fn table(years: u32, seed: u64, folder: &Path, tell: impl Fn(&Line)) -> bool {
    let [young, old] = [1, years].map(|years| {
        let (took, family) = timed(|| Family::after(years, seed, &folder.join(format!("{years}"))));
        println!("{years} years: {} entries, made in {:.1} s", family.entries, took.wall.as_secs_f64());
        family
    });
    let mut is_met = true;
    let mut note = |lines: Vec<Line>| {
        lines.iter().for_each(&tell);
        is_met &= lines.iter().all(Line::is_met);
    };
    note(durable_write(&young, folder));
    note(opening(&young, &old));
    let [(young, _), (old, lines)] = [first_sync(&young), first_sync(&old)];
    note(lines);
    let pairs = [young, old];
    note(meetings(&pairs));
    note(forgetting(&pairs[1]));
    is_met
}

fn durable_write(family: &Family, folder: &Path) -> Vec<Line> {
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

fn opening(young: &Family, old: &Family) -> Vec<Line> {
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
    vec![
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

/// Lena's phone hears all that is shared with her for the first time.
fn first_sync(family: &Family) -> (Pair, Vec<Line>) {
    let (marta, lena) = (Open::of(&family.full, family.now), Open::of(&family.empty, family.now));
    let (took, meeting) = timed(|| lena.meet(&marta));
    assert!(meeting.equal, "a first meeting that ends as it should");
    let lines_of_json: Vec<u8> =
        lena.everything().iter().flat_map(|it| serde_json::to_vec(it).expect("JSON")).collect();
    let packed = zstd::bulk::compress(&lines_of_json, 19).expect("zstd");
    let bytes = meeting.bytes_received + meeting.bytes_sent;
    let line = Line::new(
        "first sync, bytes against the records packed",
        bytes as f64 / packed.len() as f64,
        1.6,
        format!("{bytes} bytes against {} of zstd-19; {:.1} s of CPU", packed.len(), took.cpu.as_secs_f64()),
    );
    // Her empty phone is a copy of one that went on for years.
    lena.home.come_back_as_new_device().expect("a phone that comes back");
    lena.meet(&marta);
    (Pair { marta, lena }, vec![line])
}

fn meetings(pairs: &[Pair; 2]) -> Vec<Line> {
    let [mut news, mut nothing] = [(); 2].map(|()| [Vec::new(), Vec::new()]);
    let mut bytes = [0, 0];
    for round in 0..ROUNDS {
        for (at, Pair { marta, lena }) in pairs.iter().enumerate() {
            marta.write_news(round, &lena.home_of);
            lena.write_news(round, &marta.home_of);
            let (took, meeting) = timed(|| marta.meet(lena));
            assert!(meeting.equal);
            news[at].push(took.cpu_us());
            bytes[0] = meeting.bytes_sent + meeting.bytes_received;
            let (took, meeting) = timed(|| marta.meet(lena));
            nothing[at].push(took.cpu_us());
            bytes[1] = meeting.bytes_sent + meeting.bytes_received;
        }
    }
    let [of_young, of_old] = news.map(median);
    let [_, nothing_new] = nothing.map(median);
    vec![
        Line::new(
            "50 + 50, old against young",
            of_old / of_young,
            1.25,
            format!("{of_old:.0} µs against {of_young:.0} µs, {} bytes", bytes[0]),
        ),
        Line::new("nothing new, bytes", bytes[1] as f64, 1_024.0, format!("{} bytes", bytes[1])),
        Line::new(
            "nothing new, against 50 + 50",
            nothing_new / of_old,
            0.05,
            format!("{nothing_new:.0} µs against {of_old:.0} µs"),
        ),
    ]
}

fn forgetting(pair: &Pair) -> Vec<Line> {
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
