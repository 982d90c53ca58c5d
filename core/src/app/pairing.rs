//! A pairing, as the app's two screens see it.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::error::Error;
use super::kinweave::Kinweave;
use super::pairings::{Decision, PairingStep};

/// A pairing under way, on either side. Dropped, it goes on until its code dies.
pub struct Pairing {
    home: Kinweave,
    pairing: u64,
    code: Option<String>,
    shown: Mutex<Receiver<Result<PairingStep, Error>>>,
}

impl Pairing {
    pub(super) fn new(
        home: Kinweave,
        pairing: u64,
        code: Option<String>,
        shown: Receiver<Result<PairingStep, Error>>,
    ) -> Self {
        Self { home, pairing, code, shown: Mutex::new(shown) }
    }

    /// The code to show or read aloud; the inviter's only.
    pub fn code(&self) -> Option<String> {
        self.code.clone()
    }

    /// Waits for the next thing to show: the words, then for a newcomer who is here, then that it is done, or that
    /// somebody has yet to approve.
    ///
    /// # Errors
    /// [`Error::PairingRejected`] when the pairing has come to nothing, [`Error::Busy`] if nothing happened in time.
    pub fn next(&self, timeout: Duration) -> Result<PairingStep, Error> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        match shown.recv_timeout(timeout) {
            Ok(step) => step,
            Err(RecvTimeoutError::Timeout) => Err(Error::Busy),
            Err(RecvTimeoutError::Disconnected) => Err(Error::PairingRejected { reason: "over" }),
        }
    }

    /// The person's word on the four words. *Different* ends the pairing, on both sides.
    ///
    /// # Errors
    /// [`Error::PairingRejected`]: with `words_differ` after *different*, which is what was asked for; with `out_of_order`
    /// for a second tap, which changes nothing; with `over` if it had ended.
    pub fn confirm_words(&self, same: bool) -> Result<(), Error> {
        let pairing = self.pairing;
        self.home.call(move |owner| owner.decide(pairing, Decision::Words(same)))
    }

    /// The newcomer's yes, after having seen who is here.
    pub fn accept(&self) -> Result<(), Error> {
        let pairing = self.pairing;
        self.home.call(move |owner| owner.decide(pairing, Decision::Accept(true)))
    }

    /// The newcomer's no.
    pub fn decline(&self) -> Result<(), Error> {
        let pairing = self.pairing;
        self.home.call(move |owner| owner.decide(pairing, Decision::Accept(false)))
    }
}
