//! The stretches of a timeline as sorted intervals. Days and milestones both read them, so they can't disagree.

use super::days::{CountPolicy, UseSpan};
use crate::model::Date;

/// The dates from `from` up to, but not including, `until`.
///
/// Half open on purpose: a span that resumes on the day it starts is empty, and neighbours meet without sharing a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Interval {
    pub(super) from: Date,
    pub(super) until: Date,
}

impl Interval {
    pub(super) fn days(&self) -> u32 {
        u32::try_from((self.until - self.from).num_days()).unwrap_or(0)
    }
}

/// A maximal stretch without a use date.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Its first and last date; the last is the horizon while the run goes on.
    pub(super) dates: Interval,
    /// Whether it reaches the horizon.
    pub(super) goes_on: bool,
    /// What is left of it without the marked days: sorted, disjoint, never empty.
    pub(super) counted: Vec<Interval>,
}

impl Run {
    /// Its days without the marked ones.
    pub(super) fn length(&self) -> u32 {
        self.counted.iter().map(Interval::days).sum()
    }
}

/// Every run that lies before `horizon`, oldest first.
///
/// One sweep over sorted spans. A walk day by day would be simpler to read, but a first day typed as the year 20 would
/// then cost a second per screen.
pub(super) fn runs(first_start_on: Date, spans: &[UseSpan], horizon: Date) -> Vec<Run> {
    if horizon <= first_start_on {
        return Vec::new();
    }
    let whole = Interval { from: first_start_on, until: horizon };
    let marked = union(clipped(spans, CountPolicy::MarkedDay, whole));
    let mut marked = marked.as_slice();
    let mut runs = Vec::new();
    let mut from = whole.from;
    for used in clipped(spans, CountPolicy::NewRun, whole) {
        if used.from > from {
            runs.push(run(Interval { from, until: used.from }, false, &mut marked));
        }
        from = from.max(used.until);
    }
    if from < whole.until {
        runs.push(run(Interval { from, until: whole.until }, true, &mut marked));
    }
    runs
}

/// The date on which `count` days of `counted` are completed: a run that starts on day R has one day on R + 1.
pub(super) fn date_of_count<'a>(counted: impl IntoIterator<Item = &'a Interval>, count: u32) -> Option<Date> {
    let mut missing = count;
    for stretch in counted {
        let days = stretch.days();
        if missing <= days {
            return stretch.from.checked_add_days(chrono::Days::new(missing.into()));
        }
        missing -= days;
    }
    None
}

/// The spans of one policy as sorted intervals inside `whole`; empty ones stay, because an empty new run still splits.
fn clipped(spans: &[UseSpan], policy: CountPolicy, whole: Interval) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = spans
        .iter()
        // A span that begins later must be dropped before it is clipped: at the horizon it would end today's run.
        .filter(|span| span.policy == policy && span.started_on <= whole.until)
        .map(|span| {
            // A resume before the start comes from two phones that each moved one end. Read as the same day, the
            // setback still splits. Dropping it would lengthen a run by a merge; swapping the ends would invent use dates.
            let until = span.resumed_on.unwrap_or(whole.until).max(span.started_on);
            Interval {
                from: span.started_on.clamp(whole.from, whole.until),
                until: until.clamp(whole.from, whole.until),
            }
        })
        .collect();
    intervals.sort_unstable();
    intervals
}

/// Sorted intervals with what overlaps or touches made one, so that a day marked on two phones is subtracted once.
fn union(sorted: Vec<Interval>) -> Vec<Interval> {
    let mut union: Vec<Interval> = Vec::new();
    for next in sorted {
        match union.last_mut() {
            Some(last) if next.from <= last.until => last.until = last.until.max(next.until),
            _ => union.push(next),
        }
    }
    union
}

/// The run on `dates`, minus `marked`. Forgets the marked intervals that end before it does: the next run lies later.
fn run(dates: Interval, goes_on: bool, marked: &mut &[Interval]) -> Run {
    let mut counted = Vec::new();
    let mut from = dates.from;
    while let Some((first, rest)) = marked.split_first() {
        if from < first.from && from < dates.until {
            counted.push(Interval { from, until: first.from.min(dates.until) });
        }
        from = from.max(first.until);
        if first.until > dates.until {
            break;
        }
        *marked = rest;
    }
    if from < dates.until {
        counted.push(Interval { from, until: dates.until });
    }
    Run { dates, goes_on, counted }
}
