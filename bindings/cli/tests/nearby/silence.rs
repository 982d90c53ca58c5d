//! A home that is used, and nobody is to be met.

use super::network::Network;
use super::support::{Desk, outcome};

const PLACE: u8 = 3;

/// Nothing that somebody does alone puts a single packet on the network: no name is asked for, no server is told. What
/// would is counted too, or the count would prove nothing.
pub fn by_itself_it_sends_nothing_and_asks_nobody(network: &Network) {
    let desk = Desk::new();
    let run = |line: &str| {
        let mut command = desk.command();
        command.args(shlex::split(line).unwrap());
        outcome(&mut network.at(PLACE, &command))
    };
    let before = network.sent(PLACE);
    for line in [
        "create Reyes --as Marta",
        "timeline set 2026-01-12",
        "check-in --band good --note 'A long walk'",
        "promise make 'Call on Sunday' --every sun",
        "card publish --total --counting 7",
        "naloxone --place 'Hall cupboard'",
        "setback --from yesterday --to today",
        "journal The river",
        "celebrate movie_night",
        "search walk",
        "today",
        "status",
        "storage",
        "--version",
        "demo",
    ] {
        run(line).done();
    }
    assert_eq!(network.sent(PLACE), before, "packets");
    run("nearby").done();
    assert!(network.sent(PLACE) > before, "whoever looks for others can be seen to look");
}
