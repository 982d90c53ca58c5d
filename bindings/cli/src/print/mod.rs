//! What people read: one idea a line, names instead of keys, no number without its meaning. One file a screen.

mod cards;
mod celebrations;
mod check_ins;
mod circle;
mod days;
mod held;
mod history;
mod names;
mod pairing;
mod phones;
mod plot;
mod promises;
mod record;
mod remove;
mod search;
mod setback;
pub mod start;
mod today;

pub use cards::{card, cards, published};
pub use celebrations::celebrations;
pub use check_ins::{MOOD_DAYS, checked_in, mood};
pub use circle::{circle, waiting};
pub use days::{days, milestones};
pub use held::{held, set_aside};
pub use history::history;
pub use names::{Names, list, moment};
pub use pairing::{code, here, words};
pub use phones::{devices, listening, meeting, nearby, second_copy, status};
pub use promises::promises;
pub use record::{arrivals, copies, journal, page, record};
pub use remove::{storage, trash};
pub use search::finds;
pub use setback::{setback_noted, setback_words};
pub use today::today;
