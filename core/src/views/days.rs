//! The days of a timeline, which nothing ever takes back: only the dates that were marked are left out.

use serde::{Deserialize, Serialize};

use super::runs::{Run, runs};
use crate::model::Date;
pub use crate::model::kinds::CountPolicy;

/// A setback as far as the count is concerned: its dates run from `started_on` to the day before `resumed_on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UseSpan {
    /// The first date of it.
    pub started_on: Date,
    /// The first date after it; `None` while it isn't over. An earlier date than `started_on` is read as `started_on`.
    pub resumed_on: Option<Date>,
    /// How to count it.
    pub policy: CountPolicy,
}

/// Completed days on one date. Only `current` can be smaller on a later date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Days {
    /// Days of all runs together, the number to show first.
    pub total: u32,
    /// Days of the run that goes on. Never shown alone when 0: see [`Words::days_lines`](super::Words::days_lines).
    pub current: u32,
    /// Days of the longest run.
    pub longest: u32,
    /// Days since the first start, use dates included.
    pub elapsed: u32,
    /// The first date of all.
    pub first_start_on: Date,
    /// The first date of the run that goes on; `None` while `current` is 0.
    pub run_started_on: Option<Date>,
}

/// Counts the days completed before `today`. All is 0 when `today` is not after `first_start_on`.
///
/// Overlapping spans count as their union: a setback logged on two phones of one person must not be subtracted twice.
pub fn days(first_start_on: Date, spans: &[UseSpan], today: Date) -> Days {
    let runs = runs(first_start_on, spans, today);
    let current_run = runs.last().filter(|run| run.goes_on && run.length() > 0);
    Days {
        total: runs.iter().map(Run::length).sum(),
        current: current_run.map_or(0, Run::length),
        longest: runs.iter().map(Run::length).max().unwrap_or(0),
        elapsed: u32::try_from((today - first_start_on).num_days()).unwrap_or(0),
        first_start_on,
        run_started_on: current_run.map(|run| run.dates.from),
    }
}

#[cfg(test)]
mod tests {
    use super::CountPolicy::{MarkedDay, NewRun, NoteOnly};
    use super::*;

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn span(started_on: &str, resumed_on: &str, policy: CountPolicy) -> UseSpan {
        let resumed_on = (!resumed_on.is_empty()).then(|| on(resumed_on));
        UseSpan { started_on: on(started_on), resumed_on, policy }
    }

    /// Total, current, longest, elapsed.
    fn counts(first_start_on: &str, spans: &[UseSpan], today: &str) -> [u32; 4] {
        let days = days(on(first_start_on), spans, on(today));
        assert_eq!(days.run_started_on.is_none(), days.current == 0);
        [days.total, days.current, days.longest, days.elapsed]
    }

    #[test]
    fn days_follow_the_vectors_of_the_domain() {
        let may = |resumed_on, policy| span("2026-05-02", resumed_on, policy);
        let (s, t) = ("2026-01-12", "2026-06-01");
        let vectors = [
            ("d1", s, vec![], "2026-02-11", [30, 30, 30, 30]),
            ("d2", "2025-01-01", vec![span("2025-04-10", "2025-04-12", NewRun)], "2025-06-01", [149, 50, 99, 151]),
            ("d3", s, vec![may("2026-05-04", NewRun)], t, [138, 28, 110, 140]),
            ("d4", s, vec![may("2026-05-03", NewRun), may("2026-05-04", NewRun)], t, [138, 28, 110, 140]),
            ("d6", s, vec![may("2026-05-04", MarkedDay)], t, [138, 138, 138, 140]),
            ("d7", s, vec![may("2026-05-04", NoteOnly)], t, [140, 140, 140, 140]),
            ("d9", s, vec![may("", NewRun)], "2026-05-06", [110, 0, 110, 114]),
        ];
        for (name, first_start_on, spans, today, expected) in vectors {
            assert_eq!(counts(first_start_on, &spans, today), expected, "{name}");
        }
    }

