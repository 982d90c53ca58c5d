//! Sharing what is one's own, and small signs under what others wrote.

use kinweave_core::app::CheckInPart;
use kinweave_core::model::Body;
use kinweave_core::model::kinds::Emoji;

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::Share;
use crate::print;
use crate::words::{choices, meant, say};

impl Session {
    pub(super) fn share(&self, args: &Share) -> Result<Answer, Failure> {
        let with = self.with(args.with.as_deref())?;
        let what = args.what.as_str();
        let id = match self.milestone(what)? {
            Some(milestone) => self.kept(&milestone)?,
            None if what.contains(' ') => return Err(Failure::say(1, "no_milestone", &[("name", what)])),
            None => self.record_id(what)?,
        };
        let is_check_in = matches!(self.app.get(id)?.body, Body::CheckIn(_));
        let copy = match (args.band_only, args.with_craving) {
            (true, _) if is_check_in => self.app.share_check_in(id, with, CheckInPart::Band)?,
            (_, with_craving) if is_check_in => {
                self.app.share_check_in(id, with, CheckInPart::Whole { with_craving })?
            }
            _ => self.app.share(id, with)?,
        };
        Answer::new(&copy, print::record(&copy, &self.names()))
    }

    pub(super) fn copies(&self, id: &str, update: bool) -> Result<Answer, Failure> {
        let id = self.record_id(id)?;
        if update {
            for copy in self.app.copies(id)?.iter().filter(|copy| copy.is_outdated) {
                self.app.update_copy(copy.id)?;
            }
        }
        let copies = self.app.copies(id)?;
        Answer::new(&copies, print::copies(&copies, &id.short(), &self.names()))
    }

    pub(super) fn narrow(&self, id: &str, with: &str) -> Result<Answer, Failure> {
        let record = self.app.narrow(self.record_id(id)?, self.with(Some(with))?)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn react(&self, id: &str, emoji: Option<&str>, remove: bool) -> Result<Answer, Failure> {
        let id = self.record_id(id)?;
        if remove {
            self.app.unreact(id)?;
            return Answer::new(&serde_json::json!({ "removed": true }), say("react.removed", &[]));
        }
        let typed = emoji.unwrap_or("heart");
        let emoji = emoji_of(typed).ok_or_else(|| {
            let values: Vec<_> = choices("word.emoji").into_iter().map(|(_, text)| text).collect();
            Failure::say(1, "no_emoji", &[("text", typed), ("values", &values.join(", "))])
        })?;
        let record = self.app.react(id, emoji)?;
        Answer::new(&record, say("react.given", &[("emoji", &emoji.as_char().to_string())]))
    }
}

/// The sign itself, its name, or the word for it.
fn emoji_of(typed: &str) -> Option<Emoji> {
    let read = |name: &str| serde_json::from_value::<Emoji>(name.into()).ok();
    let typed = typed.trim().to_lowercase();
    let named = read(&typed.replace('-', "_")).or_else(|| meant(&typed).iter().find_map(|name| read(name)));
    // Each sign has its name in the words of every language.
    named.or_else(|| {
        let all = choices("word.emoji");
        all.iter().filter_map(|(name, _)| read(name)).find(|emoji| typed.starts_with(emoji.as_char()))
    })
}
