//! The milestones that the days reach by themselves: which, when, and which of them to ask about.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::days::UseSpan;
use super::runs::{Run, date_of_count, runs};
use crate::model::Date;
use crate::model::limits::PAGE_ROWS_MAX;

const DAYS_CURRENT: [u32; 7] = [1, 7, 14, 30, 60, 90, 100];
const MONTHS_CURRENT: [u32; 4] = [6, 9, 12, 18];
const DAYS_TOTAL: [u32; 3] = [100, 365, 1000];
const YEARS: std::ops::RangeInclusive<u32> = 2..=100;

/// What a milestone is counted by. The kinds of milestone that people write themselves are never derived and not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum DerivedBasis {
    /// Completed days of one run: marked days push it out by their number.
    DaysCurrent,
    /// Calendar months since a run began, the last day of a shorter month standing in for a missing one.
    ///
    /// Marked days don't move these: "6 months" is a date of the calendar, and one that shifted by two days would fall
    /// on no date that a person could name.
    MonthsCurrent,
    /// Completed days of all runs together. No setback ever takes it back, later ones included.
    DaysTotal,
}

/// Names a milestone; each fires once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MilestoneKey {
    /// What is counted.
    pub basis: DerivedBasis,
    /// How many days or, for [`DerivedBasis::MonthsCurrent`], months.
    pub threshold: u32,
    /// The first date of the run; for [`DerivedBasis::DaysTotal`] the first date of the timeline.
    pub run_started_on: Date,
}

/// A milestone that the count has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReachedMilestone {
    /// What is counted.
    pub basis: DerivedBasis,
    /// How many days or, for [`DerivedBasis::MonthsCurrent`], months.
    pub threshold: u32,
    /// The date on which it was reached.
    pub reached_on: Date,
    /// The first date of the run; for [`DerivedBasis::DaysTotal`] the first date of the timeline.
    pub run_started_on: Date,
    /// Where its run has ended, the first date after it. Always `None` for [`DerivedBasis::DaysTotal`].
    pub run_ended_on: Option<Date>,
}

impl ReachedMilestone {
    /// Its name among those that were answered.
    pub fn key(&self) -> MilestoneKey {
        MilestoneKey { basis: self.basis, threshold: self.threshold, run_started_on: self.run_started_on }
    }
}

/// The next milestones, all due on one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UpcomingMilestone {
    /// The date they are due if nothing happens.
    pub due_on: Date,
    /// At least one, in the order of the bases.
    pub milestones: Vec<MilestoneKey>,
}

/// Everything reached on or before `today` over all runs, oldest first, then by basis and threshold.
///
/// Of more than [`PAGE_ROWS_MAX`] the newest: thousands of short runs must not make an endless list.
pub fn milestones(first_start_on: Date, spans: &[UseSpan], today: Date) -> Vec<ReachedMilestone> {
    let mut reached = reached(first_start_on, spans, today);
    reached.sort_unstable_by_key(|milestone| (milestone.reached_on, milestone.key()));
    let surplus = reached.len().saturating_sub(PAGE_ROWS_MAX as usize);
    reached.drain(..surplus);
    reached
}

/// The next milestones if nothing happens; `None` while nothing can be due because a setback isn't over.
pub fn upcoming(first_start_on: Date, spans: &[UseSpan], today: Date) -> Option<UpcomingMilestone> {
    // Asking the same question at the end of time means that what is announced here is what `milestones` will find.
    let mut ahead = reached(first_start_on, spans, Date::MAX);
    ahead.retain(|milestone| milestone.reached_on > today);
    let due_on = ahead.iter().map(|milestone| milestone.reached_on).min()?;
    ahead.retain(|milestone| milestone.reached_on == due_on);
    let mut milestones: Vec<MilestoneKey> = ahead.iter().map(ReachedMilestone::key).collect();
    milestones.sort_unstable();
    Some(UpcomingMilestone { due_on, milestones })
}

