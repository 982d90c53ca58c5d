//! Celebrations, with everyone's answers.

use kinweave_core::app::CelebrationView;

use super::{Names, record};
use crate::words::say;

pub fn celebrations(celebrations: &[CelebrationView], names: &Names) -> String {
    let block = |view: &CelebrationView| {
        let state = say(&format!("word.event.{}", view.state.as_str()), &[]);
        let mut lines =
            vec![record(&view.celebration, names), format!("  {}", say("celebrations.now", &[("state", &state)]))];
        lines.extend(view.answers.iter().map(|answer| {
            let word = serde_json::to_value(answer.answer).unwrap_or_default();
            format!("  {}: {}", names.of(&answer.member), names.value("answer", &word))
        }));
        lines.join("\n")
    };
    match celebrations {
        [] => say("record.nothing", &[]),
        some => some.iter().map(block).collect::<Vec<_>>().join("\n\n"),
    }
}
