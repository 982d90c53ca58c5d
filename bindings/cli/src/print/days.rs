//! One's days, and what they reach.

use kinweave_core::app::{MilestoneState, MilestoneView};
use kinweave_core::views::Days;

use crate::words::{date_words, days_lines, say};

pub fn days(days: &Days) -> String {
    days_lines(days).join("\n")
}

pub fn milestones(milestones: &[MilestoneView]) -> String {
    let line = |milestone: &MilestoneView| {
        let state = match milestone.state {
            MilestoneState::Reached => "milestones.reached",
            MilestoneState::Prompted => "milestones.prompted",
            MilestoneState::Kept => "milestones.kept",
            MilestoneState::Shared => "milestones.shared",
            MilestoneState::Celebrated => "milestones.celebrated",
        };
        let mut line = format!("{} · {} · {}", milestone.title, date_words(milestone.reached_on), say(state, &[]));
        if let Some(prompt) = &milestone.prompt {
            line.push_str(&format!("\n  {prompt}\n  {}", say("milestones.share", &[("title", &milestone.title)])));
        }
        line
    };
    match milestones {
        [] => say("record.nothing", &[]),
        some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}
