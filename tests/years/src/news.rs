//! What is written on both sides before a meeting, here and with the peers.

/// Notes that each side writes.
pub const NEWS: usize = 50;

/// The words of one of them.
pub fn news(round: usize, number: usize) -> String {
    format!("round {round}: soup is on the stove, come when you can, number {number}")
}
