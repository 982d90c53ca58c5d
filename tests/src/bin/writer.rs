//! A phone in a process of its own, for tests that end it in the middle of a word.
//!
//! `writer HOME KEY`: opens the home, says `open`, then writes without end and tells of every step once it is done:
//! `added ID TEXT`, `edited ID TEXT`, `erased ID`; and before an erasure, `erasing ID`. `busy` if the home is taken.
//! `writer HOME KEY once` writes one record and ends, without closing the home.

use std::collections::VecDeque;
use std::io::Write;
use std::path::Path;

use kinweave_core::app::{Error, Kinweave, ListQuery, NewRecord, Record, SettableClock, System};
use kinweave_core::model::Body;
use kinweave_core::model::kinds::Encouragement;
use kinweave_tests::phone::new_york;

const ERASED_AFTER: usize = 6;

fn note(text: &str) -> Encouragement {
    let text = text.to_owned();
    Encouragement { to: Default::default(), text, encouragement_kind: Default::default(), open_on: None, link: None }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever listens may be gone; then this process soon is too.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, home, key, rest @ ..] = &arguments[..] else { panic!("writer HOME KEY [once]") };
    let byte = |at: usize| u8::from_str_radix(&key[at..at + 2], 16).expect("hex");
    let key: [u8; 32] = std::array::from_fn(|index| byte(2 * index));
    let clock = SettableClock::new(new_york("2026-02-14T10:00"));
    let home = match Kinweave::open(Path::new(home), &key, System::with_clock(clock)) {
        Err(Error::Busy) => {
            say("busy");
            return Ok(());
        }
        home => home?,
    };
    if !rest.is_empty() {
        return home.add(NewRecord::new(note("once"))).map(drop);
    }
    say("open");
    // What earlier processes left is erased in its turn, so that the home doesn't grow with every one that is killed.
    let kinds = vec!["encouragement".to_owned()];
    let earlier = ListQuery { kinds, oldest_first: true, limit: 500, ..ListQuery::default() };
    let mut written: VecDeque<Record> = home.list(&earlier)?.records.into();
    for count in 0_u64.. {
        let text = format!("Note {count} of {}", std::process::id());
        let record = home.add(NewRecord::new(note(&text)))?;
        say(&format!("added {} {text}", record.id));
        written.push_back(record);
        if count % 2 == 0 {
            let index = written.len() / 2;
            let text = format!("{text}, in better words");
            let edited = home.edit(written[index].id, &written[index].version, Body::from(note(&text)))?;
            say(&format!("edited {} {text}", edited.id));
            written[index] = edited;
        }
        while written.len() > ERASED_AFTER
            && let Some(oldest) = written.pop_front()
        {
            say(&format!("erasing {}", oldest.id));
            home.erase(oldest.id)?;
            say(&format!("erased {}", oldest.id));
        }
    }
    Ok(())
}
