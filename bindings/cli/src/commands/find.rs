//! From what people type to what the core knows: names, short ids, milestones, audiences.

use kinweave_core::app::{Clock, Device, Error, ListQuery, MilestoneView, Person, ShareWith};
use kinweave_core::model::limits::PAGE_ROWS_MAX;
use kinweave_core::model::{Date, InvalidReason, MemberId, RecordId};

use super::Session;
use crate::answer::Failure;
use crate::args::Day;
use crate::print::Names;
use crate::words::{plain, say};

const SHORT_ID_DIGITS_MIN: usize = 4;
const CANDIDATES_SHOWN: usize = 5;

impl Session {
    /// The date that was typed or named.
    pub(super) fn date(&self, day: Day) -> Date {
        day.date(self.clock.now().today())
    }

    /// The same where one was typed.
    pub(super) fn date_if(&self, day: Option<Day>) -> Option<Date> {
        day.map(|day| self.date(day))
    }

    /// The member with this name, in any case, or whose id begins so.
    pub(super) fn person(&self, name: &str) -> Result<Person, Failure> {
        let people = self.app.circle()?.people;
        let wanted = plain(name);
        let called = |person: &&Person| {
            person.name == name.trim()
                || (!wanted.is_empty() && plain(&person.name) == wanted)
                || (person.is_me && (wanted == "me" || wanted == plain(&say("whom.me", &[]))))
        };
        let named: Vec<_> = people.iter().filter(called).collect();
        match named[..] {
            [person] => Ok(person.clone()),
            [] => {
                let ids = people.iter().map(|person| person.member.to_string());
                let at = by_prefix(&wanted, ids)?.ok_or_else(|| Error::NotFound { id: name.to_owned() })?;
                people.get(at).cloned().ok_or_else(|| Error::NotFound { id: name.to_owned() }.into())
            }
            [..] => {
                let candidates = join(named.iter().map(|person| person.member.short()));
                Err(Failure::say(1, "ambiguous_id", &[("id", name), ("candidates", &candidates)]))
            }
        }
    }

    /// Several names with commas.
    pub(super) fn people(&self, names: &str) -> Result<Vec<MemberId>, Failure> {
        names.split(',').map(|name| Ok(self.person(name)?.member)).collect()
    }

    /// With whom, as typed; without it, where records of the kind go by themselves.
    pub(super) fn with(&self, with: Option<&str>) -> Result<ShareWith, Failure> {
        let Some(typed) = with else { return Ok(ShareWith::Default) };
        let is = |name: &str| {
            let plain = |text: &str| text.trim().to_lowercase().replace(['-', '_'], " ");
            plain(typed) == plain(name) || plain(typed) == plain(&say(&format!("whom.{name}"), &[]))
        };
        Ok(match typed {
            _ if is("only-me") => ShareWith::OnlyMe,
            _ if is("circle") => ShareWith::Circle,
            _ if is("everyone") => ShareWith::Everyone,
            names => ShareWith::Chosen(self.people(names)?),
        })
    }

