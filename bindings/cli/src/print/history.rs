//! How a record came to say what it says: who did what, and below it field by field.

use kinweave_core::app::{Deed, Device, FieldChange, HistoryStep};
use kinweave_core::model::Zone;
use serde_json::Value;

use super::Names;
use super::record::field_words;
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, say};

pub fn history(steps: &[HistoryStep], devices: &[Device], zone: Zone, names: &Names) -> String {
    if steps.is_empty() {
        return say("history.nothing", &[]);
    }
    let told: Vec<String> = steps.iter().map(|step| told(step, devices, zone, names)).collect();
    told.join("\n")
}

fn told(step: &HistoryStep, devices: &[Device], zone: Zone, names: &Names) -> String {
    let deed = match step.deed {
        Deed::Made => "history.made",
        Deed::Rewrote => "history.rewrote",
        Deed::Edited => "history.edited",
        Deed::Settled => "history.settled",
    };
    let mut heading = vec![say(deed, &[("name", &names.of(&step.member))])];
    let nickname = devices.iter().find(|device| device.device == step.device).and_then(|it| it.nickname.as_ref());
    heading.extend(nickname.map(|nickname| say("history.device", &[("device", nickname)])));
    let moment_ms = step.at.and_then(|minutes| minutes.checked_mul(60_000));
    heading.extend(moment_ms.map(|ms| date_words(zone.local(ms).date())));
    heading.extend(step.is_apart.then(|| say("history.apart", &[])));
    let mut table = Table::new();
    for change in
        step.changes.iter().filter(|change| !change.from.iter().chain([&change.to]).any(|it| names.is_link(it)))
    {
        table.row([field_words(&change.field), became(change, names)]);
    }
    let mut lines = vec![heading.join(" · ")];
    lines.extend(table.lines(2, screen::current().width));
    lines.join("\n")
}

fn became(change: &FieldChange, names: &Names) -> String {
    let field = &change.field;
    let from =
        change.from.iter().map(|value| names.value(field, value)).collect::<Vec<_>>().join(&say("value.or", &[]));
    let to = names.value(field, &change.to);
    match (&change.to, &change.from[..]) {
        (Value::Null, _) => say("history.cleared", &[("from", &from)]),
        (_, []) => to,
        _ => say("history.from_to", &[("from", &from), ("to", &to)]),
    }
}
