//! Time, as a processor and as a person see it.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

/// What something took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    /// User and system time of all threads.
    pub cpu: Duration,
    /// On the wall.
    pub wall: Duration,
}

impl Took {
    /// The CPU time in microseconds.
    pub fn cpu_us(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6
    }
}

/// Does it, and says what it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Took, T) {
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    let value = work();
    (Took { cpu: cpu.elapsed(), wall: wall.elapsed() }, value)
}

/// The median of these.
pub fn median<T: Copy + PartialOrd>(mut of: Vec<T>) -> T {
    of.sort_by(|one, other| one.partial_cmp(other).expect("numbers"));
    of[of.len() / 2]
}
