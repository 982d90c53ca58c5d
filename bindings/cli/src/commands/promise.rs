//! Promises: made by their owner, seen by those they are made to, and confirmed by a witness who has agreed to be one.

use chrono::Days;
use kinweave_core::app::{Clock, ListQuery, NewRecord, Record};
use kinweave_core::model::kinds::{Commitment, CommitmentEvent, PromiseEvent};
use kinweave_core::model::{Body, Date, Recurrence};

use super::Session;
use super::ahead::Ahead;
use crate::answer::{Answer, Failure};
use crate::args::{Day, MakePromise, PromiseAction, PromiseSlot};
use crate::print;

/// A promise that came due longer ago is named with its day.
const DAYS_BACK: u64 = 60;
const OCCURRENCES_MAX: usize = 64;
const WEEKDAYS: [(&str, &str); 7] =
    [("mon", "MO"), ("tue", "TU"), ("wed", "WE"), ("thu", "TH"), ("fri", "FR"), ("sat", "SA"), ("sun", "SU")];

impl Session {
    pub(super) fn promise(&self, action: Option<PromiseAction>) -> Result<Answer, Failure> {
        use PromiseAction::*;
        match action.unwrap_or(List) {
            List => self.promises(),
            Make(args) => self.make_promise(args),
            Kept(slot) => self.tell_of(slot, PromiseEvent::Kept, None),
            Moved { slot, to } => self.tell_of(slot, PromiseEvent::Moved, Some(self.date(to))),
            Missed { slot, with_notice: true } => self.tell_of(slot, PromiseEvent::MissedWithNotice, None),
            Missed { slot, .. } => self.tell_of(slot, PromiseEvent::Missed, None),
            Confirm(slot) => self.tell_of(slot, PromiseEvent::Confirmed, None),
            Differently(slot) => self.tell_of(slot, PromiseEvent::SawItDifferently, None),
            Thank(slot) => self.tell_of(slot, PromiseEvent::Thanked, None),
            Settle(slot) => self.tell_of(slot, PromiseEvent::Settled, None),
            Witness { id, resign } => self.witness(&id, resign),
        }
    }

    fn promises(&self) -> Result<Answer, Failure> {
        let kinds = vec!["commitment".to_owned()];
        let page = self.app.list(&ListQuery { kinds, ..ListQuery::default() })?;
        Answer::new(&page, print::page(&page, &self.names()))
    }

    /// The newest day up to today on which it was due; of a promise that is still to come, its first.
    fn slot_in_question(&self, promise: &Record) -> Result<Date, Failure> {
        let Body::Commitment(promise) = &promise.body else { return Err(Failure::say(1, "no_slot", &[])) };
        let today = self.clock.now().today();
        let ended = promise.ends_on.filter(|end| *end < today);
        let window = (today - Days::new(DAYS_BACK), ended.unwrap_or(today));
        let Some(recurrence) = &promise.recurrence else { return Ok(promise.starts_on) };
        let due = recurrence.occurrences(promise.starts_on, window, OCCURRENCES_MAX);
        Ok(due.into_iter().max().unwrap_or(promise.starts_on))
    }

    fn make_promise(&self, args: MakePromise) -> Result<Answer, Failure> {
        let recurrence = args.every.as_deref().map(recurrence).transpose()?;
        let to = args.to.as_deref().map(|names| self.people(names)).transpose()?.unwrap_or_default();
        let witness = args.witness.as_deref().map(|name| self.person(name)).transpose()?;
        let body = Commitment {
            title: args.title,
            to: to.into_iter().collect(),
            recurrence,
            starts_on: self.date(args.on.unwrap_or(Day::FromToday(0))),
            ends_on: self.date_if(args.until),
            witness: witness.map(|person| person.member),
            grace_hours: args.grace,
        };
        self.write(NewRecord::new(body))
    }

    /// Says how one of its days went; without a day, the one for which there is something to say.
    fn tell_of(&self, slot: PromiseSlot, event: PromiseEvent, moved_to: Option<Date>) -> Result<Answer, Failure> {
        let promise = self.promise_record(&slot.id)?;
        let due_on = match self.date_if(slot.due) {
            Some(due) => due,
            None => self.slot_in_question(&promise)?,
        };
        let on = self.clock.now().today();
        let said = CommitmentEvent { due_on: Some(due_on), event, on, moved_to, note: slot.note };
        self.say_of(&promise, said)
    }

    fn witness(&self, id: &str, resign: bool) -> Result<Answer, Failure> {
        let promise = self.promise_record(id)?;
        let event = if resign { PromiseEvent::WitnessResigned } else { PromiseEvent::WitnessAccepted };
        let on = self.clock.now().today();
        self.say_of(&promise, CommitmentEvent { due_on: None, event, on, moved_to: None, note: None })
    }

    fn say_of(&self, promise: &Record, said: CommitmentEvent) -> Result<Answer, Failure> {
        let record = self.app.promise_event(promise.id, said)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    fn promise_record(&self, id: &str) -> Result<Record, Failure> {
        let record = self.app.get(self.record_id(id)?)?;
        let is_promise = matches!(record.body, Body::Commitment(_));
        is_promise.then_some(record).ok_or_else(|| Failure::say(1, "not_a_promise", &[("id", id)]))
    }
}

/// A rhythm as people type it.
fn recurrence(typed: &str) -> Result<Recurrence, Failure> {
    let plain = typed.trim().to_lowercase();
    let weekday = |word: &str| WEEKDAYS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, day)| *day);
    let days: Option<Vec<_>> = plain.split(',').map(|word| weekday(word.trim())).collect();
    let rule = match (plain.as_str(), days) {
        ("day" | "daily", _) => "FREQ=DAILY".to_owned(),
        ("week" | "weekly", _) => "FREQ=WEEKLY".to_owned(),
        ("month" | "monthly", _) => "FREQ=MONTHLY".to_owned(),
        (_, Some(days)) => format!("FREQ=WEEKLY;BYDAY={}", days.join(",")),
        _ => typed.trim().to_uppercase(),
    };
    rule.parse().map_err(|_| Failure::say(1, "recurrence", &[("text", typed)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhythms_are_read_as_people_say_them() {
        for (typed, rule) in [
            ("day", "FREQ=DAILY"),
            ("Weekly", "FREQ=WEEKLY"),
            ("mon, thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("freq=weekly;interval=2", "FREQ=WEEKLY;INTERVAL=2"),
        ] {
            assert_eq!(recurrence(typed).unwrap(), rule.parse().unwrap(), "{typed}");
        }
        assert!(recurrence("now and then").unwrap_err().text.contains("FREQ=WEEKLY"));
    }
}
