//! One's days, and what they reach.

use kinweave_core::app::{MilestoneState, MilestoneView};
use kinweave_core::model::Date;
use kinweave_core::views::{Days, DerivedBasis, upcoming};

use super::plot;
use crate::words::{core, date_words, say};

const BAR_COLUMNS: usize = 24;

/// The days in words, and how far it is to what the stretch reaches next.
pub fn days(days: &Days, today: Date) -> String {
    let mut lines = core().days_lines(days);
    lines.extend(on_the_way(days, today));
    lines.join("\n")
}

/// A bar from the first day of the stretch to its next milestone. Nothing is drawn of what lies behind: a picture of a
/// shorter stretch beside a longer one would say that something is missing.
fn on_the_way(days: &Days, today: Date) -> Option<String> {
    let from = days.run_started_on?;
    let next = upcoming(from, &[], today)?;
    let key = next.milestones.iter().find(|key| key.basis != DerivedBasis::DaysTotal)?;
    let whole = u32::try_from((next.due_on - from).num_days()).ok()?;
    let title = say("days.next", &[("title", &core().milestone_title(key))]);
    Some(format!("\n{}  {title}", plot::bar(days.current, whole, BAR_COLUMNS)))
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
