//! Finding words, and how a record came to say what it says.

use kinweave_core::app::{Clock, SearchQuery};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::Search;
use crate::print;

impl Session {
    pub(super) fn search(&self, args: Search) -> Result<Answer, Failure> {
        let text = args.text.join(" ");
        let page = self.app.search(&SearchQuery {
            text: text.clone(),
            kinds: args.kind.into_iter().collect(),
            person: args.person.map(|name| self.person(&name)).transpose()?.map(|person| person.member),
            from: self.date_if(args.from),
            to: self.date_if(args.to),
            after: args.after,
            limit: args.limit,
        })?;
        Answer::new(&page, print::finds(&page, &text, &self.names()))
    }

    pub(super) fn history(&self, id: &str) -> Result<Answer, Failure> {
        let steps = self.app.history(self.record_id(id)?)?;
        let devices = self.app.devices()?;
        Answer::new(&steps, print::history(&steps, &devices, self.clock.now().zone, &self.names()))
    }
}
