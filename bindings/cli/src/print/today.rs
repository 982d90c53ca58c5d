//! Today, block by block; a block with nothing in it isn't there.

use kinweave_core::app::{Coming, PromiseView, Prompt, Today};
use kinweave_core::model::Date;
use kinweave_core::views::SlotOutcome;

use super::record::{line, rows};
use super::{Names, promises::title};
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, domain, say};

pub fn today(today: &Today, names: &Names) -> String {
    let mut blocks = vec![say("today.hello", &[("date", &date_words(today.date))])];
    let mut block = |key: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            blocks.push(format!("{}\n{}", say(key, &[]), lines.join("\n")));
        }
    };
    block("today.prompts", today.prompts.iter().flat_map(|prompt| prompted(prompt, names)).collect());
    block("today.due", today.promises_due.iter().flat_map(|due| promise(due, today.date, names)).collect());
    block("today.coming", coming(&today.coming, names));
    let mut news = rows(&today.news.records, names);
    if !news.is_empty() {
        let more = if today.news.has_more { "today.more_news" } else { "today.seen" };
        news.push(format!("  {}", say(more, &[])));
    }
    block("today.news", news);
    let indented = |lines: &[String]| lines.iter().map(|line| format!("  {line}")).collect();
    block("today.check_ins", indented(&today.check_in_lines));
    block("today.days", indented(&today.days_lines));
    if blocks.len() == 1 {
        blocks.push(say("today.nothing", &[]));
    }
    blocks.join("\n\n")
}

/// A question, and what to type for an answer.
fn prompted(prompt: &Prompt, names: &Names) -> Vec<String> {
    let (text, command) = match prompt {
        Prompt::Clock { text, .. } => return vec![format!("  {text}")],
        Prompt::Milestone { milestone } => {
            let command = say("milestones.share", &[("title", &milestone.title)]);
            (milestone.prompt.clone().unwrap_or_default(), command)
        }
        Prompt::Card { text, .. } => (text.clone(), say("today.card_command", &[])),
        Prompt::Witness { promise, text } => (text.clone(), say("today.witness_command", &[("id", &promise.short())])),
        Prompt::Admission { admission } => {
            let id = admission.member.short();
            let text = say("today.admission", &[("name", &names.of(&admission.member))]);
            (text, say("today.admission_command", &[("id", &id)]))
        }
    };
    vec![format!("  {text}"), format!("    {command}")]
}

/// What is due of a promise: by its owner to be told of, by its witness to be confirmed.
fn promise(due: &PromiseView, today: Date, names: &Names) -> Vec<String> {
    let (id, title) = (due.commitment.id.short(), title(due));
    let mut lines = Vec::new();
    for slot in &due.slots {
        let date = date_words(slot.due_on);
        let (text, command) = match slot.outcome {
            SlotOutcome::Unconfirmed => {
                let args = [("name", names.of(&due.owner)), ("title", title.clone()), ("date", date)];
                (say("today.unconfirmed", &args.each_ref().map(|(name, value)| (*name, value.as_str()))), "confirm")
            }
            _ if slot.due_on == today => (domain("promise.due", &[("title", &title)]).unwrap_or_default(), "kept"),
            _ => {
                let args = [("title", title.as_str()), ("date", &date)];
                (domain("promise.due_since", &args).unwrap_or_default(), "kept")
            }
        };
        lines.push(format!("  {text}"));
        lines.push(format!("    kinweave promise {command} {id} --due {}", slot.due_on));
    }
    lines
}

fn coming(coming: &[Coming], names: &Names) -> Vec<String> {
    let mut table = Table::new();
    for coming in coming {
        match coming {
            Coming::Celebration { celebration, .. } => {
                table.row([celebration.celebration.id.short(), line(&celebration.celebration, names)]);
            }
            Coming::Milestones { on, titles } => table.row([date_words(*on), titles.join(", ")]),
            Coming::Pack { kit, place, text, .. } => table.row([kit.short(), format!("{text} ({place})")]),
        }
    }
    table.lines(2, screen::current().width)
}
