//! Today: what one is asked, what is coming, and what the others wrote lately.

use chrono::Days;
use kinweave_core::app::{CelebrationView, Clock, ListQuery, MilestoneView, Record};
use kinweave_core::model::{Body, Date};
use serde::Serialize;

use super::Session;
use crate::answer::{Answer, Failure};
use crate::print;

/// So far back goes "lately".
const RECENT_DAYS: u64 = 3;
const RECENT_MAX: usize = 12;
/// What says nothing by itself to somebody who looks for news.
const QUIET: [&str; 5] = ["member_profile", "circle_info", "device_name", "share", "journal"];

/// What today's screen shows.
#[derive(Serialize)]
pub struct Today {
    pub date: Date,
    /// Milestones with a question, for their owner alone.
    pub prompts: Vec<MilestoneView>,
    /// Celebrations that are still to come.
    pub coming: Vec<CelebrationView>,
    /// What others wrote in the last days, the newest first.
    pub recent: Vec<Record>,
}

impl Session {
    pub(super) fn today(&self) -> Result<Answer, Failure> {
        let date = self.clock.now().today();
        let mut prompts = self.app.milestones()?;
        prompts.retain(|milestone| milestone.prompt.is_some());
        let mut coming = self.app.celebrations()?;
        coming.retain(|view| is_coming(view, date));
        let today = Today { date, prompts, coming, recent: self.recent(date)? };
        Answer::new(&today, print::today(&today, &self.names()))
    }

    fn recent(&self, date: Date) -> Result<Vec<Record>, Failure> {
        let me = self.app.circle()?.me;
        let from = Some(date - Days::new(RECENT_DAYS));
        let page = self.app.list(&ListQuery { from, limit: 100, ..ListQuery::default() })?;
        let is_news = |record: &Record| record.author != me && !QUIET.contains(&record.kind.as_str());
        Ok(page.records.into_iter().filter(is_news).take(RECENT_MAX).collect())
    }
}

fn is_coming(view: &CelebrationView, date: Date) -> bool {
    let Body::Celebration(celebration) = &view.celebration.body else { return false };
    let is_open = !["held", "cancelled"].contains(&view.state);
    is_open && celebration.at.is_none_or(|at| at.local().date() >= date)
}