    /// The record with this id, or whose id begins so.
    pub(super) fn record_id(&self, id: &str) -> Result<RecordId, Failure> {
        let id = id.trim().to_lowercase();
        if let Ok(whole) = id.parse() {
            return Ok(whole);
        }
        let mut ids = Vec::new();
        let mut after = None;
        loop {
            let page = self.app.list(&ListQuery { after, limit: PAGE_ROWS_MAX, ..ListQuery::default() })?;
            ids.extend(page.records.iter().map(|record| record.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let at = by_prefix(&id, ids.iter().map(RecordId::to_string))?;
        at.and_then(|at| ids.get(at).copied()).ok_or_else(|| Error::NotFound { id }.into())
    }

    /// The phone to meet: somebody's only other one, or the one whose key begins so.
    pub(super) fn device(&self, name: &str) -> Result<Device, Failure> {
        let others: Vec<Device> = self.app.devices()?.into_iter().filter(|device| !device.is_this).collect();
        let nicknamed = |device: &&Device| {
            device.nickname.as_ref().is_some_and(|nickname| nickname.to_lowercase() == name.trim().to_lowercase())
        };
        if let Some(device) = others.iter().find(nicknamed) {
            return Ok(device.clone());
        }
        let person = match self.person(name) {
            Ok(person) => person,
            Err(unknown) => {
                let keys = others.iter().map(|device| device.device.to_string());
                let at = by_prefix(&name.trim().to_lowercase(), keys).ok().flatten();
                return at.and_then(|at| others.get(at).cloned()).ok_or(unknown);
            }
        };
        let theirs: Vec<_> = others.iter().filter(|device| device.member == person.member).collect();
        match theirs[..] {
            [device] => Ok(device.clone()),
            [] => Err(Failure::say(4, "no_device", &[("name", &person.name)])),
            [..] => {
                let candidates = join(theirs.iter().map(|device| device.device.short()));
                Err(Failure::say(1, "ambiguous_device", &[("name", &person.name), ("candidates", &candidates)]))
            }
        }
    }

    /// A milestone by its title ("30 days"), its number, or the id of its record or of a copy; none if it is something
    /// else.
    pub(super) fn milestone(&self, name: &str) -> Result<Option<MilestoneView>, Failure> {
        let milestones = self.app.milestones()?;
        let wanted = name.trim().to_lowercase();
        let titled = milestones.iter().rfind(|milestone| milestone.title.to_lowercase() == wanted);
        if titled.is_some() || wanted.len() < SHORT_ID_DIGITS_MIN {
            let numbered =
                |milestone: &&MilestoneView| milestone.key.is_some_and(|key| key.threshold.to_string() == wanted);
            return Ok(titled.or_else(|| milestones.iter().rfind(numbered)).cloned());
        }
        let has = |milestone: &&MilestoneView| {
            milestone.record.iter().chain(&milestone.copies).any(|id| id.to_string().starts_with(&wanted))
        };
        Ok(milestones.iter().find(has).cloned())
    }

    /// What people call each other here; nobody before there is a circle.
    pub(super) fn names(&self) -> Names {
        Names::new(self.app.circle().ok().as_ref())
    }
}

/// Where the only one of `ids` is that begins with `prefix`; none if none does.
pub(super) fn by_prefix(prefix: &str, ids: impl Iterator<Item = String>) -> Result<Option<usize>, Failure> {
    if prefix.is_empty() || !prefix.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(None);
    }
    if prefix.len() < SHORT_ID_DIGITS_MIN {
        return Err(Failure::say(1, "short_id", &[("id", prefix)]));
    }
    let found: Vec<_> = ids.enumerate().filter(|(_, id)| id.starts_with(prefix)).collect();
    match &found[..] {
        [] => Ok(None),
        [(at, _)] => Ok(Some(*at)),
        many => {
            let digits = prefix.len() + 4;
            let candidates = join(many.iter().map(|(_, id)| id.chars().take(digits).collect()));
            Err(Failure::say(1, "ambiguous_id", &[("id", prefix), ("candidates", &candidates)]))
        }
    }
}

fn join(candidates: impl Iterator<Item = String>) -> String {
    candidates.take(CANDIDATES_SHOWN).collect::<Vec<_>>().join(", ")
}

/// What was typed for this field can't be used.
pub(super) fn invalid(field: &str, reason: InvalidReason) -> Failure {
    Error::InvalidInput { field: field.to_owned(), reason }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_digits_of_an_id_are_enough_if_only_one_has_them() {
        let ids = || ["00aa11", "00aa22", "ffee33"].map(str::to_owned).into_iter();
        assert_eq!(by_prefix("ffee", ids()), Ok(Some(2)));
        assert_eq!(by_prefix("00aa2", ids()), Ok(Some(1)));
        assert_eq!(by_prefix("1234", ids()), Ok(None));
        assert_eq!(by_prefix("marta", ids()), Ok(None));
        let failure = by_prefix("00aa", ids()).unwrap_err();
        assert!(failure.text.contains("00aa11, 00aa22"), "{}", failure.text);
        assert!(by_prefix("ffe", ids()).unwrap_err().text.contains("four"));
    }
}
