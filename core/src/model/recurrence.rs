//! When something comes again: the part of iCalendar's RRULE that a family uses.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::time::Date;

/// The most that `INTERVAL` and `COUNT` may be.
const NUMBER_MAX: u32 = 999;
/// A rule's text is never longer than this many bytes.
const TEXT_BYTES_MAX: usize = 96;
/// How a day is written.
const DATE: &str = "%Y%m%d";
/// Steps of a rule that are looked at for one answer, so that no rule makes a phone count for long: 100 years of days.
const STEPS_MAX: u32 = 36_600;

/// A rule by which days come again, written as RRULE writes it: `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10`.
///
/// Of RFC 5545 it knows `FREQ` daily, weekly and monthly, `INTERVAL`, `BYDAY` (weekly only, without numbers), and one of
/// `UNTIL` (a date) and `COUNT`. Weeks begin on Monday. A month without the day is passed over, as the RFC has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Recurrence {
    /// Whether by days, weeks or months.
    pub frequency: Frequency,
    /// Every how many of them, 1 to 999.
    pub interval: u32,
    /// On which days of a week, sorted from Monday and distinct; weekly only. Empty means the one on which it began.
    pub by_day: Vec<Weekday>,
    /// When it ends.
    pub end: RecurrenceEnd,
}

/// Whether a rule counts days, weeks or months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[allow(missing_docs, reason = "the names say it")]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
}

/// When a rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RecurrenceEnd {
    /// It goes on.
    Never,
    /// After a day.
    Until {
        /// The last day on which it may come.
        last: Date,
    },
    /// After it has come so often.
    Count {
        /// How often, 1 to 999.
        times: u32,
    },
}

/// The text is no rule of the sort that [`Recurrence`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecurrenceError;

impl fmt::Display for RecurrenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a recurrence such as FREQ=WEEKLY;BYDAY=MO,TH")
    }
}

impl std::error::Error for RecurrenceError {}

impl Recurrence {
    /// Whether a rule may be so: its text then reads back as it is.
    pub fn is_valid(&self) -> bool {
        let numbers = 1..=NUMBER_MAX;
        let is_sorted = self.by_day.is_sorted_by_key(Weekday::num_days_from_monday)
            && self.by_day.windows(2).all(|days| days[0] != days[1]);
        let end_fits = match self.end {
            RecurrenceEnd::Never => true,
            // Its text has four digits for the year.
            RecurrenceEnd::Until { last } => (0..=9_999).contains(&last.year()),
            RecurrenceEnd::Count { times } => numbers.contains(&times),
        };
        let days_fit = self.by_day.is_empty() || self.frequency == Frequency::Weekly;
        numbers.contains(&self.interval) && is_sorted && days_fit && end_fits
    }

    /// The days from `window.0` to `window.1`, both included, on which something that began on `starts_on` comes again.
    /// The oldest first, at most `limit` of them.
    pub fn occurrences(&self, starts_on: Date, window: (Date, Date), limit: usize) -> Vec<Date> {
        let mut found = Vec::new();
        let mut left = match self.end {
            RecurrenceEnd::Count { times } => times,
            _ => u32::MAX,
        };
        let last = match self.end {
            RecurrenceEnd::Until { last } => window.1.min(last),
            _ => window.1,
        };
        // A rule without a count needs nothing before the window; one with a count must be counted from its beginning.
        let first_step =
            if matches!(self.end, RecurrenceEnd::Count { .. }) { 0 } else { self.step_before(starts_on, window.0) };
        for step in first_step..first_step.saturating_add(STEPS_MAX) {
            let Some(days) = self.step(starts_on, step) else { break };
            for day in days.into_iter().flatten() {
                if day < starts_on {
                    continue;
                }
                if day > last || left == 0 || found.len() >= limit {
                    return found;
                }
                left -= 1;
                if day >= window.0 {
                    found.push(day);
                }
            }
        }
        found
    }

