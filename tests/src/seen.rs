//! What a phone has to show, so that two tellings of a story can be compared.

use crate::relay::Lengths;

/// Everything that Marta's phone has to show for a step of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The step.
    pub step: &'static str,
    /// Every row of every table of its file, columns of local time included.
    pub tables: Vec<String>,
    /// The sizes of its database and of its log, in bytes.
    pub sizes: [u64; 2],
    /// The lengths of all frames on its line since the last step, of each connection.
    pub frames: Vec<Lengths>,
}

/// Where two tellings differ: a line for each difference with the step it shows in, none if nobody can tell.
pub fn differences(one: &[Seen], other: &[Seen]) -> Vec<String> {
    let mut found = Vec::new();
    for (one, other) in one.iter().zip(other) {
        let step = one.step;
        if one.tables != other.tables {
            let apart = one.tables.iter().zip(&other.tables).find(|(one, other)| one != other);
            found.push(format!("{step}: tables {apart:#?}"));
        }
        if one.sizes != other.sizes {
            found.push(format!("{step}: sizes {:?} {:?}", one.sizes, other.sizes));
        }
        if one.frames != other.frames {
            found.push(format!("{step}: frames {:?} {:?}", one.frames, other.frames));
        }
    }
    if one.len() != other.len() {
        found.push(format!("{} and {} steps", one.len(), other.len()));
    }
    found
}
