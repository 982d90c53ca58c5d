//! What a home tells developers of its doings.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::callbacks::Callbacks;
use super::error::Error;

/// Lines waiting at once. Whoever reads slower misses some, and the core's memory stays small.
const LINES_WAITING_MAX: usize = 256;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum LogLevel {
    /// The usual course of things.
    Info,
    /// Something that a person may have to do something about.
    Warning,
    /// A mistake of the core's or the app's.
    Error,
}

/// Takes lines for developers. None has a name, a word that somebody wrote, a key or a path. Called from the home's
/// callbacks thread.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait LogSink: Send + Sync {
    /// Takes one line, in English.
    ///
    /// # Errors
    /// Whatever it answers, the line is gone and nothing else happens.
    fn log(&self, level: LogLevel, line: String) -> Result<(), Error>;
}

/// The way to the sink, if there is one.
#[derive(Clone)]
pub(super) struct Log {
    sink: Option<Arc<dyn LogSink>>,
    callbacks: Callbacks,
    waiting: Arc<AtomicUsize>,
}

impl Log {
    pub fn new(sink: Option<Arc<dyn LogSink>>, callbacks: Callbacks) -> Self {
        Self { sink, callbacks, waiting: Arc::default() }
    }

    /// Hands it to the sink, later.
    pub fn say(&self, level: LogLevel, line: String) {
        let Some(sink) = self.sink.clone() else { return };
        let waiting = self.waiting.clone();
        if waiting.fetch_add(1, Ordering::SeqCst) >= LINES_WAITING_MAX {
            waiting.fetch_sub(1, Ordering::SeqCst);
            return;
        }
        self.callbacks.post(move || {
            waiting.fetch_sub(1, Ordering::SeqCst);
            let _ = sink.log(level, line);
        });
    }

    /// Says what became of something that nobody waits for.
    pub fn outcome(&self, what: &str, outcome: &Result<(), Error>) {
        if let Err(error) = outcome {
            self.say(LogLevel::Warning, format!("{what}: {error}"));
        }
    }
}
