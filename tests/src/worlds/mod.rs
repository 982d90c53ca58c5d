//! Whole worlds from one seed: phones with the production owner and real files, people who use them, a network that loses, cuts,
//! flips and repeats, a member who lies, clocks that are wrong, and phones that die. What must hold is looked at as they go and at the end.

mod device;
mod liar;
mod must_hold;
mod network;
mod people;
mod rest;
mod world;

use std::sync::Mutex;

use crate::paper::Homes;

pub use device::Device;
pub use world::{Report, Violation, World};

/// Lets so many worlds go by, side by side, and answers what there was in them. The first has this seed itself.
///
/// # Errors
/// The first violation that was noticed.
pub fn many(worlds: usize, seed: u64) -> Result<String, Box<Violation>> {
    let found = Mutex::new((None, [0; 6]));
    Homes::for_each_seed(seed, worlds, |homes, seed| {
        let outcome = World::go_by(homes, seed);
        let mut found = found.lock().expect("nobody panics with it");
        match outcome {
            Ok(Report { records, meetings, harms, deaths, copies, lies, .. }) => {
                let counts = [records, meetings, harms, deaths, copies, lies];
                found.1.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
            Err(violation) => drop(found.0.get_or_insert(violation)),
        }
        found.0.is_none()
    });
    match found.into_inner().expect("nobody panicked with it") {
        (Some(violation), _) => Err(Box::new(violation)),
        (None, [records, meetings, harms, deaths, copies, lies]) => Ok(format!(
            "{worlds} worlds held: {records} records, {meetings} meetings, {harms} disks that failed, {deaths} phones that died, \
             {copies} that went on twice, {lies} lies"
        )),
    }
}
