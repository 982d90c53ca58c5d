//! Who is told that something is new.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::callbacks::Callbacks;
use super::error::Error;

/// Is told that something is new. Called from the home's callbacks thread, once for all that came since it was called last.
/// It may call the home.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait Observer: Send + Sync {
    /// Something is new: read again what is shown.
    ///
    /// # Errors
    /// Whatever it answers, nothing else happens.
    fn changed(&self) -> Result<(), Error>;
}

impl<F: Fn() + Send + Sync> Observer for F {
    fn changed(&self) -> Result<(), Error> {
        self();
        Ok(())
    }
}

/// The observers of a home.
#[derive(Clone, Default)]
pub(super) struct Observers(Arc<Shared>);

#[derive(Default)]
struct Shared {
    by_id: Mutex<BTreeMap<u64, Arc<dyn Observer>>>,
    /// Whether they are about to be told: what is new until then needs no call of its own.
    is_pending: AtomicBool,
}

impl Shared {
    fn by_id(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<dyn Observer>>> {
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An observer that is told of changes until it is [cancelled](Self::cancel) or its home closes. Dropping this value ends
/// nothing: in languages with a garbage collector nobody knows when that is.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Subscription {
    observers: Observers,
    id: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Subscription {
    /// Ends it. Idempotent. A call that has begun goes on, and there is none after it.
    pub fn cancel(&self) {
        self.observers.0.by_id().remove(&self.id);
    }
}

impl Observers {
    pub fn add(&self, observer: Arc<dyn Observer>) -> Subscription {
        let mut by_id = self.0.by_id();
        let id = by_id.last_key_value().map_or(0, |(last, _)| last + 1);
        by_id.insert(id, observer);
        Subscription { observers: self.clone(), id }
    }

    /// Ends them all.
    pub fn clear(&self) {
        self.0.by_id().clear();
    }

    /// Tells them all from the callbacks thread: once, however often this is called until then.
    pub fn tell(&self, callbacks: &Callbacks) {
        if self.0.by_id().is_empty() || self.0.is_pending.swap(true, Ordering::SeqCst) {
            return;
        }
        let shared = self.0.clone();
        callbacks.post(move || {
            shared.is_pending.store(false, Ordering::SeqCst);
            let ids: Vec<u64> = shared.by_id().keys().copied().collect();
            for id in ids {
                // It may have been cancelled by the one before it.
                let observer = shared.by_id().get(&id).cloned();
                if let Some(observer) = observer {
                    // Its panic is not the next one's affair.
                    let _ = catch_unwind(AssertUnwindSafe(|| observer.changed()));
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn many_changes_are_one_call_and_a_cancelled_observer_hears_none() {
        let (callbacks, observers) = (Callbacks::start().unwrap(), Observers::default());
        let (hold, held) = mpsc::channel::<()>();
        callbacks.post(move || held.recv().unwrap());
        let (said, heard) = mpsc::channel();
        let cancelled = observers.add(Arc::new(|| panic!("it was cancelled")));
        let _panics = observers.add(Arc::new(|| panic!("an app's mistake")));
        let _hears = observers.add(Arc::new(move || said.send(()).unwrap()));
        for _ in 0..10 {
            observers.tell(&callbacks);
        }
        cancelled.cancel();
        hold.send(()).unwrap();
        callbacks.settle();
        assert_eq!(heard.try_iter().count(), 1);
        observers.tell(&callbacks);
        callbacks.settle();
        assert_eq!(heard.try_iter().count(), 1);
    }
}
