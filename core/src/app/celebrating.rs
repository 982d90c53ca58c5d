//! Days, milestones and celebrations: what the views answer from this phone's records.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answer, CelebrationState, CelebrationView, MilestoneState, MilestoneView, NewRecord, Record};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::{
    CelebrationStep, Milestone, MilestoneBasis, RecoveryTimeline, Rsvp, RsvpAnswer, SetbackKind,
};
use crate::model::{Body, Date, Now, RecordId, RecordRef, Row};
use crate::views::{self, Days, DerivedBasis, MilestoneKey, UseSpan, Words};

impl Kinweave {
    /// The days of one's own timeline, counted in the owner's zone; none without one. Computed here, never sent.
    pub fn days(&self) -> Result<Option<Days>, Error> {
        self.call(|owner| owner.days_on(owner.scope()?.today))
    }

    /// One's own milestones, the oldest first. At most a few carry a question; none is ever announced by itself.
    pub fn milestones(&self) -> Result<Vec<MilestoneView>, Error> {
        self.call(|owner| owner.milestones_on(owner.scope()?.today))
    }

    /// Notes a milestone for oneself. [`share`](Self::share) then copies it to others. Noting it again answers the same
    /// record.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a milestone that the days haven't reached.
    pub fn keep_milestone(&self, key: &MilestoneKey) -> Result<Record, Error> {
        let key = *key;
        self.call(move |owner| owner.keep_milestone(&key))
    }

    /// Every celebration, the oldest first, with its state and everyone's answer.
    pub fn celebrations(&self) -> Result<Vec<CelebrationView>, Error> {
        self.call(|owner| owner.celebrations())
    }

    /// Whether a celebration of this milestone was held; once it was, for ever.
    pub fn is_celebrated(&self, milestone: RecordId) -> Result<bool, Error> {
        self.call(move |owner| owner.is_celebrated(&milestone))
    }

    /// Answers an invitation, or changes the answer. `note` has up to 140 characters.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a celebration that isn't here, [`Error::InvalidInput`].
    pub fn answer(&self, celebration: RecordId, answer: RsvpAnswer, note: Option<String>) -> Result<Record, Error> {
        self.call(move |owner| owner.answer(&celebration, answer, note))
    }
}

impl Owner {
    /// The days of the owner's own timeline; none without one.
    pub(super) fn days_on(&self, today: Date) -> Result<Option<Days>, Error> {
        let _reader = self.store.read()?;
        let spans = self.use_spans()?;
        Ok(self.timeline()?.map(|(timeline, _)| views::days(timeline.first_start_on, &spans, today)))
    }

    /// The dates of the owner's setbacks. Copies that were shared say the same again and aren't read; what came close and
    /// didn't happen never counts.
    pub(super) fn use_spans(&self) -> Result<Vec<UseSpan>, Error> {
        let me = self.me()?;
        let private = me.audience(&crate::model::Audience::Me(me.member));
        let rows = self.rows_of(&["setback"])?.into_iter().filter(|row| row.audience == private);
        let span = |row: Row| match Body::from_fields(&row.kind, row.fields) {
            Body::Setback(setback) if setback.setback_kind != SetbackKind::CloseCall => Some(UseSpan {
                started_on: setback.started_on,
                resumed_on: setback.resumed_on,
                policy: setback.count_policy,
            }),
            _ => None,
        };
        Ok(rows.filter_map(span).collect())
    }

