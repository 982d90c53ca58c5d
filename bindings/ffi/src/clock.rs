//! A clock for tests and previews.

use std::sync::Arc;

use kinweave_core::app;
use kinweave_core::model::ZonedTime;

/// A clock that stands still until it is set. A family's month passes in a second with it.
#[derive(uniffi::Object)]
pub struct SettableClock(Arc<app::SettableClock>);

impl SettableClock {
    pub(crate) fn inner(&self) -> Arc<app::SettableClock> {
        self.0.clone()
    }
}

#[uniffi::export]
impl SettableClock {
    /// A clock that shows this time.
    #[uniffi::constructor]
    pub fn new(time: ZonedTime) -> Arc<Self> {
        Arc::new(Self(app::SettableClock::new(time.as_now())))
    }

    /// Sets it, forward or back.
    pub fn set(&self, time: ZonedTime) {
        self.0.set(time.as_now());
    }
}
