//! Panics of the core's threads. The core catches them, so that one bad peer ends one connection; a test must not.

use std::panic;
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

/// Fails the test that holds it, when it ends, if a thread of the core has panicked in the meantime.
#[must_use = "it looks when it is dropped"]
pub struct NoPanics;

impl NoPanics {
    /// Watches from now on. Tests of one binary share the watch: a panic fails whichever of them ends next.
    pub fn watch() -> Self {
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                if thread::current().name().is_some_and(|name| name.starts_with("kinweave")) {
                    SEEN.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
                }
                before(info);
            }));
        });
        Self
    }
}

impl Drop for NoPanics {
    fn drop(&mut self) {
        let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if !thread::panicking() {
            assert!(seen.is_empty(), "the core panicked: {seen:?}");
        }
    }
}
