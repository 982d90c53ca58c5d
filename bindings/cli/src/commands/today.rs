//! Today: what one is asked, what is new, what is coming, and which promises are due.

use kinweave_core::app::Clock;

use super::Session;
use crate::answer::{Answer, Failure};
use crate::print;
use crate::words::say;

impl Session {
    pub(super) fn today(&self) -> Result<Answer, Failure> {
        let today = self.app.today(self.clock.now().today())?;
        Answer::new(&today, print::today(&today, &self.names()))
    }

    pub(super) fn seen(&self) -> Result<Answer, Failure> {
        self.app.mark_seen()?;
        Answer::new(&serde_json::json!({ "seen": true }), say("today.all_seen", &[]))
    }
}
