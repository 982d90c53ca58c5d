//! The façade: what an app embeds.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::answers::{
    AudienceDump, CelebrationView, Circle, Device, ListQuery, Meeting, MilestoneView, NewRecord, Page, PeerStatus,
    PendingAdmission, Record, ShareWith,
};
use super::error::{Error, Rule};
use super::me::Keys;
use super::owner::{INPUTS_MAX, Input, Inputs, Owner};
use super::pairings::{Decision, Joining, PairingStep};
use super::system::{System, spawn};
use super::tcp;
use crate::identity::{Invitation, PairingCode};
use crate::model::hash::cut;
use crate::model::kind::check_words;
use crate::model::kinds::RsvpAnswer;
use crate::model::{AudienceId, Body, DeviceKey, EntryHash, RecordId, VersionToken};
use crate::records::Entropy;
use crate::store::Store;
use crate::views::{Days, MilestoneKey};

const STEPS_WAITING_MAX: usize = 8;

/// A home: one family's records on this device.
///
/// Cheap to clone. Every method may be called from any thread, and blocks until it is done. What a method has answered
/// is on the disk and survives a power cut. Calls after [`close`](Self::close) answer [`Error::Closed`].
#[derive(Clone)]
pub struct Kinweave(Arc<Shared>);

struct Shared {
    inputs: Inputs,
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = self.inputs.send(Input::Stop);
    }
}

impl Kinweave {
    /// Opens the home in this directory, or makes one there that only its owner can enter.
    ///
    /// `key` is 32 random bytes from the platform's key store; `system` gives clock, zone and randomness.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process has the home, [`Error::WrongKey`], [`Error::Corrupt`],
    /// [`Error::NewerDatabase`], [`Error::DiskFull`], [`Error::StorageUnavailable`].
    pub fn open(home: &Path, key: &[u8; 32], system: System) -> Result<Self, Error> {
        let owner = Owner::new(Store::open(home, key)?, system)?;
        let (sender, inputs) = mpsc::sync_channel(INPUTS_MAX);
        spawn("kinweave", move || owner.run(&inputs)).map_err(|_| Error::internal("a thread"))?;
        Ok(Self(Arc::new(Shared { inputs: Inputs::new(sender) })))
    }

    /// Lets go of every lock and file handle of the database before an app is suspended. Idempotent.
    pub fn pause(&self) -> Result<(), Error> {
        self.call(|owner| {
            owner.hang_up_all();
            Ok(owner.store.pause()?)
        })
    }

    /// Goes on after [`pause`](Self::pause). Idempotent.
    pub fn resume(&self, key: &[u8; 32]) -> Result<(), Error> {
        let key = *key;
        self.call(move |owner| Ok(owner.store.resume(&key)?))
    }

    /// Ends it; the home is free for other processes. Idempotent.
    pub fn close(&self) -> Result<(), Error> {
        let closed = self.call(|owner| {
            owner.shut();
            owner.stopped = true;
            Ok(())
        });
        if closed == Err(Error::Closed) { Ok(()) } else { closed }
    }

    /// Founds a circle, with this phone's owner as its first member.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the home already holds a circle, [`Error::InvalidInput`] for names that are empty or
    /// longer than 40 characters.
    pub fn create_circle(&self, circle_name: &str, display_name: &str) -> Result<Circle, Error> {
        let (circle_name, display_name) = (circle_name.to_owned(), display_name.to_owned());
        self.call(move |owner| owner.create_circle(&circle_name, &display_name))
    }

    /// The circle and who is in it, as far as has come to this phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`] before one was created or joined.
    pub fn circle(&self) -> Result<Circle, Error> {
        self.call(|owner| owner.circle())
    }

    /// Admissions that wait for somebody: the guardian of a young member, or whoever asked to be asked.
    pub fn pending(&self) -> Result<Vec<PendingAdmission>, Error> {
        self.call(|owner| owner.pending())
    }

    /// Approves an admission that waits for the owner of this phone.
    ///
    /// # Errors
    /// [`Error::NotFound`] if none does by that name.
    pub fn approve(&self, admit: EntryHash) -> Result<(), Error> {
        self.call(move |owner| owner.approve(admit))
    }

    /// Asks to be asked before anyone is let in, or no longer. It says nothing about anybody's recovery.
    pub fn ask_me(&self, on: bool) -> Result<(), Error> {
        self.call(move |owner| owner.ask_me(on))
    }

