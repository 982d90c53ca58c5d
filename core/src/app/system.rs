//! The machine: its clock, its zone, its randomness. The one place of the core that asks for them.
#![allow(clippy::disallowed_methods, reason = "this is the home that the ban on clocks and randomness names")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::log::LogSink;
use crate::model::hash::hash;
use crate::model::{AudienceId, Now, Zone};
use crate::records::Entropy;
use crate::views::{Language, Words};

/// What a home needs of the machine.
#[derive(Clone)]
pub struct System {
    clock: Arc<dyn Clock>,
    seed: Option<[u8; 32]>,
    language: Language,
    /// Another zone than the clock's.
    zone: Option<Zone>,
    log_sink: Option<Arc<dyn LogSink>>,
    #[cfg(feature = "by_hand")]
    timer: Option<Arc<super::by_hand::Timer>>,
}

/// A clock. Apps take [`System::real`]; tests and terminals bring their own.
pub trait Clock: Send + Sync {
    /// What it shows now, in the owner's zone.
    fn now(&self) -> Now;
}

impl System {
    /// The machine's own clock, in the owner's zone, and its own randomness.
    pub fn real(zone: Zone) -> Self {
        Self::new(Arc::new(MachineClock(zone)), None)
    }

    /// Another clock, and the machine's randomness.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self::new(clock, None)
    }

    /// All randomness from one seed, so that a world can be replayed. For tests: whoever knows the seed knows every key.
    pub fn seeded(clock: Arc<dyn Clock>, seed: [u8; 32]) -> Self {
        Self::new(clock, Some(seed))
    }

    fn new(clock: Arc<dyn Clock>, seed: Option<[u8; 32]>) -> Self {
        Self {
            clock,
            seed,
            language: Language::default(),
            zone: None,
            log_sink: None,
            #[cfg(feature = "by_hand")]
            timer: None,
        }
    }

    /// The same, in another zone than the clock's: that in which the owner counts days.
    pub fn in_zone(self, zone: Zone) -> Self {
        Self { zone: Some(zone), ..self }
    }

    /// The same, with a place for lines for developers.
    pub fn logging_to(self, sink: Arc<dyn LogSink>) -> Self {
        Self { log_sink: Some(sink), ..self }
    }

    /// The same, with timeouts that run out when this timer says so.
    #[cfg(feature = "by_hand")]
    pub fn timed_by(self, timer: Arc<super::by_hand::Timer>) -> Self {
        Self { timer: Some(timer), ..self }
    }

    /// A stopwatch that starts now.
    pub(super) fn stopwatch(&self) -> Stopwatch {
        #[cfg(feature = "by_hand")]
        if let Some(timer) = &self.timer {
            return Stopwatch::ByHand(timer.clone(), timer.passed_ms());
        }
        Stopwatch::Machine(Instant::now())
    }

    pub(super) fn log_sink(&self) -> Option<Arc<dyn LogSink>> {
        self.log_sink.clone()
    }

    /// The same, with words for people in this language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The words for people.
    pub(super) fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    pub(super) fn now(&self) -> Now {
        let now = self.clock.now();
        Now { zone: self.zone.unwrap_or(now.zone), ..now }
    }

    pub(super) fn entropy(&self) -> Randomness {
        match self.seed {
            Some(seed) => Randomness::Seeded { seed, drawn: BTreeMap::new() },
            None => Randomness::Machine,
        }
    }
}

/// A clock that stands still until it is set.
pub struct SettableClock(Mutex<Now>);

impl SettableClock {
    /// A clock that shows `now`.
    pub fn new(now: Now) -> Arc<Self> {
        Arc::new(Self(Mutex::new(now)))
    }

    /// Sets it, forward or back.
    pub fn set(&self, now: Now) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for SettableClock {
    fn now(&self) -> Now {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct MachineClock(Zone);

impl Clock for MachineClock {
    fn now(&self) -> Now {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { unix_ms: i64::try_from(since.as_millis()).unwrap_or(i64::MAX), zone: self.0 }
    }
}

/// Randomness, from the machine or from a seed.
pub(super) enum Randomness {
    Machine,
    Seeded {
        seed: [u8; 32],
        /// How often each label was drawn: a second draw must not repeat the first.
        drawn: BTreeMap<(String, AudienceId, u64), u64>,
    },
}

impl Entropy for Randomness {
    fn draw(&mut self, purpose: &str, audience: &AudienceId, number: u64) -> [u8; 32] {
        match self {
            Self::Machine => {
                let mut bytes = [0; 32];
                // Without randomness no key and no salt is worth anything, so there is nothing to go on with; the
                // façade turns this into an error.
                getrandom::fill(&mut bytes).unwrap_or_else(|_| std::panic::panic_any("no randomness"));
                bytes
            }
            Self::Seeded { seed, drawn } => {
                let times = drawn.entry((purpose.to_owned(), *audience, number)).or_insert(0);
                *times += 1;
                let (number, times) = (number.to_be_bytes(), times.to_be_bytes());
                hash("entropy", &[seed, purpose.as_bytes(), audience.as_bytes(), &number, &times])
            }
        }
    }
}

/// A clock for timeouts, which only runs forward.
#[derive(Clone)]
pub(super) enum Stopwatch {
    Machine(Instant),
    #[cfg(feature = "by_hand")]
    ByHand(Arc<super::by_hand::Timer>, u64),
}

impl Stopwatch {
    pub(super) fn elapsed_ms(&self) -> u64 {
        match self {
            Self::Machine(start) => u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            #[cfg(feature = "by_hand")]
            Self::ByHand(timer, start_ms) => timer.passed_ms() - start_ms,
        }
    }
}

/// Starts a thread with a name that shows in a debugger. The owner has one, each pipe two.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work)
}