/// Which of `reached` to ask about: of each basis at most the newest, until it is answered.
///
/// `already` holds what was shared, kept private or celebrated. Left out are
/// - milestones reached before the timeline existed: somebody who enters a first day wants no row of questions;
/// - milestones of a run that has ended: "100 days by your count" would be untrue on the day it is hardest to read;
/// - older ones of the same basis, also once the newest is answered: one answer must not bring up the next question.
pub fn prompts(
    reached: &[ReachedMilestone],
    timeline_created_on: Date,
    already: &BTreeSet<MilestoneKey>,
    today: Date,
) -> Vec<ReachedMilestone> {
    let mut newest = BTreeMap::<DerivedBasis, ReachedMilestone>::new();
    for milestone in reached {
        let known = milestone.reached_on >= timeline_created_on && milestone.reached_on <= today;
        if !known || milestone.run_ended_on.is_some() {
            continue;
        }
        let place = newest.entry(milestone.basis).or_insert(*milestone);
        if (milestone.reached_on, milestone.threshold) > (place.reached_on, place.threshold) {
            *place = *milestone;
        }
    }
    newest.into_values().filter(|milestone| !already.contains(&milestone.key())).collect()
}

/// Everything reached on or before `horizon`, in no order that anyone may rely on.
fn reached(first_start_on: Date, spans: &[UseSpan], horizon: Date) -> Vec<ReachedMilestone> {
    let runs = runs(first_start_on, spans, horizon);
    let mut reached: Vec<ReachedMilestone> = runs.iter().flat_map(of_run).collect();
    reached.extend(DAYS_TOTAL.into_iter().filter_map(|threshold| {
        let reached_on = date_of_count(runs.iter().flat_map(|run| &run.counted), threshold)?;
        let basis = DerivedBasis::DaysTotal;
        Some(ReachedMilestone { basis, threshold, reached_on, run_started_on: first_start_on, run_ended_on: None })
    }));
    reached
}

/// The milestones of one run. The day on which it ended still counts: its days were completed by then.
fn of_run(run: &Run) -> impl Iterator<Item = ReachedMilestone> {
    let dates = run.dates;
    let run_ended_on = (!run.goes_on).then_some(dates.until);
    let days = DAYS_CURRENT
        .into_iter()
        .filter_map(|threshold| Some((DerivedBasis::DaysCurrent, threshold, date_of_count(&run.counted, threshold)?)));
    let months = MONTHS_CURRENT.into_iter().chain(YEARS.map(|years| years * 12)).map_while(move |threshold| {
        let due_on = dates.from.checked_add_months(chrono::Months::new(threshold))?;
        (due_on <= dates.until).then_some((DerivedBasis::MonthsCurrent, threshold, due_on))
    });
    days.chain(months).map(move |(basis, threshold, reached_on)| ReachedMilestone {
        basis,
        threshold,
        reached_on,
        run_started_on: dates.from,
        run_ended_on,
    })
}

#[cfg(test)]
mod tests {
    use super::DerivedBasis::{DaysCurrent, DaysTotal, MonthsCurrent};
    use super::*;
    use crate::views::{CountPolicy, days};

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn setback(policy: CountPolicy) -> [UseSpan; 1] {
        [UseSpan { started_on: on("2026-05-02"), resumed_on: Some(on("2026-05-04")), policy }]
    }

    /// The date on which a milestone is reached, given all the time there is.
    fn due(first_start_on: &str, spans: &[UseSpan], basis: DerivedBasis, threshold: u32, run: &str) -> Option<Date> {
        let key = MilestoneKey { basis, threshold, run_started_on: on(run) };
        let all = milestones(on(first_start_on), spans, on("2120-01-01"));
        all.iter().find(|milestone| milestone.key() == key).map(|milestone| milestone.reached_on)
    }