    /// Every active device in the circle.
    pub fn devices(&self) -> Result<Vec<Device>, Error> {
        self.call(|owner| owner.devices())
    }

    /// Makes a record.
    ///
    /// # Errors
    /// [`Error::InvalidInput`], [`Error::NotAllowed`] with the rule, [`Error::NotFound`] for a parent that isn't here.
    pub fn add(&self, record: NewRecord) -> Result<Record, Error> {
        self.call(move |owner| owner.add(&record))
    }

    /// Edits a record, from the version that the screen showed: what was not touched stays as others have left it.
    ///
    /// # Errors
    /// [`Error::Gone`] or [`Error::Moved`] if the record isn't here any more; [`Error::NotAllowed`] unless this member
    /// may change it; [`Error::InvalidInput`].
    pub fn edit(&self, id: RecordId, version: &VersionToken, body: Body) -> Result<Record, Error> {
        let version = version.clone();
        self.call(move |owner| owner.edit(&id, &version, &body))
    }

    /// Settles a field in conflict on a value, which may be one of the candidates or another.
    pub fn resolve(&self, id: RecordId, field: &str, value: &serde_json::Value) -> Result<Record, Error> {
        let (field, value) = (field.to_owned(), value.clone());
        self.call(move |owner| owner.resolve(&id, &field, &value))
    }

    /// Takes a record away for good, with all that belongs to it. Other phones do the same when they hear of it; one
    /// that is far away still shows it until then.
    pub fn erase(&self, id: RecordId) -> Result<(), Error> {
        self.call(move |owner| owner.erase(&id))
    }

    /// Copies one's own record to others. The copy knows nothing of its source.
    pub fn share(&self, id: RecordId, with: ShareWith) -> Result<Record, Error> {
        self.call(move |owner| owner.share(&id, &with))
    }

    /// One record, if its owner may see it today.
    pub fn get(&self, id: RecordId) -> Result<Record, Error> {
        self.call(move |owner| owner.get(&id))
    }

    /// One page of records.
    pub fn list(&self, query: &ListQuery) -> Result<Page, Error> {
        let query = query.clone();
        self.call(move |owner| owner.list(&query))
    }

    /// The days of one's own timeline; none without one.
    pub fn days(&self) -> Result<Option<Days>, Error> {
        self.call(|owner| owner.days())
    }

    /// One's own milestones, the oldest first. At most a few carry a question; none is ever announced by itself.
    pub fn milestones(&self) -> Result<Vec<MilestoneView>, Error> {
        self.call(|owner| owner.milestones())
    }

    /// Notes a milestone for oneself. [`share`](Self::share) then copies it to others.
    pub fn keep_milestone(&self, key: &MilestoneKey) -> Result<Record, Error> {
        let key = *key;
        self.call(move |owner| owner.keep_milestone(&key))
    }

    /// Every celebration, the oldest first, with its state and everyone's answer.
    pub fn celebrations(&self) -> Result<Vec<CelebrationView>, Error> {
        self.call(|owner| owner.celebrations())
    }

    /// Whether a celebration of this milestone was held; once it was, for ever.
    pub fn is_celebrated(&self, milestone: RecordId) -> Result<bool, Error> {
        self.call(move |owner| owner.is_celebrated(&milestone))
    }

    /// Answers an invitation, or changes the answer.
    pub fn answer(&self, celebration: RecordId, answer: RsvpAnswer, note: Option<String>) -> Result<Record, Error> {
        self.call(move |owner| owner.answer(&celebration, answer, note))
    }

    /// What is truly known of the other phones: only what they said themselves, authenticated, and when.
    pub fn status(&self) -> Result<Vec<PeerStatus>, Error> {
        self.call(|owner| owner.status())
    }

    /// Lets paired phones, and whoever has an open code, connect. Port 0 takes a free one; the address is answered.
    pub fn listen(&self, address: SocketAddr) -> Result<SocketAddr, Error> {
        let inputs = self.0.inputs.clone();
        self.call(move |owner| {
            owner.me()?;
            owner.listen(address, &inputs)
        })
    }

    /// Takes no more connections. Those that stand go on.
    pub fn stop_listening(&self) -> Result<(), Error> {
        self.call(|owner| {
            owner.listeners.clear();
            Ok(())
        })
    }