    /// The days of one step from the beginning; `None` beyond the end of the calendar. A month may lack the day.
    fn step(&self, starts_on: Date, step: u32) -> Option<Vec<Option<Date>>> {
        let count = step.checked_mul(self.interval)?;
        match self.frequency {
            Frequency::Daily => Some(vec![Some(starts_on.checked_add_days(Days::new(count.into()))?)]),
            Frequency::Weekly => {
                let into_week = u64::from(starts_on.weekday().num_days_from_monday());
                let monday = starts_on.checked_sub_days(Days::new(into_week))?;
                let monday = monday.checked_add_days(Days::new(u64::from(count) * 7))?;
                let own = [starts_on.weekday()];
                let days = if self.by_day.is_empty() { &own[..] } else { &self.by_day };
                let day = |weekday: &Weekday| monday.checked_add_days(Days::new(weekday.num_days_from_monday().into()));
                Some(days.iter().map(day).collect())
            }
            Frequency::Monthly => {
                let first = starts_on.with_day(1)?.checked_add_months(Months::new(count))?;
                Some(vec![first.with_day(starts_on.day())])
            }
        }
    }

    /// A step that lies before `day`, or the first.
    fn step_before(&self, starts_on: Date, day: Date) -> u32 {
        let days = u32::try_from((day - starts_on).num_days()).unwrap_or(0);
        let days_a_step = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => 31,
        };
        (days / days_a_step / self.interval.max(1)).saturating_sub(1)
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
        };
        write!(f, "FREQ={frequency}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        for (index, day) in self.by_day.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { ";BYDAY=" } else { "," }, code(*day))?;
        }
        match self.end {
            RecurrenceEnd::Never => Ok(()),
            RecurrenceEnd::Until { last } => write!(f, ";UNTIL={}", last.format(DATE)),
            RecurrenceEnd::Count { times } => write!(f, ";COUNT={times}"),
        }
    }
}

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

const fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

impl FromStr for Recurrence {
    type Err = RecurrenceError;

    /// Reads the parts in any order; what it answers is written in one order, so that equal rules have equal text.
    fn from_str(text: &str) -> Result<Self, RecurrenceError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(RecurrenceError);
        }
        let (mut frequency, mut interval, mut by_day, mut end) = (None, None, None, None);
        for part in text.split(';') {
            let (name, value) = part.split_once('=').ok_or(RecurrenceError)?;
            match name {
                "FREQ" => set(&mut frequency, read_frequency(value)?)?,
                "INTERVAL" => set(&mut interval, read_number(value)?)?,
                "BYDAY" => set(&mut by_day, read_days(value)?)?,
                "UNTIL" => set(&mut end, RecurrenceEnd::Until { last: read_date(value)? })?,
                "COUNT" => set(&mut end, RecurrenceEnd::Count { times: read_number(value)? })?,
                _ => return Err(RecurrenceError),
            }
        }
        let frequency = frequency.ok_or(RecurrenceError)?;
        let (by_day, end) = (by_day.unwrap_or_default(), end.unwrap_or(RecurrenceEnd::Never));
        let rule = Self { frequency, interval: interval.unwrap_or(1), by_day, end };
        if rule.is_valid() { Ok(rule) } else { Err(RecurrenceError) }
    }
}

fn set<T>(place: &mut Option<T>, value: T) -> Result<(), RecurrenceError> {
    if place.replace(value).is_some() { Err(RecurrenceError) } else { Ok(()) }
}

fn read_frequency(text: &str) -> Result<Frequency, RecurrenceError> {
    match text {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        _ => Err(RecurrenceError),
    }
}

fn read_number(text: &str) -> Result<u32, RecurrenceError> {
    let number = text.parse().map_err(|_| RecurrenceError)?;
    if (1..=NUMBER_MAX).contains(&number) { Ok(number) } else { Err(RecurrenceError) }
}

fn read_days(text: &str) -> Result<Vec<Weekday>, RecurrenceError> {
    let day = |text: &str| WEEK.into_iter().find(|day| code(*day) == text).ok_or(RecurrenceError);
    let mut days = text.split(',').map(day).collect::<Result<Vec<_>, _>>()?;
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    Ok(days)
}

