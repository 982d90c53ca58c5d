//! Recovery cards, as they read today.

use kinweave_core::app::{CardView, Record};

use super::Names;
use crate::words::say;

/// Everybody's, and one's own as the others see it.
pub fn cards(cards: &[CardView], mine: Option<&CardView>) -> String {
    let mut blocks: Vec<String> = cards.iter().map(|card| block(&card.name, card)).collect();
    blocks.push(match mine {
        Some(card) => block(&say("card.mine", &[]), card),
        None => say("card.mine_none", &[]),
    });
    blocks.join("\n\n")
}

/// One person's, or that there is none here.
pub fn card(card: Option<&CardView>, name: &str) -> String {
    card.map_or_else(|| say("card.none_of", &[("name", name)]), |card| block(&card.name, card))
}

/// What was just put there, and for whom.
pub fn published(record: &Record, mine: Option<&CardView>, names: &Names) -> String {
    let who = names.others(&record.audience);
    let heading = if who.is_empty() { say("card.shown_nobody", &[]) } else { say("card.shown", &[("names", &who)]) };
    mine.map_or_else(|| heading.clone(), |card| block(&heading, card))
}

fn block(heading: &str, card: &CardView) -> String {
    let lines = card.lines.iter().map(|line| format!("\n  {line}"));
    format!("{heading}{}", lines.collect::<String>())
}