    #[test]
    fn milestones_fall_on_the_dates_of_the_domain() {
        let d3 = setback(CountPolicy::NewRun);
        let marked = setback(CountPolicy::MarkedDay);
        let (s, august) = ("2026-01-12", "2025-08-31");
        let vectors = [
            (s, &[][..], DaysCurrent, 30, s, "2026-02-11"),
            (august, &[], MonthsCurrent, 6, august, "2026-02-28"),
            (august, &[], MonthsCurrent, 9, august, "2026-05-31"),
            (august, &[], MonthsCurrent, 12, august, "2026-08-31"),
            (august, &[], MonthsCurrent, 18, august, "2027-02-28"),
            ("2024-02-29", &[], MonthsCurrent, 24, "2024-02-29", "2026-02-28"),
            ("2024-02-29", &[], MonthsCurrent, 48, "2024-02-29", "2028-02-29"),
            (s, &d3, DaysCurrent, 100, s, "2026-04-22"),
            (s, &d3, DaysCurrent, 30, "2026-05-04", "2026-06-03"),
            (s, &d3, DaysCurrent, 90, "2026-05-04", "2026-08-02"),
            (s, &d3, DaysTotal, 100, s, "2026-04-22"),
            (s, &d3, DaysTotal, 365, s, "2027-01-14"),
            (s, &marked, DaysCurrent, 100, s, "2026-04-22"),
            (s, &marked, DaysTotal, 365, s, "2027-01-14"),
            (s, &marked, MonthsCurrent, 6, s, "2026-07-12"),
        ];
        for (first_start_on, spans, basis, threshold, run, expected) in vectors {
            let due = due(first_start_on, spans, basis, threshold, run);
            assert_eq!(due, Some(on(expected)), "{basis:?} {threshold} of the run of {run}");
        }
        assert_eq!(due(s, &d3, MonthsCurrent, 6, s), None, "the first run of d3 ended before");
    }

    #[test]
    fn marked_days_push_a_day_milestone_out_by_their_number() {
        let [span] = setback(CountPolicy::MarkedDay);
        assert_eq!(due("2026-04-20", &[span], DaysCurrent, 7, "2026-04-20"), Some(on("2026-04-27")));
        assert_eq!(due("2026-04-20", &[span], DaysCurrent, 14, "2026-04-20"), Some(on("2026-05-06")));
    }

    #[test]
    fn a_milestone_is_listed_oldest_first_and_on_its_day() {
        let listed = |today| milestones(on("2026-01-12"), &setback(CountPolicy::NewRun), on(today));
        let names: Vec<_> = listed("2026-05-05").iter().map(|one| (one.basis, one.threshold)).collect();
        let day = |threshold| (DaysCurrent, threshold);
        let expected = [day(1), day(7), day(14), day(30), day(60), day(90), day(100), (DaysTotal, 100), day(1)];
        assert_eq!(names, expected);
        assert_eq!(listed("2026-01-12"), []);
        assert_eq!(listed("2026-01-13").len(), 1);
        let ended: Vec<_> = listed("2026-05-05").iter().map(|one| one.run_ended_on).collect();
        assert_eq!((ended[0], ended[7], ended[8]), (Some(on("2026-05-02")), None, None));
    }

    #[test]
    fn what_is_upcoming_is_what_will_be_listed() {
        let start = on("2026-01-12");
        let spans = setback(CountPolicy::NewRun);
        let next = upcoming(start, &[], on("2026-04-21")).unwrap();
        assert_eq!(next.due_on, on("2026-04-22"));
        let names: Vec<_> = next.milestones.iter().map(|key| (key.basis, key.threshold)).collect();
        assert_eq!(names, [(DaysCurrent, 100), (DaysTotal, 100)], "both are listed on one date");
        let mut today = start;
        while let Some(next) = upcoming(start, &spans, today).filter(|next| next.due_on < on("2040-01-01")) {
            let listed = milestones(start, &spans, next.due_on);
            assert!(next.due_on > today);
            let newest: Vec<_> = listed.iter().filter(|one| one.reached_on > today).map(|one| one.key()).collect();
            assert_eq!(newest, next.milestones);
            today = next.due_on;
        }
        assert_eq!(today, on("2039-05-04"), "thirteen years of the second run");
    }

    #[test]
    fn nothing_is_upcoming_while_a_setback_is_not_over() {
        let open = UseSpan { resumed_on: None, ..setback(CountPolicy::NewRun)[0] };
        assert_eq!(upcoming(on("2026-01-12"), &[open], on("2026-05-06")), None);
        let over = UseSpan { resumed_on: Some(on("2026-05-06")), ..open };
        let next = upcoming(on("2026-01-12"), &[over], on("2026-05-06")).unwrap();
        assert_eq!((next.due_on, next.milestones[0].threshold), (on("2026-05-07"), 1));
    }

