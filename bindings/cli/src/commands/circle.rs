//! The circle, its people, and who waits to be one of them.

use kinweave_core::app::Error;

use super::Session;
use crate::answer::{Answer, Failure};
use crate::print;
use crate::words::say;

impl Session {
    pub(super) fn create(&self, circle: &str, name: &str) -> Result<Answer, Failure> {
        let circle = self.app.create_circle(circle, name)?;
        let text = format!("{}\n\n{}", print::circle(&circle), say("start.next", &[]));
        Answer::new(&circle, text)
    }

    pub(super) fn who(&self) -> Result<Answer, Failure> {
        let circle = self.app.circle()?;
        Answer::new(&circle, print::circle(&circle))
    }

    pub(super) fn waiting(&self) -> Result<Answer, Failure> {
        let waiting = self.app.pending()?;
        Answer::new(&waiting, print::waiting(&waiting, &self.names()))
    }

    pub(super) fn approve(&self, id: &str) -> Result<Answer, Failure> {
        let waiting = self.app.pending()?;
        let mut named = waiting.iter().filter(|pending| id.len() >= 4 && pending.member.to_string().starts_with(id));
        let (Some(pending), None) = (named.next(), named.next()) else {
            return Err(Error::NotFound { id: id.to_owned() }.into());
        };
        self.app.approve(pending.admit)?;
        self.who()
    }
}
