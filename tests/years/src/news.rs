//! What is written on both sides before a meeting, here and with the peers.

use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::Encouragement;

/// Notes that each side writes.
pub const NEWS: usize = 50;

/// A note of these words, that is open at once, as nearly all are.
pub fn note(text: &str) -> Encouragement {
    Encouragement { text: text.to_owned(), to: [].into(), open_on: None, ..Encouragement::example() }
}

/// The words of one of them.
pub fn news(round: usize, number: usize) -> String {
    format!("round {round}: soup is on the stove, come when you can, number {number}")
}
