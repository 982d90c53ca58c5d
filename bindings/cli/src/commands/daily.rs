//! Every day: what is new, how one is, and what one writes for oneself alone.

use kinweave_core::app::{CheckInPart, Clock, ListQuery, NewRecord};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::{CheckIn, CheckInKind, Feeling, Halt, Journal};
use kinweave_core::model::limits::PAGE_ROWS_MAX;
use kinweave_core::model::{Body, Date};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::{CheckInArgs, Day, Felt, JournalArgs};
use crate::print;
use crate::words::say;

const ENTRIES_SHOWN: u32 = 10;

impl Session {
    pub(super) fn check_in(&self, args: CheckInArgs) -> Result<Answer, Failure> {
        if args.says_nothing() {
            return Err(Failure::say(1, "nothing_to_note", &[]));
        }
        let with = args.share.as_deref().map(|whom| self.with(Some(whom))).transpose()?;
        let part = if args.whole { CheckInPart::Whole { with_craving: args.with_craving } } else { CheckInPart::Band };
        let own = self.app.add(NewRecord::new(self.noted(args)))?;
        let shared = match with {
            None => None,
            Some(with) => Some(self.app.share_check_in(own.id, with, part)?),
        };
        let summary = self.app.check_in_summary(self.clock.now().today())?;
        let text = print::checked_in(shared.as_ref(), &summary, &self.names());
        Answer::new(&serde_json::json!({ "check_in": own, "shared": shared, "summary": summary }), text)
    }

    fn noted(&self, args: CheckInArgs) -> CheckIn {
        CheckIn {
            on: self.date(args.on.unwrap_or(Day::FromToday(0))),
            check_in_kind: if args.momentary { CheckInKind::Momentary } else { CheckInKind::Daily },
            valence: args.valence,
            energy: args.energy,
            labels: args.feelings.iter().filter_map(feeling).collect(),
            associations: args.because.into_iter().collect(),
            craving: args.craving,
            stress: args.stress,
            sleep_hours: args.sleep,
            halt: args.halt.into_iter().chain(args.feelings.iter().filter_map(need)).collect(),
            band: args.band,
            ask: args.ask,
            note: args.note,
        }
    }

    pub(super) fn journal(&self, args: JournalArgs) -> Result<Answer, Failure> {
        let text = args.text.join(" ");
        if text.trim().is_empty() {
            return self.journal_entries(self.date_if(args.on));
        }
        let on = self.date(args.on.unwrap_or(Day::FromToday(0)));
        let record = self.app.add(NewRecord::new(Journal { on, text, prompt: args.prompt }))?;
        Answer::new(&record, say("journal.written", &[("id", &record.id.short())]))
    }

    fn journal_entries(&self, on: Option<Date>) -> Result<Answer, Failure> {
        let kinds = vec!["journal".to_owned()];
        let query = ListQuery { kinds, from: on, to: on, limit: ENTRIES_SHOWN, ..ListQuery::default() };
        let page = self.app.list(&query)?;
        Answer::new(&page, print::journal(&page))
    }

    /// The check-ins of the owner themselves: copies that were shared say the same thing twice.
    pub(super) fn own_check_ins(&self, from: Date) -> Result<Vec<CheckIn>, Failure> {
        let me = self.app.circle()?.me;
        let mut check_ins = Vec::new();
        let mut after = None;
        loop {
            let kinds = vec!["check_in".to_owned()];
            let query = ListQuery {
                kinds,
                person: Some(me),
                from: Some(from),
                after,
                limit: PAGE_ROWS_MAX,
                ..ListQuery::default()
            };
            let page = self.app.list(&query)?;
            let own =
                page.records.into_iter().filter(|record| record.author == me && record.audience.tag == AudienceTag::Me);
            check_ins.extend(own.filter_map(|record| match record.body {
                Body::CheckIn(check_in) => Some(check_in),
                _ => None,
            }));
            after = page.next;
            if after.is_none() {
                return Ok(check_ins);
            }
        }
    }

    pub(super) fn mood(&self) -> Result<Answer, Failure> {
        let today = self.clock.now().today();
        let from = today - chrono::Days::new(print::MOOD_DAYS - 1);
        let check_ins = self.own_check_ins(from)?;
        let trend = self.app.trend(today)?;
        let text = print::mood(&check_ins, &trend, today);
        Answer::new(&serde_json::json!({ "check_ins": check_ins, "trend": trend }), text)
    }
}

fn feeling(felt: &Felt) -> Option<Feeling> {
    match felt {
        Felt::Feeling(feeling) => Some(*feeling),
        Felt::Need(_) => None,
    }
}

fn need(felt: &Felt) -> Option<Halt> {
    match felt {
        Felt::Need(need) => Some(*need),
        Felt::Feeling(_) => None,
    }
}
