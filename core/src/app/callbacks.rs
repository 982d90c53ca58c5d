//! The one thread from which code of the app's own is called: key store, observers, discovery, transports, log.
//!
//! The owner thread never runs or waits for such code, and no lock is held while it runs: it may be slow, throw, or call
//! back. What it throws ends the call that it was made for, and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, ThreadId};
use std::time::Duration;

use super::error::Error;
use super::system::spawn;

/// So long closing waits for the app's code to be told of it, such as a discovery that says goodbye on the network.
const FAREWELL: Duration = Duration::from_secs(1);

/// Something to run; nothing is the end.
type Job = Option<Box<dyn FnOnce() + Send>>;

/// The way to that thread.
#[derive(Clone)]
pub(super) struct Callbacks {
    jobs: Sender<Job>,
    thread: ThreadId,
}

impl Callbacks {
    pub fn start() -> Result<Self, Error> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let work = move || {
            while let Ok(Some(job)) = waiting.recv() {
                let _ = catch_unwind(AssertUnwindSafe(job));
            }
        };
        let thread = spawn("kinweave-callbacks", work).map_err(|_| Error::internal("a thread"))?;
        Ok(Self { jobs, thread: thread.thread().id() })
    }

    /// No thread: what is posted is dropped, and what is run is run at once.
    #[cfg(feature = "by_hand")]
    pub fn none() -> Self {
        Self { jobs: mpsc::channel().0, thread: thread::current().id() }
    }

    /// Runs it there, in its turn.
    pub fn post(&self, job: impl FnOnce() + Send + 'static) {
        let _ = self.jobs.send(Some(Box::new(job)));
    }

    /// Runs it there and waits for what it answers. On that very thread, at once: a callback may call the core.
    pub fn run<T: Send + 'static>(&self, job: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let job = move || catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|_| Err(Error::callback("panic")));
        if self.is_here() {
            return job();
        }
        let (sender, answer) = mpsc::sync_channel(1);
        self.post(move || drop(sender.send(job())));
        answer.recv().map_err(|_| Error::Closed)?
    }

    /// Waits a moment until what was posted so far has run.
    pub fn settle(&self) {
        if !self.is_here() {
            let (sender, settled) = mpsc::sync_channel(1);
            self.post(move || {
                let _ = sender.send(());
            });
            let _ = settled.recv_timeout(FAREWELL);
        }
    }

    /// Ends it once all that was posted so far has run, and waits a moment for that. Nothing runs there after it.
    pub fn end(&self) {
        self.settle();
        let _ = self.jobs.send(None);
    }

    fn is_here(&self) -> bool {
        thread::current().id() == self.thread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callback_may_call_and_one_that_panics_ends_nothing() {
        let callbacks = Callbacks::start().unwrap();
        let inner = callbacks.clone();
        assert_eq!(callbacks.run(move || inner.run(|| Ok(7))), Ok(7));
        assert!(matches!(callbacks.run::<()>(|| panic!("an app's mistake")), Err(Error::CallbackFailed { .. })));
        callbacks.post(|| panic!("another"));
        assert_eq!(callbacks.run(|| Ok(8)), Ok(8));
    }
}
