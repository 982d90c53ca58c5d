//! Records of any kind: written, changed, settled, removed, read.

use kinweave_core::app::{Clock, ListQuery, NewRecord};
use kinweave_core::model::{Body, Fields};
use serde_json::{Value, json};

use super::{Session, fields};
use crate::answer::{Answer, Failure};
use crate::args::{Add, List};
use crate::print;
use crate::words::say;

impl Session {
    pub(super) fn add(&self, add: Add) -> Result<Answer, Failure> {
        let malformed = || Failure::say(1, "body_form", &[("kind", &add.kind)]);
        let typed: Fields = serde_json::from_str(&add.body).map_err(|_| malformed())?;
        let body = Body::from_fields(&add.kind, typed);
        // A kind that isn't known goes on to the core, which says so.
        if matches!(&body, Body::Unknown { .. }) && body.spec().is_some() {
            return Err(malformed());
        }
        let about = add.about.as_deref().map(|id| self.record_id(id)).transpose()?;
        let with = self.with(add.with.as_deref())?;
        self.write(NewRecord { body, with, about, subject: add.subject, expires_on: self.date_if(add.expires_on) })
    }

    pub(super) fn edit(&self, id: &str, changes: &[String]) -> Result<Answer, Failure> {
        let seen = self.app.get(self.record_id(id)?)?;
        let zone = self.clock.now().zone;
        let mut body = seen.body.clone();
        for change in changes {
            let (field, text) = fields::split(change)?;
            let named = if fields::NAMING.contains(&field) && !text.is_empty() {
                Some(fields::naming(&self.people(text)?))
            } else {
                None
            };
            body = fields::set(&seen.kind, &body.to_fields(), field, named.as_deref().unwrap_or(text), zone.name())?;
        }
        let record = self.app.edit(seen.id, &seen.version, body)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn resolve(&self, id: &str, field: &str, typed: &str) -> Result<Answer, Failure> {
        let seen = self.app.get(self.record_id(id)?)?;
        let none = || Failure::say(1, "no_conflict", &[("field", field)]);
        let conflict = seen.conflicts.iter().find(|conflict| conflict.field == field).ok_or_else(none)?;
        let means = |value: &Value| match value {
            Value::String(text) => text.to_lowercase() == typed.to_lowercase(),
            other => serde_json::from_str::<Value>(typed).is_ok_and(|typed| typed == *other),
        };
        let candidate = conflict.candidates.iter().map(|candidate| &candidate.value).find(|value| means(value));
        // Neither of the two is an answer as well.
        let value = match candidate {
            Some(value) => value.clone(),
            None => {
                let zone = self.clock.now().zone;
                let body = fields::set(&seen.kind, &seen.body.to_fields(), field, typed, zone.name())?;
                body.to_fields().remove(field).unwrap_or_default()
            }
        };
        let record = self.app.resolve(seen.id, field, &value)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn list(&self, list: List) -> Result<Answer, Failure> {
        let query = ListQuery {
            kinds: list.kind.into_iter().collect(),
            audience: None,
            person: list.person.map(|name| self.person(&name)).transpose()?.map(|person| person.member),
            from: self.date_if(list.from),
            to: self.date_if(list.to),
            about: list.about.map(|id| self.record_id(&id)).transpose()?,
            only_conflicts: list.conflicts,
            oldest_first: list.oldest_first,
            after: list.after,
            limit: list.limit,
        };
        let page = self.app.list(&query)?;
        Answer::new(&page, print::page(&page, &self.names()))
    }

    pub(super) fn show(&self, id: &str) -> Result<Answer, Failure> {
        let record = self.app.get(self.record_id(id)?)?;
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn dump(&self) -> Result<Answer, Failure> {
        let dump = self.app.dump()?;
        let mut lines = Vec::new();
        for audience in &dump {
            lines.push(format!("{} {}", audience.audience.tag, audience.audience.id));
            lines.extend(audience.entries.iter().map(|entry| format!("  {entry}")));
            lines.extend(audience.rows.iter().map(|row| format!("  {row}")));
        }
        Answer::new(&dump, lines.join("\n"))
    }

    pub(super) fn check(&self) -> Result<Answer, Failure> {
        let found = self.app.check()?;
        let text = if found.is_empty() { say("check.all_well", &[]) } else { found.join("\n") };
        let answer = Answer::new(&json!({ "differences": found }), text)?;
        if found.is_empty() {
            return Ok(answer);
        }
        Err(Failure { exit: 3, error: json!({ "error": "differences", "exit": 3, "found": found }), text: answer.text })
    }
}
