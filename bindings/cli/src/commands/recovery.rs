//! One's own: the timeline, the days, what they reach, and sharing it.

use kinweave_core::app::{Clock, Error, ListQuery, MilestoneView, NewRecord, Record};
use kinweave_core::model::kinds::RecoveryTimeline;
use kinweave_core::model::{Body, Date, RecordId};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::TimelineAction;
use crate::print;
use crate::words::say;

impl Session {
    pub(super) fn timeline(&self, action: Option<TimelineAction>) -> Result<Answer, Failure> {
        let own = self.own_timeline()?;
        let timeline = match (action, own) {
            (None, own) => own,
            (Some(TimelineAction::Set { date }), own) => Some(self.set_timeline(own, self.date(date))?),
        };
        let text = match &timeline {
            Some(record) => print::record(record, &self.names()),
            None => say("days.no_timeline", &[]),
        };
        Answer::new(&timeline, text)
    }

    fn own_timeline(&self) -> Result<Option<Record>, Failure> {
        let me = self.app.circle()?.me;
        let kinds = vec!["recovery_timeline".to_owned()];
        let page = self.app.list(&ListQuery { kinds, person: Some(me), limit: 1, ..ListQuery::default() })?;
        Ok(page.records.into_iter().next())
    }

    fn set_timeline(&self, own: Option<Record>, date: Date) -> Result<Record, Failure> {
        Ok(match own {
            None => self.app.add(NewRecord::new(RecoveryTimeline::starting(date)))?,
            Some(Record { id, version, body: Body::RecoveryTimeline(timeline), .. }) => {
                let body = RecoveryTimeline { first_start_on: date, ..timeline };
                self.app.edit(id, &version, body.into())?
            }
            // Written by a newer version: nothing of it may be lost.
            Some(other) => return Err(Error::NotFound { id: other.id.short() }.into()),
        })
    }

    pub(super) fn days(&self) -> Result<Answer, Failure> {
        let days = self.app.days()?;
        let text = match &days {
            Some(days) => print::days(days, self.clock.now().today()),
            None => say("days.no_timeline", &[]),
        };
        Answer::new(&days, text)
    }

    pub(super) fn milestones(&self) -> Result<Answer, Failure> {
        let milestones = self.app.milestones()?;
        Answer::new(&milestones, print::milestones(&milestones))
    }

    pub(super) fn keep(&self, name: &str) -> Result<Answer, Failure> {
        let none = || Failure::say(1, "no_milestone", &[("name", name)]);
        let milestone = self.milestone(name)?.ok_or_else(none)?;
        let record = self.app.get(self.kept(&milestone)?)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    /// The private record of a milestone, made if there is none yet.
    pub(super) fn kept(&self, milestone: &MilestoneView) -> Result<RecordId, Failure> {
        match (milestone.record, &milestone.key) {
            (Some(record), _) => Ok(record),
            (None, Some(key)) => Ok(self.app.keep_milestone(key)?.id),
            (None, None) => Err(Failure::say(1, "no_milestone", &[("name", &milestone.title)])),
        }
    }
}
