//! What people read: one idea a line, names instead of keys, no number without its meaning.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use kinweave_core::app::{
    AudienceView, CelebrationView, Circle, Device, Here, Meeting, MilestoneState, MilestoneView, Page, PeerStatus,
    Person, Record, TERMS,
};
use kinweave_core::model::{AgeBand, AudienceId, Candidate, MemberId, RecordRef, Role};
use kinweave_core::views::{date_words, phrase};
use serde_json::Value;

/// What people call each other.
pub struct Names {
    names: BTreeMap<String, String>,
    everyone: usize,
}

impl Names {
    pub fn new(circle: Option<&Circle>) -> Self {
        let people = circle.map(|circle| &circle.people[..]).unwrap_or_default();
        let names = people.iter().map(|person| (person.member.to_string(), name(person).to_owned())).collect();
        Self { names, everyone: people.len() }
    }

    /// The member's name, or the first digits of their id where it hasn't come yet.
    pub fn of(&self, member: &MemberId) -> String {
        self.names.get(&member.to_string()).cloned().unwrap_or_else(|| member.short())
    }

    fn with(&self, audience: &AudienceView) -> String {
        let names: Vec<_> = audience.members.iter().map(|member| self.of(member)).collect();
        match (&names[..], audience.tag) {
            (_, "me" | "journal") => "only you".to_owned(),
            (names, _) if names.len() == self.everyone && names.len() > 1 => "everyone".to_owned(),
            (names, _) => list(names),
        }
    }

    /// A value of a field as people read it: members by name, presets in words, dates and hours plainly.
    fn value(&self, value: &Value) -> String {
        match value {
            Value::String(text) => match self.names.get(text) {
                Some(name) => name.clone(),
                None => phrase(&format!("idea.{text}"), &[]).unwrap_or_else(|| moment(text)),
            },
            Value::Array(values) => list(&values.iter().map(|value| self.value(value)).collect::<Vec<_>>()),
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::Null => "taken away".to_owned(),
            other => other.to_string(),
        }
    }

    /// References to other records, and sets of people by their id, are for programs.
    fn is_link(&self, value: &Value) -> bool {
        let link = |text: &str| text.parse::<RecordRef>().is_ok() || text.parse::<AudienceId>().is_ok();
        value.as_str().is_some_and(|text| link(text) && !self.names.contains_key(text))
    }

    fn candidates(&self, candidates: &[Candidate]) -> String {
        let words = candidates.iter().map(|one| format!("{} ({})", self.value(&one.value), self.of(&one.member)));
        words.collect::<Vec<_>>().join("  or  ")
    }
}

fn name(person: &Person) -> &str {
    if person.name.is_empty() { "someone new" } else { &person.name }
}

/// "Dani, Lena and Marta".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A zoned time as a family says it; anything else as it is.
pub fn moment(text: &str) -> String {
    match text.parse::<kinweave_core::model::ZonedTime>() {
        Ok(time) => format!("{} ({})", time.local().format("%a %-d %B %Y, %H:%M"), time.zone().name()),
        Err(_) => text.parse().map_or_else(|_| text.to_owned(), date_words),
    }
}

fn words_of(name: &str) -> String {
    name.replace('_', " ")
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Member => "adult",
        Role::YoungMember(AgeBand::From13To17) => "young member, 13 to 17",
        Role::YoungMember(AgeBand::Under13) => "young member, under 13",
        Role::ProfessionalGuest => "guest, professional",
    }
}

pub fn circle(circle: &Circle) -> String {
    let names = Names::new(Some(circle));
    let mut lines = vec![format!("Circle {}", circle.name)];
    for person in &circle.people {
        let me = if person.is_me { " (you)" } else { "" };
        let guardian = person.guardian.map(|guardian| format!(", guardian {}", names.of(&guardian)));
        lines.push(format!("  {}{me} · {}{}", name(person), role(person.role), guardian.unwrap_or_default()));
    }
    lines.join("\n")
}

