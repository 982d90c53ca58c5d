//! Who still writes to a socket.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So long a pause or a close waits for last words to be sent. Whoever doesn't read them doesn't get them.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The sockets of a home to which something is still being written, those that were hung up among them.
///
/// The owner waits for no socket, so a meeting is over for it when the last words are on their way to a writer. A process that ended then
/// would take them along, and the other phone would never hear that all was said.
#[derive(Clone, Default)]
pub(super) struct Writers(Arc<Shared>);

#[derive(Default)]
struct Shared {
    writing: Mutex<usize>,
    ended: Condvar,
}

/// One of them, until it is dropped.
pub(super) struct Writing(Writers);

impl Writers {
    /// One more.
    pub fn begin(&self) -> Writing {
        *self.count() += 1;
        Writing(self.clone())
    }

    /// Waits a moment until all have written what they have.
    pub fn finish(&self) {
        self.finish_within(LAST_WORDS);
    }

    /// Whether all have, within this time.
    pub fn finish_within(&self, at_most: Duration) -> bool {
        let waited = self.0.ended.wait_timeout_while(self.count(), at_most, |writing| *writing > 0);
        let (writing, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *writing == 0
    }

    fn count(&self) -> MutexGuard<'_, usize> {
        self.0.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        *self.0.count() -= 1;
        self.0.0.ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::super::system::spawn;
    use super::*;

    #[test]
    fn it_is_finished_when_the_last_has_ended_and_waits_for_none_for_ever() {
        let writers = Writers::default();
        assert!(writers.finish_within(Duration::ZERO));
        let (one, other) = (writers.begin(), writers.begin());
        drop(one);
        assert!(!writers.finish_within(Duration::from_millis(1)));
        let (sender, finished) = mpsc::channel();
        let waits = writers.clone();
        let wait = move || sender.send(waits.finish_within(Duration::from_secs(60))).unwrap();
        let _waiting = spawn("waits", wait).unwrap();
        drop(other);
        assert!(finished.recv().unwrap());
    }
}
