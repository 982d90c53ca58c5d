//! Records: one whole, and many a line each.

use kinweave_core::app::{CopyView, Page, Record};
use kinweave_core::model::Body;
use serde_json::Value;

use super::Names;
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, find, say};

/// So much of a record's words stands in a list; `show` has them all.
const EXCERPT_LETTERS: usize = 120;
/// What a record says first, by the names of its fields.
const SAYING: [&str; 14] = [
    "text",
    "title",
    "idea",
    "note",
    "words",
    "band",
    "event",
    "answer",
    "emoji",
    "place",
    "milestone",
    "nickname",
    "display_name",
    "name",
];

/// A whole record, field by field.
pub fn record(record: &Record, names: &Names) -> String {
    let short = record.id.short();
    let mut lines = vec![format!("{short}  {}", heading(record, names))];
    let mut table = Table::new();
    for (field, value) in record.body.to_fields() {
        let said = match record.conflicts.iter().find(|conflict| conflict.field == field) {
            None if names.is_link(&value) || is_empty(&value) => continue,
            None => names.value(&field, &value),
            Some(conflict) => names.candidates(&field, &conflict.candidates),
        };
        table.row([field_words(&field), said]);
    }
    lines.extend(table.lines(2, screen::current().width));
    for conflict in &record.conflicts {
        lines.push(format!("  {}", say("record.settle", &[("id", &short), ("field", &conflict.field)])));
    }
    lines.join("\n")
}

fn heading(record: &Record, names: &Names) -> String {
    let mut parts = vec![
        kind_words(&record.kind),
        say("record.by", &[("name", &names.of(&record.author))]),
        say("record.with", &[("names", &names.with(&record.audience))]),
    ];
    parts.extend(record.date.map(date_words));
    parts.join(" · ")
}

/// Many, a line each.
pub fn page(page: &Page, names: &Names) -> String {
    if page.records.is_empty() {
        return say("record.nothing", &[]);
    }
    let mut lines = rows(&page.records, names);
    lines.extend(page.next.as_ref().map(|next| format!("\n{}", say("record.more", &[("next", next)]))));
    lines.join("\n")
}

/// What has just come in, a line each.
pub fn arrivals(records: &[Record], names: &Names) -> String {
    rows(records, names).join("\n")
}

pub fn rows(records: &[Record], names: &Names) -> Vec<String> {
    let mut table = Table::new();
    for record in records {
        table.row([record.id.short(), names.of(&record.author), line(record, names)]);
    }
    table.lines(0, screen::current().width)
}

/// A record in one line: what it is, and the first of what it says.
pub fn line(record: &Record, names: &Names) -> String {
    let mut parts = vec![kind_words(&record.kind)];
    parts.extend(saying(&record.body, names));
    parts.extend(record.date.map(date_words));
    if !record.conflicts.is_empty() {
        parts.push(say("record.disagree", &[]));
    }
    parts.join(" · ")
}

/// The first of what a body says.
pub fn saying(body: &Body, names: &Names) -> Option<String> {
    let fields = body.to_fields();
    let field = SAYING.iter().find(|field| fields.get(**field).is_some_and(Value::is_string))?;
    let said = names.value(field, fields.get(*field)?).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(excerpt(&said))
}

fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT_LETTERS {
        return text.to_owned();
    }
    text.chars().take(EXCERPT_LETTERS).chain(['…']).collect()
}

/// The entries of the journal, with their words whole: they are there to be read.
pub fn journal(page: &Page) -> String {
    if page.records.is_empty() {
        return say("journal.nothing", &[]);
    }
    let entry = |record: &Record| {
        let Body::Journal(entry) = &record.body else { return String::new() };
        let prompt = entry.prompt.as_ref().map(|prompt| format!("  {prompt}\n")).unwrap_or_default();
        let text: Vec<_> = entry.text.lines().map(|line| format!("  {line}")).collect();
        format!("{}  {}\n{prompt}{}", record.id.short(), date_words(entry.on), text.join("\n"))
    };
    page.records.iter().map(entry).collect::<Vec<_>>().join("\n\n")
}

/// Who has a copy, since when, and which of them say what the record said once.
pub fn copies(copies: &[CopyView], id: &str, names: &Names) -> String {
    if copies.is_empty() {
        return say("copies.none", &[]);
    }
    let mut table = Table::new();
    for copy in copies {
        let since = say("copies.since", &[("date", &date_words(copy.since))]);
        let state = say(if copy.is_outdated { "copies.outdated" } else { "copies.as_here" }, &[]);
        table.row([copy.id.short(), names.others(&copy.audience), format!("{since} · {state}")]);
    }
    let mut lines = table.lines(0, screen::current().width);
    if copies.iter().any(|copy| copy.is_outdated) {
        lines.push(format!("  {}", say("copies.update", &[("id", id)])));
    }
    lines.join("\n")
}

pub fn kind_words(kind: &str) -> String {
    find(&format!("kind.{kind}"), &[]).unwrap_or_else(|| kind.replace('_', " "))
}

pub fn field_words(field: &str) -> String {
    find(&format!("field.{field}"), &[]).unwrap_or_else(|| field.replace('_', " "))
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}