    #[test]
    fn spans_at_the_edges_count_as_people_would() {
        // Ten days, from 1 to 11 January; a 0 stands for a span that isn't over.
        let day = |day| Date::from_ymd_opt(2026, 1, day).unwrap();
        let of = |policy, from, until| UseSpan {
            started_on: day(from),
            resumed_on: (until != 0).then(|| day(until)),
            policy,
        };
        let new = |from, until| of(NewRun, from, until);
        let marked = |from, until| of(MarkedDay, from, until);
        let cases = [
            ("a span that resumes on its day splits and removes nothing", vec![new(5, 5)], [10, 6, 6, 10]),
            ("a resume before the start is read as the same day", vec![new(5, 2)], [10, 6, 6, 10]),
            ("a setback today leaves the days and ends the run", vec![new(11, 11)], [10, 0, 10, 10]),
            ("one that begins today and isn't over", vec![new(11, 0)], [10, 0, 10, 10]),
            ("one that is over today", vec![new(10, 11)], [9, 0, 9, 10]),
            ("one that was over yesterday", vec![new(9, 10)], [9, 1, 8, 10]),
            ("spans after today are not yet", vec![new(12, 0), marked(13, 0)], [10, 10, 10, 10]),
            ("one that lasts beyond today", vec![new(9, 20)], [8, 0, 8, 10]),
            ("overlaps are one", vec![new(3, 6), new(4, 5)], [7, 5, 5, 10]),
            ("neighbours are one", vec![new(3, 4), new(4, 6)], [7, 5, 5, 10]),
            ("a split inside a span changes nothing", vec![new(3, 6), new(4, 4)], [7, 5, 5, 10]),
            ("marked overlaps are one", vec![marked(3, 6), marked(4, 8)], [5, 5, 5, 10]),
            ("a marked day of no length is none", vec![marked(3, 3)], [10, 10, 10, 10]),
            ("a day both used and marked is left out once", vec![new(3, 5), marked(4, 6)], [7, 5, 5, 10]),
            ("marked days over two runs", vec![new(5, 5), marked(4, 6)], [8, 5, 5, 10]),
            ("a marked day that isn't over", vec![marked(8, 0)], [7, 7, 7, 10]),
            ("all days marked", vec![marked(1, 0)], [0, 0, 0, 10]),
            ("all days used", vec![new(1, 0)], [0, 0, 0, 10]),
        ];
        for (name, spans, expected) in cases {
            let days = days(day(1), &spans, day(11));
            assert_eq!([days.total, days.current, days.longest, days.elapsed], expected, "{name}");
            assert_eq!(days.run_started_on.is_none(), days.current == 0, "{name}");
        }
    }

    #[test]
    fn spans_before_the_first_day_only_matter_where_they_reach_it() {
        assert_eq!(counts("2026-01-10", &[span("2026-01-02", "2026-01-05", NewRun)], "2026-01-20"), [10, 10, 10, 10]);
        assert_eq!(counts("2026-01-10", &[span("2026-01-02", "2026-01-12", NewRun)], "2026-01-20"), [8, 8, 8, 10]);
        assert_eq!(counts("2026-01-10", &[span("2026-01-02", "2026-01-12", MarkedDay)], "2026-01-20"), [8, 8, 8, 10]);
    }

    #[test]
    fn before_and_on_the_first_day_all_is_zero() {
        let open = [span("2026-01-01", "", NewRun)];
        for today in ["2026-01-11", "2026-01-12"] {
            assert_eq!(counts("2026-01-12", &[], today), [0; 4]);
            assert_eq!(counts("2026-01-12", &open, today), [0; 4]);
        }
    }

    #[test]
    fn a_leap_day_is_a_day() {
        assert_eq!(counts("2024-02-28", &[], "2024-03-01"), [2; 4]);
        assert_eq!(counts("2025-02-28", &[], "2025-03-01"), [1; 4]);
        assert_eq!(counts("2024-02-28", &[span("2024-02-29", "2024-03-01", NewRun)], "2024-03-02"), [2, 1, 1, 3]);
    }

    #[test]
    fn the_ends_of_the_calendar_are_dates_like_others() {
        for policy in [NewRun, MarkedDay, NoteOnly] {
            for resumed_on in [None, Some(Date::MIN), Some(Date::MAX)] {
                for started_on in [Date::MIN, on("2026-01-12"), Date::MAX] {
                    let spans = [UseSpan { started_on, resumed_on, policy }];
                    let days = days(Date::MIN, &spans, Date::MAX);
                    assert!(days.total <= days.elapsed);
                    assert_eq!(super::days(Date::MAX, &spans, Date::MIN).elapsed, 0);
                }
            }
        }
    }

    /// Goal: no count but the current one falls as time passes. Method: random spans, then every date of two months;
    /// and a slow count, date by date, must agree with the intervals.
    #[test]
    fn total_longest_and_elapsed_never_fall_as_time_passes() {
        use proptest::prelude::*;
        let policy = prop_oneof![Just(NewRun), Just(MarkedDay), Just(NoteOnly)];
        let spans = proptest::collection::vec((0_u64..70, proptest::option::of(0_u64..70), policy), 0..6);
        proptest!(|(spans in spans)| {
            let first = on("2026-01-01");
            let at = |offset: u64| first + chrono::Days::new(offset);
            let start = at(5);
            let spans: Vec<UseSpan> = spans
                .into_iter()
                .map(|(from, until, policy)| UseSpan { started_on: at(from), resumed_on: until.map(at), policy })
                .collect();
            let is = |date: Date, policy| {
                spans.iter().any(|span| {
                    span.policy == policy && span.started_on <= date && span.resumed_on.is_none_or(|until| date < until)
                })
            };
            let mut before = days(start, &spans, first);
            for offset in 0..66 {
                let now = days(start, &spans, at(offset));
                prop_assert!(now.total >= before.total && now.longest >= before.longest);
                prop_assert!(now.elapsed >= before.elapsed);
                prop_assert!(now.current <= now.longest && now.longest <= now.total && now.total <= now.elapsed);
                let slow = (5..offset.max(5)).filter(|day| !is(at(*day), NewRun) && !is(at(*day), MarkedDay)).count();
                prop_assert_eq!(now.total as usize, slow);
                before = now;
            }
        });
    }
}
