//! A pairing, as the app's two screens see it.

use std::net::SocketAddr;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::error::{Error, Rule};
use super::kinweave::Kinweave;
use super::me::Keys;
use super::pairing_problem::PairingProblem;
use super::pairings::{Decision, Joining, PairingStep};
use super::ports::Input;
use super::tcp;
use crate::identity::{Invitation, PairingCode};
use crate::model::hash::cut;
use crate::model::kind::check_words;
use crate::model::{InvalidInput, InvalidReason};
use crate::records::{Entropy, NOWHERE};

const STEPS_WAITING_MAX: usize = 8;

impl Kinweave {
    /// Opens a pairing code for somebody new, or for another device of one's own, and listens for whoever has it.
    ///
    /// The code carries `listen_on` as its only address, so it must be one that the other phone can reach. It works once,
    /// for 10 minutes, through 5 wrong tries; three may be open at a time.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] unless an adult invites, and for a young member without a guardian who is an adult here;
    /// [`Error::PairingRejected`] if too many codes are open; [`Error::PeerUnreachable`] if it can't listen there.
    pub fn invite(&self, invitation: Invitation, listen_on: SocketAddr) -> Result<Pairing, Error> {
        let (steps, shown) = mpsc::sync_channel(STEPS_WAITING_MAX);
        let inputs = self.inputs();
        let pairing = inputs.next_id();
        let code = self.call(move |owner| {
            owner.check_invitation(invitation)?;
            let address = owner.listen(listen_on, &inputs)?;
            let secret = cut(&owner.entropy.draw("pairing code", &NOWHERE, 0));
            let code = PairingCode { addresses: vec![address], secret };
            owner.open_code(pairing, invitation, &code, steps)?;
            Ok(code.to_text())
        })?;
        Ok(Pairing::new(self.clone(), pairing, Some(code), shown))
    }

    /// Joins a circle with a code that one of its members shows. Nothing is written before its owner has accepted and
    /// the inviter has admitted them.
    ///
    /// `display_name` is what a new member calls themselves. Of another device of one's own it becomes the nickname,
    /// which only one's own devices see.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if the code was misread, [`Error::NotAllowed`] if this home holds a circle already,
    /// [`Error::PeerUnreachable`].
    pub fn join(&self, code: &str, display_name: &str) -> Result<Pairing, Error> {
        self.begin_joining(code, display_name, |code, joining| {
            let stream = code.addresses.iter().find_map(|address| tcp::connect(*address).ok());
            let stream = stream.ok_or(Error::PeerUnreachable)?;
            tcp::attach(stream, &self.inputs(), |id, pipe| Input::Joining(id, pipe, Box::new(joining)))
        })
    }

    pub(super) fn begin_joining(
        &self,
        code: &str,
        display_name: &str,
        dial: impl FnOnce(&PairingCode, Joining) -> Result<(), Error>,
    ) -> Result<Pairing, Error> {
        check_words("display_name", display_name, 40)?;
        let code = PairingCode::from_text(code).map_err(|_| InvalidInput::new("code", InvalidReason::Malformed))?;
        let keys = self.call(|owner| match &owner.me {
            Some(_) => Err(Error::NotAllowed { rule: Rule::AlreadyInACircle }),
            None => Ok(Keys::generate(&mut owner.entropy)),
        })?;
        let (steps, shown) = mpsc::sync_channel(STEPS_WAITING_MAX);
        let pairing = self.inputs().next_id();
        dial(&code, Joining::new(pairing, keys, code.psk(), display_name.to_owned(), steps))?;
        Ok(Pairing::new(self.clone(), pairing, None, shown))
    }
}

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
            Err(RecvTimeoutError::Disconnected) => Err(Error::PairingRejected { reason: PairingProblem::Over }),
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
