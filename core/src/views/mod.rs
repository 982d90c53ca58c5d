//! Pure answers from records and a civil date: the days, the milestones they reach, and the words to say so.
//!
//! Knows dates, spans of dates and the phrase table. Must not know who asks, where a record came from, what a clock or
//! a zone says (the caller passes its civil date) or what the circle may see: nothing here is ever sent. The same inputs
//! give the same answer on every phone, and no answer is longer than a page.
//!
//! ```
//! use kinweave_core::model::Date;
//! use kinweave_core::views::{CountPolicy, Language, UseSpan, Words, days};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let setback = UseSpan {
//!     started_on: "2026-05-02".parse::<Date>()?,
//!     resumed_on: Some("2026-05-04".parse()?),
//!     policy: CountPolicy::NewRun,
//! };
//! let days = days("2026-01-12".parse()?, &[setback], "2026-06-01".parse()?);
//! assert_eq!((days.total, days.current, days.longest), (138, 28, 110));
//! assert_eq!(Words::of(Language::En).days_lines(&days)[..2], ["138 days in all", "28 days in this stretch"]);
//! # Ok(())
//! # }
//! ```

mod card;
mod check_ins;
mod days;
mod guidance;
mod kept;
mod milestones;
mod phrasing;
mod promises;
mod runs;
mod trend;
mod words;

pub use card::{CardReading, SharedCard, read_card};
pub use check_ins::{CheckInSummary, WINDOW_DAYS, check_in_summary, window_start};
pub use days::{CountPolicy, Days, UseSpan, days};
pub use guidance::{SetbackGuidance, setback_guidance};
pub use kept::{KEPT_WINDOWS_DAYS, KeptBand, KeptCounts};
pub use milestones::{DerivedBasis, MilestoneKey, ReachedMilestone, UpcomingMilestone, milestones, prompts, upcoming};
pub use promises::{PromiseSlot, PromiseWord, SlotOutcome, has_witness, promise_slots};
pub use trend::{Scale, TREND_DAYS, Trend, trend};
pub use words::{Language, Words, WordsError};
