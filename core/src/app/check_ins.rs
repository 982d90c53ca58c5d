//! One's own check-ins: how often one was there, and whether it got lighter.

use std::collections::BTreeSet;

use super::answers::TrendView;
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::CheckIn;
use crate::model::{Audience, Body, Date};
use crate::store::RowQuery;
use crate::views::{CheckInSummary, Scale, TREND_DAYS, check_in_summary, trend, window_start};

impl Kinweave {
    /// One's own check-ins in a few numbers, none of which counts what wasn't there. Of those kept for oneself: what was
    /// given to others is a copy, or theirs.
    pub fn check_in_summary(&self, date: Date) -> Result<CheckInSummary, Error> {
        self.call(move |owner| owner.check_in_summary(date))
    }

    /// Whether one's own last two weeks were lighter or heavier than the two before, where there is enough to say so. For
    /// nobody else.
    pub fn trend(&self, date: Date) -> Result<TrendView, Error> {
        self.call(move |owner| owner.trend(date))
    }
}

impl Owner {
    pub(super) fn check_in_summary(&self, date: Date) -> Result<CheckInSummary, Error> {
        let dates: BTreeSet<_> = self.own_check_ins(window_start(date), date)?.into_iter().map(|it| it.on).collect();
        let me = self.me()?;
        let in_all = self.store.read()?.count_check_ins(&me.audience(&Audience::Me(me.member)), &self.scope()?)?;
        Ok(check_in_summary(&dates, in_all, date))
    }

    fn trend(&self, date: Date) -> Result<TrendView, Error> {
        let from = date.checked_sub_days(chrono::Days::new(u64::from(2 * TREND_DAYS) - 1)).unwrap_or(date);
        let check_ins = self.own_check_ins(from, date)?;
        let of = |value: fn(&CheckIn) -> Option<f64>, scale| {
            let entries: Vec<_> = check_ins.iter().filter_map(|it| Some((it.on, value(it)?))).collect();
            trend(&entries, scale, date)
        };
        Ok(TrendView {
            mood: of(|it| it.valence, Scale::Mood),
            craving: of(|it| it.craving.map(f64::from), Scale::Burden),
            stress: of(|it| it.stress.map(f64::from), Scale::Burden),
        })
    }

    /// Those that the owner keeps for themselves, between two dates and on them.
    fn own_check_ins(&self, from: Date, to: Date) -> Result<Vec<CheckIn>, Error> {
        let me = self.me()?;
        let audience = Some(me.audience(&Audience::Me(me.member)));
        let mut query = RowQuery { audience, from: Some(from), to: Some(to), ..RowQuery::all(self.scope()?) };
        query.kinds = vec!["check_in".to_owned()];
        let rows = self.all_rows(query)?.into_iter();
        Ok(rows
            .filter_map(|row| match Body::from_fields(&row.kind, row.fields) {
                Body::CheckIn(check_in) => Some(check_in),
                _ => None,
            })
            .collect())
    }
}
