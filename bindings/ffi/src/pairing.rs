//! A pairing, as the app's two screens see it.

use std::sync::Arc;
use std::time::Duration;

use kinweave_core::app::{self, Error, PairingStep};

use crate::unblock::unblock;

/// A pairing under way, on either side. It goes on until its code dies, whether anybody holds this or not.
#[derive(uniffi::Object)]
pub struct Pairing(Arc<app::Pairing>);

impl Pairing {
    pub(crate) fn new(pairing: app::Pairing) -> Arc<Self> {
        Arc::new(Self(Arc::new(pairing)))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&app::Pairing) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let pairing = self.0.clone();
        unblock(move || work(&pairing)).await
    }
}

#[uniffi::export]
impl Pairing {
    /// The code to show or read aloud; the inviter's only.
    pub fn code(&self) -> Option<String> {
        self.0.code()
    }

    /// Waits for the next thing to show: the words, then for a newcomer who is here, then that it is done, or that
    /// somebody has yet to approve.
    ///
    /// # Errors
    /// [`Error::PairingRejected`] when the pairing has come to nothing, [`Error::Busy`] if nothing happened in time.
    pub async fn next(&self, timeout_ms: u64) -> Result<PairingStep, Error> {
        self.run(move |pairing| pairing.next(Duration::from_millis(timeout_ms))).await
    }

    /// The person's word on the four words. *Different* ends the pairing, on both sides.
    ///
    /// # Errors
    /// [`Error::PairingRejected`]: with `words_differ` after *different*, which is what was asked for; with `out_of_order`
    /// for a second tap, which changes nothing; with `over` if it had ended.
    pub async fn confirm_words(&self, same: bool) -> Result<(), Error> {
        self.run(move |pairing| pairing.confirm_words(same)).await
    }

    /// The newcomer's yes, after having seen who is here.
    pub async fn accept(&self) -> Result<(), Error> {
        self.run(move |pairing| pairing.accept()).await
    }

    /// The newcomer's no.
    pub async fn decline(&self) -> Result<(), Error> {
        self.run(move |pairing| pairing.decline()).await
    }
}
