//! Who is in the circle, and letting somebody in.

use std::net::SocketAddr;
use std::sync::Arc;

use kinweave_core::app::{CircleView, Device, Error, Invitation, PendingAdmission};
use kinweave_core::model::EntryHash;

use crate::kinweave::Kinweave;
use crate::pairing::Pairing;

#[uniffi::export]
impl Kinweave {
    /// Founds a circle, with this phone's owner as its first member.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the home already holds a circle, [`Error::InvalidInput`] for names that are empty or
    /// longer than 40 characters.
    pub async fn create_circle(&self, circle_name: String, display_name: String) -> Result<CircleView, Error> {
        self.run(move |home| home.create_circle(&circle_name, &display_name)).await
    }

    /// The circle and who is in it, as far as has come to this phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`] before one was created or joined.
    pub async fn circle(&self) -> Result<CircleView, Error> {
        self.run(move |home| home.circle()).await
    }

    /// Admissions that wait for somebody: the guardian of a young member, or whoever asked to be asked.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn pending(&self) -> Result<Vec<PendingAdmission>, Error> {
        self.run(move |home| home.pending()).await
    }

    /// Approves an admission that waits for the owner of this phone.
    ///
    /// # Errors
    /// [`Error::NotFound`] if none does by that name.
    pub async fn approve(&self, admit: EntryHash) -> Result<(), Error> {
        self.run(move |home| home.approve(admit)).await
    }

    /// Asks to be asked before anyone is let in, or no longer. It says nothing about anybody's recovery.
    ///
    /// It binds inviters who have heard of it. Others may still let somebody in until they have.
    pub async fn ask_me(&self, on: bool) -> Result<(), Error> {
        self.run(move |home| home.ask_me(on)).await
    }

    /// Every active device in the circle. A `meet` names one of these.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn devices(&self) -> Result<Vec<Device>, Error> {
        self.run(move |home| home.devices()).await
    }

    /// Opens a pairing code for somebody new, or for another device of one's own, and listens for whoever has it.
    ///
    /// The code carries `listen_on` as its only address, so it must be one that the other phone can reach. It works once,
    /// for 10 minutes, through 5 wrong tries; three may be open at a time.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] unless an adult invites, and for a young member without a guardian who is an adult here;
    /// [`Error::PairingRejected`] if too many codes are open; [`Error::PeerUnreachable`] if it can't listen there.
    pub async fn invite(&self, invitation: Invitation, listen_on: SocketAddr) -> Result<Arc<Pairing>, Error> {
        self.run(move |home| Ok(Pairing::new(home.invite(invitation, listen_on)?))).await
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
    pub async fn join(&self, code: String, display_name: String) -> Result<Arc<Pairing>, Error> {
        self.run(move |home| Ok(Pairing::new(home.join(&code, &display_name)?))).await
    }
}
