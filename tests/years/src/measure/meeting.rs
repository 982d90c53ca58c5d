//! What it costs when two phones meet.

use kinweave_core::app::Meeting;

use super::open::{Open, Pair};
use super::{Line, ROUNDS};
use crate::clock::{Took, median, timed};
use crate::family::Family;
use crate::peers::{Repos, SyncedDocument, month_of};

/// With a peer that takes seconds a round, fewer rounds tell as much.
const ROUNDS_WITH_ONE_DOCUMENT: usize = 3;

/// Lena's phone hears all that is shared with her for the first time. Answers what that took, too.
pub fn first_sync(family: &Family) -> (Pair, Took, Meeting) {
    let (marta, lena) = (Open::of(&family.full, family.now), Open::of(&family.empty, family.now));
    let (took, meeting) = timed(|| lena.meet(&marta));
    assert!(meeting.equal, "a first meeting that ends as it should");
    // Her empty phone is a copy of one that went on for years.
    lena.home.come_back_as_new_device().expect("a phone that comes back");
    lena.meet(&marta);
    (Pair { marta, lena }, took, meeting)
}

/// What the first sync took against the same records packed, and against a peer.
pub fn first_sync_with_peers(pair: &Pair, took: Took, meeting: &Meeting) -> Vec<Line> {
    let records = pair.lena.everything();
    let lines_of_json: Vec<u8> = records.iter().flat_map(|it| serde_json::to_vec(it).expect("JSON")).collect();
    let packed = zstd::bulk::compress(&lines_of_json, 19).expect("zstd").len();
    let bytes = meeting.bytes_received + meeting.bytes_sent;
    let mut by_month = Repos::of(&records, month_of);
    let (theirs, ()) = timed(|| by_month.first_sync());
    let [ours, theirs] = [took, theirs].map(|took| took.cpu.as_secs_f64());
    vec![
        Line::new(
            "first sync, bytes against the records packed",
            bytes as f64 / packed as f64,
            1.6,
            format!("{bytes} bytes against {packed} of zstd-19"),
        ),
        Line::new(
            "first sync, CPU against samod by the month",
            ours / theirs,
            0.5,
            format!("{ours:.1} s against {theirs:.1} s"),
        ),
    ]
}

/// Both sides write, and meet; and meet again with nothing new.
pub fn meetings(pairs: &[Pair; 2]) -> Vec<Line> {
    let records = pairs[1].lena.everything();
    let mut by_month = Repos::of(&records, month_of);
    by_month.first_sync();
    let mut document = SyncedDocument::of(&records);
    let [mut of_young, mut of_old, mut of_nothing, mut of_months] = [(); 4].map(|()| Vec::new());
    let [mut bytes, mut bytes_of_nothing, mut bytes_of_document] = [0; 3];
    for round in 0..ROUNDS {
        for (Pair { marta, lena }, took) in pairs.iter().zip([&mut of_young, &mut of_old]) {
            marta.write_news(round, &lena.home_of);
            lena.write_news(round, &marta.home_of);
            let (news, meeting) = timed(|| marta.meet(lena));
            assert!(meeting.equal);
            took.push(news.cpu_us());
            bytes = meeting.bytes_sent + meeting.bytes_received;
        }
        let (nothing, meeting) = timed(|| pairs[1].marta.meet(&pairs[1].lena));
        of_nothing.push(nothing.cpu_us());
        bytes_of_nothing = meeting.bytes_sent + meeting.bytes_received;
        by_month.write_news(round);
        of_months.push(timed(|| by_month.meet()).0.cpu_us());
        document.write_news(round);
        bytes_of_document = document.meet();
    }
    let mut whole = Repos::of(&records, |_| String::new());
    whole.first_sync();
    let of_whole = (0..ROUNDS_WITH_ONE_DOCUMENT).map(|round| {
        whole.write_news(round);
        timed(|| whole.meet()).0.cpu_us()
    });
    let of_whole = median(of_whole.collect());
    let [of_young, of_old, of_nothing, of_months] = [of_young, of_old, of_nothing, of_months].map(median);
    let times = |theirs: f64| format!("{of_old:.0} µs against {theirs:.0} µs");
    vec![
        Line::new("50 + 50, old against young", of_old / of_young, 1.25, times(of_young)),
        Line::new("50 + 50, against samod by the month", of_old / of_months, 0.2, times(of_months)),
        Line::new("50 + 50, against samod in one document", of_old / of_whole, 0.02, times(of_whole)),
        Line::new(
            "50 + 50, bytes against automerge's protocol",
            bytes as f64 / bytes_of_document as f64,
            0.5,
            format!("{bytes} bytes against {bytes_of_document}"),
        ),
        Line::new("nothing new, bytes", bytes_of_nothing as f64, 1_024.0, format!("{bytes_of_nothing} bytes")),
        Line::new(
            "nothing new, against 50 + 50",
            of_nothing / of_old,
            0.05,
            format!("{of_nothing:.0} µs against {of_old:.0} µs"),
        ),
    ]
}