fn read_date(text: &str) -> Result<Date, RecurrenceError> {
    let date = Date::parse_from_str(text, DATE).map_err(|_| RecurrenceError)?;
    // chrono takes spaces and signs for digits too.
    if text.len() == 8 && date.format(DATE).to_string() == text { Ok(date) } else { Err(RecurrenceError) }
}

impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Recurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn days(rule: &str, starts_on: &str, from: &str, to: &str) -> Vec<String> {
        let rule: Recurrence = rule.parse().unwrap();
        let found = rule.occurrences(day(starts_on), (day(from), day(to)), 400);
        found.iter().map(|day| day.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn days_come_again_as_a_calendar_has_them() {
        let march = |rule| days(rule, "2026-03-01", "2026-03-01", "2026-03-31");
        assert_eq!(march("FREQ=WEEKLY"), ["03-01", "03-08", "03-15", "03-22", "03-29"]);
        assert_eq!(march("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3"), ["03-02", "03-05", "03-09"]);
        assert_eq!(march("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"), ["03-01", "03-15", "03-29"]);
        assert_eq!(march("FREQ=DAILY;INTERVAL=10;UNTIL=20260311"), ["03-01", "03-11"]);
        let months = days("FREQ=MONTHLY", "2026-01-31", "2026-01-01", "2026-06-30");
        assert_eq!(months, ["01-31", "03-31", "05-31"], "a month without the day is passed over");
        assert_eq!(days("FREQ=MONTHLY;COUNT=2", "2026-01-31", "2026-04-01", "2026-12-31"), Vec::<String>::new());
    }

    #[test]
    fn a_window_far_from_the_beginning_gives_the_same_days() {
        for rule in ["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "FREQ=MONTHLY;INTERVAL=2"] {
            let all = days(rule, "2020-01-31", "2020-01-01", "2020-12-31").len();
            assert!(all > 1);
            let rule: Recurrence = rule.parse().unwrap();
            let whole = rule.occurrences(day("2020-01-31"), (day("2020-01-01"), day("2027-12-31")), usize::MAX);
            let part = rule.occurrences(day("2020-01-31"), (day("2027-01-01"), day("2027-12-31")), usize::MAX);
            assert_eq!(whole.into_iter().filter(|it| *it >= day("2027-01-01")).collect::<Vec<_>>(), part);
        }
    }

    #[test]
    fn a_rule_reads_back_and_what_is_no_rule_is_refused() {
        for text in ["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=20261231", "FREQ=MONTHLY;COUNT=12"] {
            assert_eq!(text.parse::<Recurrence>().unwrap().to_string(), text);
        }
        let any_order: Recurrence = "BYDAY=SU,MO,SU;FREQ=WEEKLY;INTERVAL=1".parse().unwrap();
        assert_eq!(any_order.to_string(), "FREQ=WEEKLY;BYDAY=MO,SU");
        for text in [
            "",
            "FREQ=YEARLY",
            "FREQ=DAILY;FREQ=DAILY",
            "FREQ=DAILY;BYDAY=MO",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=2;UNTIL=20260101",
            "FREQ=DAILY;INTERVAL=1000",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=DAILY;UNTIL=2026-01-01",
            "FREQ=DAILY;UNTIL=2026 1 1",
            "FREQ=DAILY;UNTIL=-0260101",
        ] {
            assert_eq!(text.parse::<Recurrence>(), Err(RecurrenceError), "{text}");
        }
    }

    #[test]
    fn no_rule_makes_a_phone_count_for_long() {
        let rule: Recurrence = "FREQ=DAILY".parse().unwrap();
        assert_eq!(rule.occurrences(Date::MIN, (Date::MAX, Date::MAX), 10).len(), 1);
        assert_eq!(rule.occurrences(day("2026-01-01"), (Date::MIN, Date::MAX), 3).len(), 3);
        let counted: Recurrence = "FREQ=DAILY;COUNT=999".parse().unwrap();
        assert!(counted.occurrences(Date::MIN, (Date::MIN, Date::MAX), usize::MAX).len() == 999);
    }
}
