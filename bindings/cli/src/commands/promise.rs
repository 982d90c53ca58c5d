//! Promises: made by their owner, seen by those they are made to, and confirmed by a witness who has agreed to be one.

use kinweave_core::app::{Clock, NewRecord, Record};
use kinweave_core::model::kinds::{Commitment, CommitmentEvent, PromiseEvent};
use kinweave_core::model::{Body, Date, Recurrence};
use kinweave_core::views::{PromiseSlot as Slot, SlotOutcome};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::{Day, MakePromise, PromiseAction, PromiseSlot};
use crate::print;
use crate::words::{plain, say};

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
        let today = self.clock.now().today();
        let (promises, kept) = (self.app.promises(today)?, self.app.kept_promises(today)?);
        let text = print::promises(&promises, &kept, today, &self.names());
        Answer::new(&serde_json::json!({ "promises": promises, "kept": kept }), text)
    }

    /// The day that is meant when none is named: of what its owner says the newest that is due, or else the next; of what
    /// its witness says the newest that waits for them.
    fn slot_in_question(&self, promise: &Record, event: PromiseEvent) -> Result<Date, Failure> {
        use SlotOutcome::*;
        let today = self.clock.now().today();
        let promises = self.app.promises(today)?;
        let slots = promises.iter().find(|view| view.commitment.id == promise.id).map(|view| &view.slots[..]);
        let (behind, ahead): (Vec<&Slot>, Vec<&Slot>) =
            slots.unwrap_or_default().iter().partition(|slot| slot.due_on <= today);
        let newest = |wanted: &[SlotOutcome]| behind.iter().rfind(|slot| wanted.contains(&slot.outcome));
        let found = match event {
            PromiseEvent::Settled => newest(&[SeenDifferently]),
            _ if event.is_witness() => newest(&[Unconfirmed]).or_else(|| newest(&[Kept, SeenDifferently])),
            _ => newest(&[Open]).or(ahead.first()).or(behind.last()),
        };
        found.map(|slot| slot.due_on).ok_or_else(|| Failure::say(1, "no_slot", &[]))
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
            None => self.slot_in_question(&promise, event)?,
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

/// A rhythm as people type it, in English or in their own language.
fn recurrence(typed: &str) -> Result<Recurrence, Failure> {
    let is = |name: &str, english: [&str; 2]| {
        english.contains(&plain(typed).as_str()) || plain(typed) == plain(&say(&format!("rhythm.word.{name}"), &[]))
    };
    let weekday = |(at, (name, day)): (usize, &(&str, &'static str))| {
        let own = plain(&say(&format!("weekday.{}", at + 1), &[]));
        ([(*name).to_owned(), own], *day)
    };
    let weekdays: Vec<_> = WEEKDAYS.iter().enumerate().map(weekday).collect();
    let day = |word: &str| {
        let word = plain(word);
        let named = weekdays.iter().find(|(names, _)| names.iter().any(|name| word.starts_with(name.as_str())));
        named.map(|(_, day)| *day)
    };
    let days: Option<Vec<_>> = typed.split(',').map(day).collect();
    let rule = match days {
        _ if is("day", ["day", "daily"]) => "FREQ=DAILY".to_owned(),
        _ if is("week", ["week", "weekly"]) => "FREQ=WEEKLY".to_owned(),
        _ if is("month", ["month", "monthly"]) => "FREQ=MONTHLY".to_owned(),
        Some(days) => format!("FREQ=WEEKLY;BYDAY={}", days.join(",")),
        None => typed.trim().to_uppercase(),
    };
    rule.parse().map_err(|_| Failure::say(1, "recurrence", &[("text", typed)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::{self, Screen};
    use crate::words::Language;

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
        screen::set(Screen { language: Language::Es, width: None });
        assert_eq!(recurrence("Mié, domingo").unwrap(), "FREQ=WEEKLY;BYDAY=WE,SU".parse().unwrap());
        assert_eq!(recurrence("semana").unwrap(), "FREQ=WEEKLY".parse().unwrap());
        screen::set(Screen::default());
        assert!(recurrence("now and then").unwrap_err().text.contains("FREQ=WEEKLY"));
    }
}