    #[test]
    fn a_day_milestone_agrees_with_the_days_of_its_date() {
        let start = on("2026-01-12");
        for policy in [CountPolicy::NewRun, CountPolicy::MarkedDay, CountPolicy::NoteOnly] {
            for one in milestones(start, &setback(policy), on("2030-01-01")) {
                let days = days(start, &setback(policy), one.reached_on);
                match one.basis {
                    DaysCurrent => {
                        assert_eq!((days.current, days.run_started_on), (one.threshold, Some(one.run_started_on)))
                    }
                    DaysTotal => assert_eq!(days.total, one.threshold),
                    MonthsCurrent => assert_eq!(days.run_started_on, Some(one.run_started_on)),
                }
            }
        }
    }

    /// Story 6.1: the timeline is created on 9 February with a first day four weeks back.
    #[test]
    fn thirty_days_are_asked_about_once_and_what_lay_before_the_timeline_never() {
        let created_on = on("2026-02-09");
        let asked = |today: &str, already: &BTreeSet<MilestoneKey>| {
            let today = on(today);
            prompts(&milestones(on("2026-01-12"), &[], today), created_on, already, today)
        };
        let mut already = BTreeSet::new();
        assert_eq!(asked("2026-02-10", &already), []);
        let thirty = asked("2026-02-11", &already);
        assert_eq!(thirty.len(), 1);
        assert_eq!((thirty[0].basis, thirty[0].threshold), (DaysCurrent, 30));
        assert_eq!(asked("2026-02-20", &already), thirty, "it waits for its answer");
        let sixty = asked("2026-03-13", &already);
        assert_eq!(sixty.iter().map(|one| one.threshold).collect::<Vec<_>>(), [60], "and gives way to the next");
        already.insert(sixty[0].key());
        assert_eq!(asked("2026-03-14", &already), [], "an answer brings up no older question");
        let hundred = asked("2026-04-22", &already);
        assert_eq!(hundred.iter().map(|one| one.basis).collect::<Vec<_>>(), [DaysCurrent, DaysTotal]);
    }

    #[test]
    fn a_run_that_ended_is_not_asked_about_and_the_total_still_is() {
        let spans = setback(CountPolicy::NewRun);
        let asked = |today: &str| {
            let reached = milestones(on("2026-01-12"), &spans, on(today));
            let asked = prompts(&reached, on("2026-01-12"), &BTreeSet::new(), on(today));
            asked.iter().map(|one| (one.basis, one.threshold)).collect::<Vec<_>>()
        };
        assert_eq!(asked("2026-05-01"), [(DaysCurrent, 100), (DaysTotal, 100)]);
        assert_eq!(asked("2026-05-02"), [(DaysTotal, 100)]);
        assert_eq!(asked("2026-06-03"), [(DaysCurrent, 30), (DaysTotal, 100)]);
    }

    #[test]
    fn the_list_is_bounded_whatever_the_dates() {
        let forever = milestones(Date::MIN, &[], Date::MAX);
        assert_eq!(forever.len(), 7 + 4 + 99 + 3);
        assert_eq!(milestones(Date::MAX, &[], Date::MIN), []);
        assert_eq!(upcoming(Date::MAX, &[], Date::MIN), None);
        assert_eq!(upcoming(Date::MIN, &[], Date::MAX), None);
        let splits: Vec<UseSpan> = (0..4_000_u64)
            .map(|week| on("1950-01-01") + chrono::Days::new(7 * week))
            .map(|day| UseSpan { started_on: day, resumed_on: Some(day), policy: CountPolicy::NewRun })
            .collect();
        let many = milestones(on("1950-01-01"), &splits, on("2026-01-01"));
        assert_eq!(many.len(), PAGE_ROWS_MAX as usize);
        assert!(many.is_sorted_by_key(|one| one.reached_on));
    }
}
