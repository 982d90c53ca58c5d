//! Names for members, and values of fields as people read them.

use std::collections::BTreeMap;

use kinweave_core::app::{AudienceView, CircleView, Person};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::{AudienceId, Candidate, MemberId, RecordRef, ZonedTime};
use serde_json::Value;

use crate::words::{date_words, domain, find, say};

/// In the order of the week.
const DAY_CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What people call each other.
pub struct Names {
    names: BTreeMap<String, String>,
    everyone: usize,
    me: Option<String>,
}

impl Names {
    pub fn new(circle: Option<&CircleView>) -> Self {
        let people = circle.map(|circle| &circle.people[..]).unwrap_or_default();
        let names = people.iter().map(|person| (person.member.to_string(), name(person))).collect();
        Self { names, everyone: people.len(), me: circle.map(|circle| circle.me.to_string()) }
    }

    /// The member's name, or the first digits of their id where it hasn't come yet.
    pub fn of(&self, member: &MemberId) -> String {
        self.names.get(&member.to_string()).cloned().unwrap_or_else(|| member.short())
    }

    /// Several, as one says them.
    pub fn all<'a>(&self, members: impl IntoIterator<Item = &'a MemberId>) -> String {
        list(&members.into_iter().map(|member| self.of(member)).collect::<Vec<_>>())
    }

    /// With whom something is shared.
    pub fn with(&self, audience: &AudienceView) -> String {
        match audience.tag {
            AudienceTag::Me | AudienceTag::Journal => say("whom.only_you", &[]),
            _ if matches!(&audience.members[..], [only] if self.is_me(only)) => say("whom.only_you", &[]),
            _ if audience.members.len() == self.everyone && self.everyone > 1 => say("whom.everyone", &[]),
            _ => self.all(&audience.members),
        }
    }

    /// With whom besides its owner.
    pub fn others(&self, audience: &AudienceView) -> String {
        self.all(audience.members.iter().filter(|member| !self.is_me(member)))
    }

    fn is_me(&self, member: &MemberId) -> bool {
        self.me.as_ref() == Some(&member.to_string())
    }

    /// A value of a field as people read it: members by name, presets in words, dates and hours plainly.
    pub fn value(&self, field: &str, value: &Value) -> String {
        match value {
            Value::String(text) => {
                if field == "recurrence" {
                    return rhythm(text);
                }
                let name = self.names.get(text).cloned();
                let word = || find(&format!("word.{field}.{text}"), &[]);
                let preset = || (field == "idea").then(|| domain(&format!("idea.{text}"), &[])).flatten();
                name.or_else(word).or_else(preset).unwrap_or_else(|| moment(text))
            }
            Value::Array(values) => list(&values.iter().map(|value| self.value(field, value)).collect::<Vec<_>>()),
            Value::Bool(true) => say("value.yes", &[]),
            Value::Bool(false) => say("value.no", &[]),
            Value::Null => say("value.taken_away", &[]),
            other => other.to_string(),
        }
    }

    /// References to other records, and sets of people by their id, are for programs.
    pub fn is_link(&self, value: &Value) -> bool {
        let link = |text: &str| text.parse::<RecordRef>().is_ok() || text.parse::<AudienceId>().is_ok();
        value.as_str().is_some_and(|text| link(text) && !self.names.contains_key(text))
    }

    pub fn candidates(&self, field: &str, candidates: &[Candidate]) -> String {
        let words =
            candidates.iter().map(|one| format!("{} ({})", self.value(field, &one.value), self.of(&one.member)));
        words.collect::<Vec<_>>().join(&say("value.or", &[]))
    }
}

/// What a person calls themselves; until that has come, that they are new.
pub fn name(person: &Person) -> String {
    if person.name.is_empty() { say("people.someone_new", &[]) } else { person.name.clone() }
}

/// "Dani, Lena and Marta".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => say("value.and", &[("first", &first.join(", ")), ("last", last)]),
    }
}

/// A zoned time as a family says it, or a date; anything else as it is.
pub fn moment(text: &str) -> String {
    use chrono::Datelike;
    match text.parse::<ZonedTime>() {
        Ok(time) => {
            let local = time.local();
            let weekday = say(&format!("weekday.{}", local.weekday().number_from_monday()), &[]);
            let (date, hour) = (date_words(local.date()), local.format("%H:%M").to_string());
            say(
                "value.moment",
                &[("weekday", &weekday), ("date", &date), ("hour", &hour), ("zone", time.zone().name())],
            )
        }
        Err(_) => text.parse().map_or_else(|_| text.to_owned(), date_words),
    }
}

/// A rule of repetition as people say it, such as "every 2 weeks: Mon, Thu".
pub fn rhythm(rule: &str) -> String {
    let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let count = part("INTERVAL").unwrap_or("1");
    let unit = part("FREQ").unwrap_or_default().to_lowercase();
    let Some(mut words) = find(&format!("rhythm.{unit}"), &[("count", count)]) else { return rule.to_owned() };
    if let Some(days) = part("BYDAY") {
        let day = |code: &str| match DAY_CODES.iter().position(|known| *known == code) {
            Some(at) => say(&format!("weekday.{}", at + 1), &[]),
            None => code.to_owned(),
        };
        let days = days.split(',').map(day).collect::<Vec<_>>().join(", ");
        words = say("rhythm.on_days", &[("rhythm", &words), ("days", &days)]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rhythm_is_said_in_words() {
        assert_eq!(rhythm("FREQ=DAILY"), "every day");
        assert_eq!(rhythm("FREQ=WEEKLY;BYDAY=MO,TH"), "every week: Mon, Thu");
        assert_eq!(rhythm("FREQ=WEEKLY;INTERVAL=2"), "every 2 weeks");
        assert_eq!(rhythm("FREQ=YEARLY"), "FREQ=YEARLY");
    }
}
