//! Pure answers from records and a civil date: the days, the milestones they reach, and the words to say so.
//!
//! Knows dates, spans of dates and the phrase table. Must not know who asks, where a record came from, what a clock or
//! a zone says (the caller passes its civil date) or what the circle may see: nothing here is ever sent. The same inputs
//! give the same answer on every phone, and no answer is longer than a page.
//!
//! ```
//! use kinweave_core::model::Date;
//! use kinweave_core::views::{CountPolicy, UseSpan, days, days_lines};
//!
//! let on = |text: &str| text.parse::<Date>().unwrap();
//! let setback = UseSpan {
//!     started_on: on("2026-05-02"),
//!     resumed_on: Some(on("2026-05-04")),
//!     policy: CountPolicy::NewRun,
//! };
//! let days = days(on("2026-01-12"), &[setback], on("2026-06-01"));
//! assert_eq!((days.total, days.current, days.longest), (138, 28, 110));
//! assert_eq!(days_lines(&days)[..2], ["138 days in all", "28 days in this stretch"]);
//! ```

mod days;
mod milestones;
mod runs;
mod words;

pub use days::{CountPolicy, Days, UseSpan, days};
pub use milestones::{DerivedBasis, MilestoneKey, ReachedMilestone, UpcomingMilestone, milestones, prompts, upcoming};
pub use words::{date_words, days_lines, milestone_prompt, milestone_title, phrase};
