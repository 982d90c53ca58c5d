//! After a setback: the words that help first, and what was noted.

use kinweave_core::app::Record;
use kinweave_core::views::{Days, SetbackGuidance};

use crate::words::{core, say};

/// The core's guidance first, most pressing line first; then how to note it, for whoever asked nothing else.
pub fn setback_words(guidance: &SetbackGuidance, hint: bool) -> String {
    let mut lines = core().guidance_lines(guidance);
    lines.extend(hint.then(|| format!("\n{}", say("setback.how_to_note", &[]))));
    lines.join("\n")
}

/// What is said once one is noted: that it stays here, the days as they are now, and that the card is its owner's to change.
pub fn setback_noted(record: &Record, days: Option<&Days>, has_card: bool) -> String {
    let mut lines = vec![format!("{}  {}", record.id.short(), say("setback.noted", &[]))];
    lines.extend(days.map(|days| core().days_lines(days)).unwrap_or_default().iter().map(|line| format!("  {line}")));
    lines.extend(has_card.then(|| say("setback.card", &[])));
    lines.join("\n")
}
