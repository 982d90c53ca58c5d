//! After a setback. Nothing of it leaves the device unless its owner shares it, and no card is changed by it.

use kinweave_core::app::{Clock, NewRecord};
use kinweave_core::model::kinds::{CountPolicy, Setback, SetbackKind};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::{SetbackArgs, YesNo};
use crate::print;

impl Session {
    /// Without a day, the kind words alone: they are what is needed first.
    pub(super) fn setback(&self, args: SetbackArgs) -> Result<Answer, Failure> {
        let today = self.clock.now().today();
        let Some(started_on) = args.from else {
            let guidance = self.app.setback_guidance(today)?;
            return Answer::new(&guidance, print::setback_words(&guidance));
        };
        let tidy = |words: Vec<String>| words.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
        let body = Setback {
            started_on,
            resumed_on: args.to,
            setback_kind: args.kind.unwrap_or(SetbackKind::Slip),
            count_policy: args.count.unwrap_or(CountPolicy::NewRun),
            before: tidy(args.before).collect(),
            helped: tidy(args.helped).collect(),
            learned: args.learned,
            safe_now: args.safe.map(|answer| answer == YesNo::Yes),
        };
        let record = self.app.add(NewRecord::new(body))?;
        let days = self.app.days()?;
        let has_card = self.own_card()?.is_some();
        let text = print::setback_noted(&record, days.as_ref(), has_card);
        Answer::new(&serde_json::json!({ "setback": record, "days": days }), text)
    }
}
