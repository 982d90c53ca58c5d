//! After a setback: the words that help first, and what was noted.

use kinweave_core::app::Record;
use kinweave_core::views::Days;

use crate::words::{days_lines, say};

/// Kind words first, then what keeps alive, then what helps; at most five, since nobody reads more on such a day.
pub fn setback_words(naloxone_place: Option<&str>, hint: bool) -> String {
    let mut lines = vec![say("setback.here", &[]), say("setback.less", &[]), say("setback.call", &[])];
    lines.extend(naloxone_place.map(|place| say("setback.naloxone", &[("place", place)])));
    lines.push(say("setback.reach", &[]));
    lines.extend(hint.then(|| format!("\n{}", say("setback.how_to_note", &[]))));
    lines.join("\n")
}

/// What is said once one is noted: that it stays here, the days as they are now, and that the card is its owner's to change.
pub fn setback_noted(record: &Record, days: Option<&Days>, has_card: bool) -> String {
    let mut lines = vec![format!("{}  {}", record.id.short(), say("setback.noted", &[]))];
    lines.extend(days.map(days_lines).unwrap_or_default().iter().map(|line| format!("  {line}")));
    lines.extend(has_card.then(|| say("setback.card", &[])));
    lines.join("\n")
}
