//! What people read: one idea a line, names instead of keys, no number without its meaning. One file a screen.

#[cfg(any())]
mod card;
mod celebrations;
#[cfg(any())]
mod check_ins;
mod circle;
mod days;
#[cfg(any())]
mod history;
mod names;
mod pairing;
mod phones;
mod plot;
#[cfg(any())]
mod promises;
mod record;
#[cfg(any())]
mod remove;
#[cfg(any())]
mod search;
#[cfg(any())]
mod setback;
pub mod start;
#[cfg(any())]
mod today;

#[cfg(any())]
pub use card::{card_published, cards};
pub use celebrations::celebrations;
#[cfg(any())]
pub use check_ins::{MOOD_DAYS, checked_in, mood};
pub use circle::{circle, waiting};
pub use days::{days, milestones};
#[cfg(any())]
pub use history::history;
pub use names::{Names, list, moment};
pub use pairing::{code, here, words};
pub use phones::{devices, listening, meeting, status};
#[cfg(any())]
pub use promises::{kept_promises, promises};
pub use record::{arrivals, page, record};
#[cfg(any())]
pub use remove::{storage, trash};
#[cfg(any())]
pub use search::finds;
#[cfg(any())]
pub use setback::{setback_noted, setback_words};
#[cfg(any())]
pub use today::today;
