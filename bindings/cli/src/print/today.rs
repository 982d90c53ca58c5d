//! The first screen of a day.

use super::Names;
use super::record::{line, rows};
use crate::commands::Today;
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, say};

pub fn today(today: &Today, names: &Names) -> String {
    let width = screen::current().width;
    let mut blocks = vec![say("today.hello", &[("date", &date_words(today.date))])];
    let mut block = |key: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            blocks.push(format!("{}\n{}", say(key, &[]), lines.join("\n")));
        }
    };
    let mut prompts = Vec::new();
    for milestone in &today.prompts {
        prompts.extend(milestone.prompt.as_ref().map(|prompt| format!("  {prompt}")));
        prompts.push(format!("    {}", say("milestones.share", &[("title", &milestone.title)])));
    }
    block("today.prompts", prompts);
    let mut coming = Table::new();
    for view in &today.coming {
        coming.row([view.celebration.id.short(), line(&view.celebration, names)]);
    }
    block("today.coming", coming.lines(0, width));
    block("today.recent", rows(&today.recent, names));
    if blocks.len() == 1 {
        blocks.push(say("today.nothing", &[]));
    }
    blocks.join("\n\n")
}
