//! The table: each line a ratio in one run, of medians of runs that take turns.

mod meeting;
mod open;
mod reading;
mod writing;

pub use reading::peak_kib_of_opening;

use std::path::Path;

use crate::clock::timed;
use crate::family::Family;

/// How often each side has its turn.
const ROUNDS: usize = 15;

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

/// Measures all, on two families in this folder: one after a year, one after so many. Tells each line as soon as it is known.
pub fn table(years: u32, seed: u64, folder: &Path, tell: impl Fn(&Line)) -> bool {
    let [young, old] = [("young", 1), ("old", years)].map(|(name, years)| {
        let (took, family) = timed(|| Family::after(years, seed, &folder.join(name)));
        println!("{years} years: {} entries, made in {:.1} s", family.entries, took.wall.as_secs_f64());
        family
    });
    let mut is_met = true;
    let mut note = |lines: Vec<Line>| {
        lines.iter().for_each(&tell);
        is_met &= lines.iter().all(Line::is_met);
    };
    note(writing::durable_write(&young, folder));
    note(reading::opening(&young, &old));
    note(reading::queries(&old, folder));
    let [(young, ..), (old, took, first)] = [meeting::first_sync(&young), meeting::first_sync(&old)];
    note(meeting::first_sync_with_peers(&old, took, &first));
    let pairs = [young, old];
    note(meeting::meetings(&pairs));
    note(writing::forgetting(&pairs[1]));
    is_met
}
