//! Celebrating together: the plan, the answers, what became of it, and good words.

use kinweave_core::app::{Clock, ListQuery, NewRecord, Record};
use kinweave_core::model::entry::RecordRef;
use kinweave_core::model::kinds::{Celebration, CelebrationEvent, Encouragement};
use kinweave_core::model::limits::PAGE_ROWS_MAX;
use kinweave_core::model::{Body, InvalidReason, RecordId};

use super::find::invalid;
use super::{Session, fields};
use crate::answer::{Answer, Failure};
use crate::args::{Celebrate, CelebrationArgs, Day, Encourage, Rsvp};
use crate::print;
use crate::words::say;

impl Session {
    pub(super) fn celebrate(&self, plan: Celebrate) -> Result<Answer, Failure> {
        let zone = self.clock.now().zone;
        let at = plan.at.map(|text| fields::zoned(&text, zone.name()).parse());
        let at = at.transpose().map_err(|_| invalid("at", InvalidReason::Malformed))?;
        let milestone = plan.milestone.map(|name| self.shared_milestone(&name)).transpose()?;
        let body = Celebration { milestone, place: plan.place, at, ..Celebration::idea(&plan.idea) };
        self.write(NewRecord::new(body).with(self.with(plan.with.as_deref())?))
    }

    /// The copy of a milestone that others see, or a milestone that another shared.
    fn shared_milestone(&self, name: &str) -> Result<RecordRef, Failure> {
        let id = match self.milestone(name)? {
            Some(own) => {
                let given = own.copies.iter().find(|copy| copy.to_string().starts_with(&name.to_lowercase()));
                let not_shared = || Failure::say(1, "not_shared_milestone", &[("name", &own.title)]);
                *given.or(own.copies.last()).ok_or_else(not_shared)?
            }
            None => self.record_id(name)?,
        };
        Ok(self.app.get(id)?.reference)
    }

    pub(super) fn celebrations(&self) -> Result<Answer, Failure> {
        let celebrations = self.app.celebrations()?;
        Answer::new(&celebrations, print::celebrations(&celebrations, &self.names()))
    }

    pub(super) fn celebrated(&self, id: &str) -> Result<Answer, Failure> {
        let celebrated = self.app.is_celebrated(self.record_id(id)?)?;
        let text = say(if celebrated { "celebrations.celebrated" } else { "celebrations.not_yet" }, &[]);
        Answer::new(&serde_json::json!({ "celebrated": celebrated }), text)
    }

    pub(super) fn celebration(&self, args: CelebrationArgs) -> Result<Answer, Failure> {
        let CelebrationArgs { event, id, on, note } = args;
        let celebration = self.app.get(self.record_id(&id)?)?;
        let Body::Celebration(plan) = &celebration.body else {
            return Err(Failure::say(1, "not_a_celebration", &[("id", &id)]));
        };
        let milestone = plan.milestone.map(|milestone| self.beside(&milestone, &celebration)).transpose()?;
        let happened_on = self.date(on.unwrap_or(Day::FromToday(0)));
        let body = CelebrationEvent { celebration: celebration.reference, event, happened_on, note };
        self.write(NewRecord::new(body).about(milestone.flatten().unwrap_or(celebration.id)))
    }

    /// The milestone of a celebration, if it is shared with the same people: what was celebrated then stays so whatever
    /// becomes of the plan.
    fn beside(&self, milestone: &RecordRef, celebration: &Record) -> Result<Option<RecordId>, Failure> {
        if milestone.audience != celebration.reference.audience {
            return Ok(None);
        }
        let kinds = vec!["milestone".to_owned()];
        let audience = Some(celebration.audience.id);
        let page = self.app.list(&ListQuery { kinds, audience, limit: PAGE_ROWS_MAX, ..ListQuery::default() })?;
        Ok(page.records.iter().find(|record| record.reference == *milestone).map(|record| record.id))
    }

    pub(super) fn rsvp(&self, args: Rsvp) -> Result<Answer, Failure> {
        let record = self.app.answer(self.record_id(&args.id)?, args.answer, args.note)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn encourage(&self, args: Encourage) -> Result<Answer, Failure> {
        let Encourage { name, text, open_on, kind, with } = args;
        let everyone = ["everyone".to_owned(), say("whom.everyone", &[])].contains(&name.trim().to_lowercase());
        let to = if everyone { Vec::new() } else { self.people(&name)? };
        let to = to.into_iter().collect();
        let body = Encouragement {
            to,
            text,
            encouragement_kind: kind.unwrap_or_default(),
            open_on: self.date_if(open_on),
            link: None,
        };
        self.write(NewRecord::new(body).with(self.with(with.as_deref())?))
    }

    pub(super) fn write(&self, record: NewRecord) -> Result<Answer, Failure> {
        let record = self.app.add(record)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }
}