    /// Meets another phone: both hold the same afterwards of everything they share. Without an address, the one at
    /// which it was last met.
    ///
    /// # Errors
    /// [`Error::PeerUnreachable`], [`Error::NotPaired`], [`Error::PeerMisbehaved`], [`Error::Incompatible`]. What was
    /// committed before an error stays.
    pub fn meet(&self, device: DeviceKey, address: Option<SocketAddr>) -> Result<Meeting, Error> {
        let address = match address {
            Some(address) => address,
            None => self.call(move |owner| owner.last_address(&device))?,
        };
        let stream = tcp::connect(address)?;
        let (waiter, answer) = mpsc::sync_channel(1);
        tcp::attach(stream, &self.0.inputs, |id, pipe| Input::Dialled(id, pipe, device, waiter))?;
        let meeting = answer.recv().map_err(|_| Error::PeerUnreachable)??;
        self.call(move |owner| owner.remember_address(&device, address))?;
        Ok(meeting)
    }

    /// Opens a pairing code for somebody new, or for another device of one's own, and listens for whoever has it.
    pub fn invite(&self, invitation: Invitation, listen_on: SocketAddr) -> Result<Pairing, Error> {
        let (steps, shown) = mpsc::sync_channel(STEPS_WAITING_MAX);
        let inputs = self.0.inputs.clone();
        let pairing = inputs.next_id();
        let code = self.call(move |owner| {
            owner.check_invitation(invitation)?;
            let address = owner.listen(listen_on, &inputs)?;
            let secret = cut(&owner.entropy.draw("pairing code", &AudienceId::from_bytes([0; 32]), 0));
            let code = PairingCode { addresses: vec![address], secret };
            owner.open_code(pairing, invitation, &code, steps)?;
            Ok(code.to_text())
        })?;
        Ok(Pairing { home: self.clone(), pairing, code: Some(code), shown: Mutex::new(shown) })
    }

    /// Joins a circle with a code that one of its members shows.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if the code was misread, [`Error::NotAllowed`] if this home holds a circle already,
    /// [`Error::PeerUnreachable`].
    pub fn join(&self, code: &str, display_name: &str) -> Result<Pairing, Error> {
        use crate::model::{InvalidInput, InvalidReason};
        check_words("display_name", display_name, 40)?;
        let code = PairingCode::from_text(code).map_err(|_| InvalidInput::new("code", InvalidReason::Malformed))?;
        let keys = self.call(|owner| match &owner.me {
            Some(_) => Err(Error::NotAllowed { rule: Rule::AlreadyInACircle }),
            None => Ok(Keys::generate(&mut owner.entropy)),
        })?;
        let stream = code.addresses.iter().find_map(|address| tcp::connect(*address).ok());
        let stream = stream.ok_or(Error::PeerUnreachable)?;
        let (steps, shown) = mpsc::sync_channel(STEPS_WAITING_MAX);
        let pairing = self.0.inputs.next_id();
        let joining = Joining::new(pairing, keys, code.psk(), display_name.to_owned(), steps);
        tcp::attach(stream, &self.0.inputs, |id, pipe| Input::Joining(id, pipe, Box::new(joining)))?;
        Ok(Pairing { home: self.clone(), pairing, code: None, shown: Mutex::new(shown) })
    }

    /// Calls `observer` after every commit that brought something new, from the owner's thread: it should only note that
    /// it was called, and read later. It may be called once for several commits.
    pub fn on_change(&self, observer: Box<dyn Fn() + Send>) -> Result<(), Error> {
        self.call(move |owner| {
            owner.observers.push(observer);
            Ok(())
        })
    }

    /// Everything held, as text that is equal on phones that hold the same.
    pub fn dump(&self) -> Result<Vec<AudienceDump>, Error> {
        self.call(|owner| owner.dump())
    }

    /// Checks the file, and that the rows are what the entries give. Answers what is wrong; nothing is changed.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.call(|owner| owner.check())
    }

    fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Owner) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, answer) = mpsc::sync_channel(1);
        self.0.inputs.send(Input::Call(Box::new(move |owner| {
            // A transaction that a panic interrupts is rolled back when it is dropped.
            let done = catch_unwind(AssertUnwindSafe(|| work(owner)));
            let _ = sender.send(done.unwrap_or_else(|_| Err(Error::internal("a panic in a call"))));
        })))?;
        answer.recv().map_err(|_| Error::Closed)?
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
    /// The code to show or read aloud; the inviter's only.
    pub fn code(&self) -> Option<String> {
        self.code.clone()
    }

    /// Waits for the next thing to show.
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

    /// The person's word on the four words.
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
