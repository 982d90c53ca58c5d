//! After a setback. Nothing of it leaves the device unless its owner shares it, and no card is changed by it.

use std::collections::BTreeSet;

use kinweave_core::app::{Clock, NewRecord};
use kinweave_core::model::kinds::{CountPolicy, Setback, SetbackKind};
use serde_json::json;

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::{SetbackArgs, YesNo};
use crate::print;

impl Session {
    /// Without a day, the kind words alone: they are what is needed first.
    pub(super) fn setback(&self, args: SetbackArgs) -> Result<Answer, Failure> {
        let Some(started_on) = self.date_if(args.from) else {
            let guidance = self.app.setback_guidance(self.clock.now().today())?;
            return Answer::new(&guidance, print::setback_words(&guidance, !args.words));
        };
        let tidy = |words: Vec<String>| -> BTreeSet<String> {
            words.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
        };
        let body = Setback {
            started_on,
            resumed_on: self.date_if(args.to),
            setback_kind: args.kind.unwrap_or(SetbackKind::Slip),
            count_policy: args.count.unwrap_or(CountPolicy::NewRun),
            before: tidy(args.before),
            helped: tidy(args.helped),
            learned: args.learned,
            safe_now: args.safe.map(|answer| answer == YesNo::Yes),
        };
        let record = self.app.add(NewRecord::new(body))?;
        let days = self.app.days()?;
        let has_card = self.own_card()?.is_some();
        let text = print::setback_noted(&record, days.as_ref(), has_card);
        Answer::new(&json!({ "setback": record, "days": days }), text)
    }
}
