//! Removing, bringing back, and how much is kept.

use serde_json::json;

use super::Session;
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
        Answer::new(&trash, print::trash(&trash, self.clock.now()))
    }

    pub(super) fn restore(&self, id: &str) -> Result<Answer, Failure> {
        let wanted = id.trim().to_lowercase();
        let trash = self.app.trash()?;
        let mut named = trash.iter().filter(|item| item.id.to_string().starts_with(&wanted));
        let (Some(item), None) = (named.next(), named.next()) else {
            return Err(Failure::say(1, "nothing_in_trash", &[("id", id)]));
        };
        let record = self.app.restore(item.id)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn storage(&self) -> Result<Answer, Failure> {
        let used = self.app.storage()?;
        let (hold, clock) = (self.app.legal_hold()?, self.app.clock_state()?);
        let text = print::storage(&used, hold, &clock);
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
