//! Check-ins without shame: what was there, never what wasn't.

use std::collections::BTreeSet;

use chrono::Days;
use serde::Serialize;

use super::words::Words;
use crate::model::Date;

/// Days that the summary looks back, today included.
pub const WINDOW_DAYS: u32 = 7;

/// One's own check-ins in a few numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CheckInSummary {
    /// On how many of the last `window_days` there is one.
    pub days_shown: u32,
    /// The days looked at, today included.
    pub window_days: u32,
    /// All of them.
    pub in_all: u64,
    /// Whether somebody comes back after a while. Then they are greeted, and nothing is counted that wasn't there.
    pub is_back: bool,
}

/// The first date of the window that ends today.
pub fn window_start(today: Date) -> Date {
    today.checked_sub_days(Days::new(u64::from(WINDOW_DAYS) - 1)).unwrap_or(today)
}

/// Sums up the check-ins: the dates of those in the window, and how many there are in all.
pub fn check_in_summary(dates: &BTreeSet<Date>, in_all: u64, today: Date) -> CheckInSummary {
    let shown = dates.range(window_start(today)..=today).count();
    let before_today = dates.range(window_start(today)..today).count();
    CheckInSummary {
        days_shown: u32::try_from(shown).unwrap_or(WINDOW_DAYS),
        window_days: WINDOW_DAYS,
        in_all,
        is_back: in_all > shown as u64 && before_today == 0,
    }
}

impl Words {
    /// The lines that show it; none before the first check-in.
    pub fn check_in_lines(&self, summary: &CheckInSummary) -> Vec<String> {
        if summary.in_all == 0 {
            return Vec::new();
        }
        let first = if summary.is_back {
            self.phrase("checkin.welcome_back", &[])
        } else {
            let (shown, window) = (summary.days_shown.to_string(), summary.window_days.to_string());
            self.phrase("checkin.shown_up", &[("shown", &shown), ("window", &window)])
        };
        let in_all = self.phrase("checkin.in_all", &[("count", &summary.in_all.to_string())]);
        first.into_iter().chain(in_all).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Language;

    fn lines(dates: &[&str], in_all: u64) -> Vec<String> {
        let dates = dates.iter().map(|date| date.parse().unwrap()).collect();
        let summary = check_in_summary(&dates, in_all, "2026-03-12".parse().unwrap());
        Words::of(Language::En).check_in_lines(&summary)
    }

    #[test]
    fn what_was_there_is_said_and_what_was_not_is_not() {
        let five = ["2026-03-06", "2026-03-07", "2026-03-09", "2026-03-11", "2026-03-12"];
        assert_eq!(lines(&five, 212), ["you showed up on 5 of the last 7 days", "212 check-ins in all"]);
        assert_eq!(lines(&[], 0), Vec::<String>::new());
        assert_eq!(lines(&["2026-03-12"], 1), ["you showed up on 1 of the last 7 days", "1 check-in in all"]);
    }

    #[test]
    fn somebody_who_comes_back_is_greeted() {
        let greeting = ["Good to see you.", "31 check-ins in all"];
        assert_eq!(lines(&["2026-02-28"], 31), greeting);
        assert_eq!(lines(&["2026-02-28", "2026-03-12"], 31), greeting);
        assert_eq!(lines(&["2026-03-13"], 31), greeting, "a date to come, from a wrong clock, counts for nothing");
    }
}
