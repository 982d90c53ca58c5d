//! Removing, bringing back, and how much is kept.

use kinweave_core::app::Clock;
use serde_json::json;

use super::Session;
use super::find::by_prefix;
use crate::answer::{Answer, Failure};
use crate::args::Switch;
use crate::print;
use crate::words::say;

impl Session {
    pub(super) fn erase(&self, id: &str) -> Result<Answer, Failure> {
        let id = self.record_id(id)?;
        self.app.erase(id)?;
        Answer::new(&json!({ "erased": id }), say("remove.erased", &[]))
    }

    pub(super) fn forget(&self, id: &str) -> Result<Answer, Failure> {
        let id = self.record_id(id)?;
        self.app.forget(id)?;
        Answer::new(&json!({ "forgotten": id }), say("remove.forgotten", &[]))
    }

    pub(super) fn trash(&self, empty: bool) -> Result<Answer, Failure> {
        if empty {
            self.app.empty_trash()?;
        }
        let trash = self.app.trash()?;
        Answer::new(&trash, print::trash(&trash, &self.names(), self.clock.now()))
    }

    pub(super) fn restore(&self, id: &str) -> Result<Answer, Failure> {
        let trash = self.app.trash()?;
        let at = by_prefix(&id.trim().to_lowercase(), trash.iter().map(|item| item.id.to_string()))?;
        let item = at.and_then(|at| trash.get(at));
        let item = item.ok_or_else(|| Failure::say(1, "nothing_in_trash", &[("id", id)]))?;
        let record = self.app.restore(item.id)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn storage(&self) -> Result<Answer, Failure> {
        let (used, hold, clock) = (self.app.storage()?, self.app.legal_hold()?, self.app.clock_state()?);
        let text = print::storage(&used, hold, clock, &self.names());
        Answer::new(&json!({ "storage": used, "legal_hold": hold, "clock": clock }), text)
    }

    pub(super) fn hold(&self, switch: Option<Switch>) -> Result<Answer, Failure> {
        if let Some(switch) = switch {
            self.app.set_legal_hold(switch == Switch::On)?;
        }
        let hold = self.app.legal_hold()?;
        Answer::new(&json!({ "legal_hold": hold }), say(if hold { "hold.on" } else { "hold.off" }, &[]))
    }
}