pub fn devices(devices: &[Device], names: &Names) -> String {
    let line = |device: &Device| {
        let nickname = device.nickname.as_deref().map(|nickname| format!(" · {nickname}")).unwrap_or_default();
        let this = if device.is_this { " · this one" } else { "" };
        format!("{}  {}{nickname}{this}", device.device.short(), names.of(&device.member))
    };
    devices.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn status(peers: &[PeerStatus], names: &Names, zone: Tz) -> String {
    let mut lines = Vec::new();
    for peer in peers {
        lines.push(format!("{}  {}", peer.device.short(), names.of(&peer.member)));
        let Some(when) = peer.compared_at_ms else {
            lines.extend(phrase("sync.not_seen_yet", &[]).map(|text| format!("  {text}")));
            continue;
        };
        let date = chrono::DateTime::from_timestamp_millis(when).unwrap_or_default().with_timezone(&zone).date_naive();
        let ahead: u64 = peer.audiences.iter().map(|audience| audience.ahead).sum();
        let behind: u64 = peer.audiences.iter().map(|audience| audience.behind).sum();
        let date = date_words(date);
        let counted = |count: u64, what: &str| (count > 0).then(|| format!("  {what}: {count} (going by {date})"));
        lines.extend(counted(ahead, "changes here that it hadn't"));
        lines.extend(counted(behind, "changes there that aren't here"));
        if ahead + behind == 0 {
            lines.extend(phrase("sync.up_to_date", &[("date", &date)]).map(|text| format!("  {text}")));
        }
    }
    if lines.is_empty() { "No other phone yet. Pair one with: kinweave invite".to_owned() } else { lines.join("\n") }
}

pub fn meeting(meeting: &Meeting, names: &Names) -> String {
    let end = if meeting.equal { "both hold the same" } else { "meet again to finish" };
    format!(
        "Met {}'s phone: {} bytes out, {} in, {} ms; {end}.",
        names.of(&meeting.member),
        meeting.bytes_sent,
        meeting.bytes_received,
        meeting.duration_ms
    )
}

pub fn milestones(milestones: &[MilestoneView]) -> String {
    let line = |milestone: &MilestoneView| {
        let state = match milestone.state {
            MilestoneState::Reached => "reached",
            MilestoneState::Prompted => "new",
            MilestoneState::Kept => "noted for yourself",
            MilestoneState::Shared => "shared",
            MilestoneState::Celebrated => "celebrated",
        };
        let mut line = format!("{} · {} · {state}", milestone.title, date_words(milestone.reached_on));
        if let Some(prompt) = &milestone.prompt {
            line.push_str(&format!("\n  {prompt}\n  kinweave share \"{}\"", milestone.title));
        }
        line
    };
    match milestones {
        [] => "Nothing here yet.".to_owned(),
        some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

pub fn record(record: &Record, names: &Names) -> String {
    let short = record.id.short();
    let date = record.date.map(|date| format!(" · {}", date_words(date))).unwrap_or_default();
    let (kind, by, with) = (words_of(&record.kind), names.of(&record.author), names.with(&record.audience));
    let mut lines = vec![format!("{short}  {kind} · by {by} · with {with}{date}")];
    for (field, value) in record.body.to_fields() {
        match record.conflicts.iter().find(|conflict| conflict.field == field) {
            None if names.is_link(&value) => {}
            None => lines.push(format!("  {}: {}", words_of(&field), names.value(&value))),
            Some(conflict) => lines.push(format!("  {}: {}", words_of(&field), names.candidates(&conflict.candidates))),
        }
    }
    for conflict in &record.conflicts {
        lines.push(format!("  to settle it: kinweave resolve {short} {} VALUE", conflict.field));
    }
    lines.join("\n")
}

pub fn page(page: &Page, names: &Names) -> String {
    let mut blocks: Vec<_> = page.records.iter().map(|it| record(it, names)).collect();
    blocks.extend(page.next.as_ref().map(|next| format!("more: --after {next}")));
    if blocks.is_empty() { "Nothing here yet.".to_owned() } else { blocks.join("\n\n") }
}

pub fn celebrations(celebrations: &[CelebrationView], names: &Names) -> String {
    let block = |view: &CelebrationView| {
        let answers = view.answers.iter().map(|answer| {
            let word = serde_json::to_value(answer.answer).unwrap_or_default();
            format!("  {}: {}", names.of(&answer.member), word.as_str().unwrap_or_default())
        });
        let state = std::iter::once(format!("  now: {}", view.state));
        let record = std::iter::once(record(&view.celebration, names));
        record.chain(state).chain(answers).collect::<Vec<_>>().join("\n")
    };
    match celebrations {
        [] => "Nothing here yet.".to_owned(),
        some => some.iter().map(block).collect::<Vec<_>>().join("\n\n"),
    }
}

pub fn code(code: &str) -> String {
    format!("Read this code to the person next to you; it works for ten minutes.\n\n  {code}\n")
}

pub fn words(words: &[String; 4]) -> String {
    format!("Both screens show four words. Compare them aloud.\n\n  {}\n", words.join("  "))
}

pub fn waiting() -> String {
    "All is said here. Somebody who must approve hasn't yet; their phone shows it with `kinweave waiting`.".to_owned()
}

pub fn here(here: &Here) -> String {
    let mut lines = vec![format!("Circle {}. Who is here:", here.circle_name)];
    lines.extend(here.people.iter().map(|person| format!("  {} · {}", person.name, role(person.role))));
    lines.push(format!("\n{}", TERMS.trim_end()));
    lines.join("\n")
}