    /// The owner's milestones, the oldest first: those that the days have reached, and those they noted themselves. One
    /// that a setback told of later took back, and that nobody else has heard of, is passed over without a word.
    pub(super) fn milestones_on(&self, today: Date) -> Result<Vec<MilestoneView>, Error> {
        let _reader = self.store.read()?;
        let mut noted = self.noted_milestones()?;
        let already: BTreeSet<_> = noted.keys().flatten().copied().collect();
        let words = self.system.words();
        let mut answer = Vec::new();
        if let Some((timeline, created_on)) = self.timeline()? {
            let reached = views::milestones(timeline.first_start_on, &self.use_spans()?, today);
            let prompts: BTreeSet<_> =
                views::prompts(&reached, created_on, &already, today).iter().map(|milestone| milestone.key()).collect();
            for milestone in &reached {
                let key = milestone.key();
                let noted = noted.remove(&Some(key)).unwrap_or_default().pop();
                let is_due = prompts.contains(&key);
                let prompt = is_due.then(|| words.milestone_prompt(milestone, timeline.first_start_on));
                let title = words.milestone_title(&key);
                let otherwise = if is_due { MilestoneState::Prompted } else { MilestoneState::Reached };
                answer.push(self.milestone(Some(key), title, milestone.reached_on, prompt, noted, otherwise)?);
            }
        }
        for row in noted.into_values().flatten() {
            let Body::Milestone(milestone) = Body::from_fields(&row.kind, row.fields.clone()) else { continue };
            let title = milestone.words.clone().unwrap_or_else(|| title_of(words, &milestone));
            let (key, kept) = (key_of(&milestone), MilestoneState::Kept);
            let view = self.milestone(key, title, milestone.reached_on, None, Some(row), kept)?;
            if key.is_none() || view.state != kept {
                answer.push(view);
            }
        }
        answer.sort_by_key(|milestone| (milestone.reached_on, milestone.key));
        Ok(answer)
    }

    /// Notes a milestone that the days have reached, for oneself.
    pub(super) fn keep_milestone(&mut self, key: &MilestoneKey) -> Result<Record, Error> {
        let today = self.scope()?.today;
        let known = self.milestones_on(today)?.into_iter().find(|milestone| milestone.key.as_ref() == Some(key));
        let Some(milestone) = known else {
            return Err(Error::NotFound { id: self.system.words().milestone_title(key) });
        };
        if let Some(id) = milestone.record {
            return self.get(&id);
        }
        let basis = match key.basis {
            DerivedBasis::DaysCurrent => MilestoneBasis::DaysCurrent,
            DerivedBasis::MonthsCurrent => MilestoneBasis::MonthsCurrent,
            DerivedBasis::DaysTotal => MilestoneBasis::DaysTotal,
        };
        self.add(&NewRecord::new(Milestone {
            basis,
            threshold: Some(key.threshold),
            reached_on: milestone.reached_on,
            run_started_on: Some(key.run_started_on),
            life_event: None,
            words: None,
        }))
    }

    /// Every celebration that the owner may see, the oldest first, with its state and everyone's answer.
    pub(super) fn celebrations(&self) -> Result<Vec<CelebrationView>, Error> {
        let _reader = self.store.read()?;
        let (answers, events) = (self.rows_of(&["rsvp"])?, self.rows_of(&["celebration_event"])?);
        let mut views = Vec::new();
        for row in self.rows_of(&["celebration"])? {
            let state = state_of(&row.first, &events);
            let answers = answers_to(&row.first, &answers);
            views.push(CelebrationView { celebration: self.record(row)?, state, answers });
        }
        Ok(views)
    }

    /// Whether a celebration of this milestone was held. It stays so: no edit, no later event, no setback and not even
    /// the end of the celebration's own record takes it back.
    pub(super) fn is_celebrated(&self, milestone: &RecordId) -> Result<bool, Error> {
        let milestone = self.row(milestone)?.first;
        Ok(self.rows_of(&["celebration_event"])?.iter().any(|row| row.about == Some(milestone) && is_held(row)))
    }

    /// The owner's answer to an invitation: the first, or one in the place of the last.
    pub(super) fn answer(&mut self, to: &RecordId, answer: RsvpAnswer, note: Option<String>) -> Result<Record, Error> {
        let (celebration, me) = (self.row(to)?.first, self.me()?.member);
        let body = Rsvp { answer, note };
        let mine = |row: &Row| row.about == Some(celebration) && row.author == me;
        match self.rows_of(&["rsvp"])?.into_iter().filter(mine).max_by_key(|row| (row.tick, row.id)) {
            Some(last) => self.edit(&last.id, &last.version, &body.into()),
            None => self.add(&NewRecord::new(body).about(*to)),
        }
    }

    /// The owner's timeline, and the day it was made.
    pub(super) fn timeline(&self) -> Result<Option<(RecoveryTimeline, Date)>, Error> {
        let me = self.me()?.member;
        let zone = self.system.now().zone;
        let rows = self.rows_of(&["recovery_timeline"])?;
        Ok(rows.into_iter().filter(|row| row.author == me).max_by_key(|row| (row.tick, row.id)).and_then(|row| {
            let created_on = Now { unix_ms: row.wall.saturating_mul(60_000), zone }.today();
            match Body::from_fields(&row.kind, row.fields) {
                Body::RecoveryTimeline(timeline) => Some((timeline, created_on)),
                _ => None,
            }
        }))
    }

