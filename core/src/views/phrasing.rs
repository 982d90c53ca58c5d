//! Answers in words: the lines and titles that screens show.

use chrono::Datelike;

use super::days::Days;
use super::milestones::{DerivedBasis, MilestoneKey, ReachedMilestone};
use super::words::Words;
use crate::model::Date;

impl Words {
    /// The lines that show `days`: the total always, the current run only beside it, and no 0 anywhere.
    ///
    /// Days since the first start have no line. They include the dates that were left out, and a bigger number next to
    /// the total would ask for the difference.
    pub fn days_lines(&self, days: &Days) -> Vec<String> {
        let (total, current, longest) = (days.total, days.current, days.longest);
        let first_day = self.phrase("days.first_day", &[("date", &self.date(days.first_start_on))]);
        [
            (total > 0).then(|| self.counted("days.total", total)).flatten(),
            // Of an only run the total has said it already.
            (current > 0 && current < total).then(|| self.counted("days.current", current)).flatten(),
            (current == 0).then(|| self.phrase("days.today_counts", &[])).flatten(),
            (longest > current && longest < total).then(|| self.counted("days.longest", longest)).flatten(),
            first_day,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The plain name of a milestone, such as "30 days" or "2 years".
    pub fn milestone_title(&self, key: &MilestoneKey) -> String {
        let (unit, count) = unit(key.basis, key.threshold);
        self.counted(&format!("milestone.title.{unit}"), count).unwrap_or_default()
    }

    /// The question about a milestone, put to the person alone. A run after the first is called a stretch.
    pub fn milestone_prompt(&self, milestone: &ReachedMilestone, first_start_on: Date) -> String {
        let (unit, count) = unit(milestone.basis, milestone.threshold);
        let stretch = if milestone.run_started_on == first_start_on { "" } else { "stretch." };
        self.counted(&format!("milestone.prompt.{stretch}{unit}"), count).unwrap_or_default()
    }

    /// A date in words, such as "12 January 2026".
    pub fn date(&self, date: Date) -> String {
        let month = self.phrase(&format!("month.{}", date.month()), &[]).unwrap_or_default();
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.phrase("date", &[("day", &day), ("month", &month), ("year", &year)]).unwrap_or_default()
    }
}

fn unit(basis: DerivedBasis, threshold: u32) -> (&'static str, u32) {
    match basis {
        DerivedBasis::DaysCurrent => ("days", threshold),
        DerivedBasis::MonthsCurrent if threshold.is_multiple_of(12) => ("years", threshold / 12),
        DerivedBasis::MonthsCurrent => ("months", threshold),
        DerivedBasis::DaysTotal => ("total", threshold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::{CountPolicy, Language, UseSpan, days};

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn english() -> &'static Words {
        Words::of(Language::En)
    }

    #[test]
    fn the_question_of_story_6_1_and_its_kin_read_as_written() {
        let ask = |basis, threshold, run: &str| {
            let run_started_on = on(run);
            let reached_on = run_started_on;
            let milestone = ReachedMilestone { basis, threshold, reached_on, run_started_on, run_ended_on: None };
            english().milestone_prompt(&milestone, on("2026-01-12"))
        };
        use DerivedBasis::{DaysCurrent, DaysTotal, MonthsCurrent};
        let first = "2026-01-12";
        assert_eq!(ask(DaysCurrent, 30, first), "30 days by your count. Share it?");
        assert_eq!(ask(DaysCurrent, 1, first), "1 day by your count. Share it?");
        assert_eq!(ask(DaysCurrent, 30, "2026-05-04"), "30 days in this stretch. Share it?");
        assert_eq!(ask(MonthsCurrent, 18, first), "18 months by your count. Share it?");
        assert_eq!(ask(MonthsCurrent, 12, first), "1 year by your count. Share it?");
        assert_eq!(ask(MonthsCurrent, 24, "2026-05-04"), "2 years in this stretch. Share it?");
        assert_eq!(ask(DaysTotal, 365, first), "365 days in all, by your count. Share it?");
        let key = |basis, threshold| MilestoneKey { basis, threshold, run_started_on: on(first) };
        assert_eq!(english().milestone_title(&key(DaysCurrent, 30)), "30 days");
        assert_eq!(english().milestone_title(&key(MonthsCurrent, 9)), "9 months");
        assert_eq!(english().milestone_title(&key(MonthsCurrent, 36)), "3 years");
        assert_eq!(english().milestone_title(&key(DaysTotal, 1000)), "1000 days in all");
    }

    #[test]
    fn no_line_says_zero_and_the_current_run_never_stands_alone() {
        let span = |started_on: &str, resumed_on: Option<&str>| UseSpan {
            started_on: on(started_on),
            resumed_on: resumed_on.map(on),
            policy: CountPolicy::NewRun,
        };
        let lines = |spans: &[UseSpan], today: &str| english().days_lines(&days(on("2026-01-12"), spans, on(today)));
        let first_day = "first day 12 January 2026";
        assert_eq!(lines(&[], "2026-01-12"), ["today counts", first_day]);
        assert_eq!(lines(&[], "2026-01-13"), ["1 day in all", first_day]);
        let open = [span("2026-05-02", None)];
        assert_eq!(lines(&open, "2026-05-06"), ["110 days in all", "today counts", first_day]);
        let over = [span("2026-05-02", Some("2026-05-04"))];
        let expected = ["138 days in all", "28 days in this stretch", "longest stretch 110 days", first_day];
        assert_eq!(lines(&over, "2026-06-01"), expected);
        for today in ["2026-01-11", "2026-01-12", "2026-05-02", "2026-05-04", "2026-05-05", "2030-01-01"] {
            for spans in [&[][..], &open, &over] {
                let lines = lines(spans, today);
                assert!(lines.iter().all(|line| !line.starts_with('0') && !line.contains(" 0 ")), "{lines:?}");
                assert!(!lines[0].contains("this stretch"), "{lines:?}");
            }
        }
    }

    #[test]
    fn dates_at_the_ends_of_the_calendar_have_words_too() {
        assert_eq!(english().date(on("2026-01-12")), "12 January 2026");
        assert!(!english().date(Date::MIN).is_empty() && !english().date(Date::MAX).is_empty());
    }
}
