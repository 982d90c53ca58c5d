//! The one place through which automerge is called where it could panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// automerge panicked. What it was working on must not be used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Panicked;

/// Runs `work` and turns a panic into an error.
///
/// Asserting unwind safety is right only because every caller then throws away what `work` touched. The panic hook is
/// left alone: silencing it here would silence it for the whole process, the app's own panics included.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panicked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_thread_goes_on() {
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(guarded(|| [1][std::hint::black_box(1)]), Err(Panicked));
    }
}