    /// The owner's own notes of milestones, by what they count. Copies that were shared are not among them.
    fn noted_milestones(&self) -> Result<BTreeMap<Option<MilestoneKey>, Vec<Row>>, Error> {
        let me = self.me()?;
        let private = me.audience(&crate::model::Audience::Me(me.member));
        let mut noted = BTreeMap::<_, Vec<Row>>::new();
        for row in self.rows_of(&["milestone"])?.into_iter().filter(|row| row.audience == private) {
            if let Body::Milestone(milestone) = Body::from_fields(&row.kind, row.fields.clone()) {
                noted.entry(key_of(&milestone)).or_default().push(row);
            }
        }
        Ok(noted)
    }

    fn milestone(
        &self,
        key: Option<MilestoneKey>,
        title: String,
        reached_on: Date,
        prompt: Option<String>,
        noted: Option<Row>,
        otherwise: MilestoneState,
    ) -> Result<MilestoneView, Error> {
        let copies = noted.as_ref().map_or(Ok(Vec::new()), |row| self.copies_of(&row.first))?;
        let mut state = match (&noted, copies.is_empty()) {
            (None, _) => otherwise,
            (Some(_), true) => MilestoneState::Kept,
            (Some(_), false) => MilestoneState::Shared,
        };
        let copies: Vec<_> = copies.into_iter().map(|(_, copy)| copy.id).collect();
        for copy in &copies {
            if self.is_celebrated(copy)? {
                state = MilestoneState::Celebrated;
            }
        }
        Ok(MilestoneView { key, title, reached_on, state, prompt, record: noted.map(|row| row.id), copies })
    }
}

fn key_of(milestone: &Milestone) -> Option<MilestoneKey> {
    let basis = match milestone.basis {
        MilestoneBasis::DaysCurrent => DerivedBasis::DaysCurrent,
        MilestoneBasis::MonthsCurrent => DerivedBasis::MonthsCurrent,
        MilestoneBasis::DaysTotal => DerivedBasis::DaysTotal,
        _ => return None,
    };
    Some(MilestoneKey { basis, threshold: milestone.threshold?, run_started_on: milestone.run_started_on? })
}

fn title_of(words: &Words, milestone: &Milestone) -> String {
    let title = key_of(milestone).map(|key| words.milestone_title(&key));
    title.or_else(|| words.phrase("milestone.title.own", &[])).unwrap_or_default()
}

/// Of each member the answer that was given last.
fn answers_to(celebration: &RecordRef, rsvps: &[Row]) -> Vec<Answer> {
    let mut last = BTreeMap::new();
    for row in rsvps.iter().filter(|row| row.about == Some(*celebration)) {
        if let Body::Rsvp(rsvp) = Body::from_fields(&row.kind, row.fields.clone()) {
            let answer = (row.tick, row.id, rsvp.answer);
            let known = last.entry(row.author).or_insert(answer);
            *known = (*known).max(answer);
        }
    }
    last.into_iter().map(|(member, (_, _, answer))| Answer { member, answer }).collect()
}

/// Held stays held; else the last step counts, and of steps made at once the strongest.
fn state_of(celebration: &RecordRef, events: &[Row]) -> CelebrationState {
    let step_of = |row: &Row| match Body::from_fields(&row.kind, row.fields.clone()) {
        Body::CelebrationEvent(event) if event.celebration == *celebration => Some((row.tick, event.event)),
        _ => None,
    };
    let steps: Vec<_> = events.iter().filter_map(step_of).collect();
    let held = steps.iter().find(|(_, step)| *step == CelebrationStep::Held);
    match held.or(steps.iter().max()).map(|(_, step)| step) {
        None => CelebrationState::Idea,
        Some(CelebrationStep::Planned) => CelebrationState::Planned,
        Some(CelebrationStep::Moved) => CelebrationState::Moved,
        Some(CelebrationStep::Cancelled) => CelebrationState::Cancelled,
        Some(CelebrationStep::Held) => CelebrationState::Held,
    }
}

fn is_held(row: &Row) -> bool {
    matches!(
        Body::from_fields(&row.kind, row.fields.clone()),
        Body::CelebrationEvent(event) if event.event == CelebrationStep::Held
    )
}
