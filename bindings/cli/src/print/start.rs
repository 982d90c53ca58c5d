//! The first screen of somebody who has no home yet.

use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::layout::Table;
use crate::screen;
use crate::words::say;

/// Three steps, and where to read more.
pub fn first_steps() -> Result<Answer, Failure> {
    let mut table = Table::new();
    for step in ["1", "2", "3"] {
        table.row([step.to_owned(), say(&format!("start.step_{step}"), &[])]);
    }
    let steps = table.lines(2, screen::current().width).join("\n");
    let [welcome, begin, more] = ["welcome", "begin", "more"].map(|key| say(&format!("start.{key}"), &[]));
    Answer::new(&json!({ "home": null }), format!("{welcome}\n\n{begin}\n{steps}\n\n{more}"))
}
