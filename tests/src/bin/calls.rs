//! What three calls cost in Rust, in microseconds; Kotlin and Swift have twins of this program. `cargo xtask bench` runs all
//! three and compares.

use std::path::Path;
use std::time::Instant;

use kinweave_core::app::{Error, Kinweave, ListQuery, NewRecord, SettableClock, System};
use kinweave_core::model::Date;
use kinweave_core::model::kinds::{Band, CheckIn};
use kinweave_tests::phone::new_york;

const CHECK_INS: u64 = 1_000;
const KEY: [u8; 32] = [7; 32];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = tempfile::tempdir()?;
    let directory = files.path().join("home");
    let home = open(&directory)?;
    home.create_circle("Reyes", "Marta")?;
    for number in 0..CHECK_INS {
        home.add(check_in(number))?;
    }
    let thousand = ListQuery { kinds: vec!["check_in".to_owned()], limit: 1_000, ..ListQuery::default() };
    say("list_1000", 101, || home.list(&thousand), drop)?;
    let mut number = CHECK_INS;
    let next = || {
        number += 1;
        home.add(check_in(number))
    };
    say("add", 301, next, drop)?;
    home.close()?;
    let fifty = ListQuery { kinds: vec!["check_in".to_owned()], limit: 50, ..ListQuery::default() };
    let first_list = || {
        let home = open(&directory)?;
        home.list(&fifty)?;
        Ok(home)
    };
    say("open_list_50", 31, first_list, drop)?;
    Ok(())
}

fn open(directory: &Path) -> Result<Kinweave, Error> {
    let clock = SettableClock::new(new_york("2026-02-10T10:00"));
    Kinweave::open(directory, &KEY, System::with_clock(clock))
}

/// One every day, the newest in 2026.
fn check_in(number: u64) -> NewRecord {
    let on = Date::from_ymd_opt(2023, 1, 1).and_then(|first| first.checked_add_days(chrono::Days::new(number % 1_100)));
    let note = Some(format!("Day {number}. A long shift, and Tomás called."));
    NewRecord::new(CheckIn { note, ..CheckIn::of_band(on.unwrap_or_default(), Band::Okay) })
}

/// Times a call so many times, a third of it before for warmth, and says the median. What comes after a call isn't timed.
fn say<T>(
    name: &str,
    times: usize,
    mut call: impl FnMut() -> Result<T, Error>,
    after: impl Fn(T),
) -> Result<(), Error> {
    for _ in 0..times / 3 {
        after(call()?);
    }
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        let answer = call()?;
        taken.push(start.elapsed());
        after(answer);
    }
    taken.sort();
    println!("{name} {:.1}", taken[times / 2].as_secs_f64() * 1e6);
    Ok(())
}
