//! Promises: each with its last days and its next, and how they went between two people.

use kinweave_core::app::{KeptView, PromiseView};
use kinweave_core::model::{Body, Date};
use kinweave_core::views::{KeptBand, KeptCounts, PromiseSlot, SlotOutcome};

use super::Names;
use super::names::rhythm;
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, domain, say};

/// So many days that lie behind, and so many ahead, are shown of each.
const BEHIND: usize = 3;
const AHEAD: usize = 2;

/// What is promised.
pub fn title(view: &PromiseView) -> String {
    match &view.commitment.body {
        Body::Commitment(promise) => promise.title.clone(),
        _ => String::new(),
    }
}

pub fn promises(promises: &[PromiseView], kept: &[KeptView], today: Date, names: &Names) -> String {
    if promises.is_empty() {
        return say("promise.nothing", &[]);
    }
    let mut blocks: Vec<String> = promises.iter().map(|view| promise(view, today, names)).collect();
    let between: Vec<String> = kept.iter().flat_map(|view| between(view, names)).collect();
    if !between.is_empty() {
        blocks.push(format!("{}\n{}", say("promise.lately", &[]), between.join("\n")));
    }
    blocks.join("\n\n")
}

fn promise(view: &PromiseView, today: Date, names: &Names) -> String {
    let mut heading = vec![title(view), say("record.by", &[("name", &names.of(&view.owner))])];
    if let Body::Commitment(promise) = &view.commitment.body {
        if !promise.to.is_empty() {
            heading.push(say("promise.to", &[("names", &names.all(&promise.to))]));
        }
        heading.extend(promise.recurrence.as_ref().map(|recurrence| rhythm(&recurrence.to_string())));
        heading.extend(
            promise
                .witness
                .filter(|_| view.has_witness)
                .map(|witness| say("promise.witnessed", &[("name", &names.of(&witness))])),
        );
    }
    let mut lines = vec![format!("{}  {}", view.commitment.id.short(), heading.join(" · "))];
    let (behind, ahead): (Vec<&PromiseSlot>, Vec<_>) = view.slots.iter().partition(|slot| slot.due_on <= today);
    let mut table = Table::new();
    let shown = behind.iter().skip(behind.len().saturating_sub(BEHIND)).chain(ahead.iter().take(AHEAD));
    for slot in shown {
        table.row([date_words(slot.due_on), outcome(slot.outcome)]);
    }
    lines.extend(table.lines(2, screen::current().width));
    lines.join("\n")
}

fn outcome(outcome: SlotOutcome) -> String {
    domain(outcome.phrase_key(), &[]).unwrap_or_default()
}

/// How promises went from one to the other: a word if there is one, else what there was; never a share of it.
fn between(view: &KeptView, names: &Names) -> Vec<String> {
    let counted = counts(&view.counts);
    if counted.is_empty() {
        return Vec::new();
    }
    let word = view.band.and_then(|band| {
        domain(
            match band {
                KeptBand::Most => "promise.band.most",
                KeptBand::MoreThanNot => "promise.band.more_than_not",
            },
            &[],
        )
    });
    let said = word.map_or_else(|| counted.join(", "), |word| format!("{word} ({})", counted.join(", ")));
    let (from, to) = (names.of(&view.from), names.of(&view.to));
    let days = view.window_days.to_string();
    let args = [("from", from.as_str()), ("to", &to), ("days", &days), ("said", &said)];
    let mut lines = vec![format!("  {}", say("promise.between", &args))];
    lines.extend(
        view.asks_for_smaller.then(|| domain("promise.smaller", &[])).flatten().map(|ask| format!("    {ask}")),
    );
    lines
}

fn counts(counts: &KeptCounts) -> Vec<String> {
    let each = [
        ("kept", counts.kept),
        ("moved", counts.moved),
        ("missed_with_notice", counts.missed_with_notice),
        ("missed", counts.missed),
        ("seen_differently", counts.seen_differently),
        ("not_recorded", counts.not_recorded),
    ];
    let word = |name: &str| domain(&format!("promise.outcome.{name}"), &[]).unwrap_or_default();
    each.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {}", word(name))).collect()
}
