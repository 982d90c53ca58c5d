//! The façade: what an app embeds.

use std::any::Any;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use super::answers::{
    AudienceDump, CircleView, Device, ListQuery, Meeting, NewRecord, Page, PeerStatus, PendingAdmission, Record,
};
use super::callbacks::Callbacks;
use super::connection::Stay;
use super::error::Error;
use super::log::LogLevel;
use super::observers::{Observer, Subscription};
use super::owner::Owner;
use super::ports::{INPUTS_MAX, Input, Inputs};
use super::system::{System, spawn};
use super::tcp;
use crate::model::{Body, DeviceKey, EntryHash, RecordId, VersionToken, Zone};
use crate::store::Store;
use crate::views::Language;

/// A home: one family's records on this device.
///
/// Cheap to clone; when the last clone is dropped, the home closes.
///
/// **Threads.** Every method may be called from any thread, and blocks it until the answer is there; one owner thread
/// does the work, one call after the other. So never call from an app's drawing thread, and never from an observer.
///
/// **Crashes.** What a writing method has answered is on the disk and survives a kill or a power cut. A call that was
/// interrupted has happened whole or not at all. Connections, listening ports and pairing codes don't survive; open them
/// again.
///
/// **Errors.** Each names what the app should do. Beside those listed at a method, any may answer [`Error::Closed`] after
/// [`close`](Self::close), [`Error::Paused`] after [`pause`](Self::pause), [`Error::NoCircle`] before a circle was created or
/// joined, the storage errors of [`open`](Self::open), and [`Error::Internal`].
#[derive(Clone)]
pub struct Kinweave(Arc<Shared>);

struct Shared {
    inputs: Inputs,
    callbacks: Callbacks,
    owner: Option<JoinHandle<()>>,
}

impl Drop for Shared {
    /// Waits until the home is closed. A process that ended while its owner thread still worked would pull the
    /// cryptography away from under it, and crash.
    fn drop(&mut self) {
        let _ = self.inputs.send(Input::Stop);
        // An observer may hold the last handle, and is dropped by the owner thread itself, which can't wait for itself.
        let owner = self.owner.take().filter(|owner| owner.thread().id() != thread::current().id());
        if let Some(owner) = owner {
            let _ = owner.join();
            self.inputs.writers.finish();
            self.callbacks.end();
        }
    }
}

impl Kinweave {
    /// Opens the home in this directory, or makes one there that only its owner can enter.
    ///
    /// `key` is 32 random bytes from the platform's key store, the same at every opening; whoever loses it loses the home.
    /// `system` gives clock, zone and randomness. One process may have a home at a time.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process has the home, [`Error::WrongKey`], [`Error::Corrupt`],
    /// [`Error::NewerDatabase`], [`Error::DiskFull`], [`Error::StorageUnavailable`].
    pub fn open(home: &Path, key: &[u8; 32], system: System) -> Result<Self, Error> {
        Self::open_here(home, key, system, Callbacks::start()?)
    }

    pub(super) fn open_here(home: &Path, key: &[u8; 32], system: System, callbacks: Callbacks) -> Result<Self, Error> {
        let owner = Owner::new(Store::open(home, key)?, system, callbacks.clone())?;
        let (sender, inputs) = mpsc::sync_channel(INPUTS_MAX);
        let owner = spawn("kinweave", move || owner.run(&inputs)).map_err(|_| Error::internal("a thread"))?;
        Ok(Self(Arc::new(Shared { inputs: Inputs::new(sender), callbacks, owner: Some(owner) })))
    }

    #[cfg(feature = "by_hand")]
    pub(super) fn with_inputs(inputs: Inputs) -> Self {
        Self(Arc::new(Shared { inputs, callbacks: Callbacks::none(), owner: None }))
    }

    /// Lets go of every lock and file handle before an app is suspended. Idempotent.
    ///
    /// Sessions end and listening stops. When it returns, nothing of the home is held, and another process may open it.
    pub fn pause(&self) -> Result<(), Error> {
        self.call(|owner| {
            owner.nearby = None;
            owner.hang_up_all();
            owner.listeners.clear();
            Ok(owner.store.pause()?)
        })?;
        self.0.inputs.writers.finish();
        self.0.callbacks.settle();
        Ok(())
    }

    /// Goes on after [`pause`](Self::pause), with the key of the home. Idempotent. Listen again afterwards.
    ///
    /// # Errors
    /// Those of [`open`](Self::open): [`Error::Busy`] if another process has taken the home meanwhile.
    pub fn resume(&self, key: &[u8; 32]) -> Result<(), Error> {
        let key = *key;
        self.call(move |owner| owner.resume(&key))
    }

    /// Ends it; the home is free for other processes. Idempotent.
    pub fn close(&self) -> Result<(), Error> {
        let closed = self.call(|owner| {
            owner.shut();
            owner.stopped = true;
            Ok(())
        });
        self.0.inputs.writers.finish();
        self.0.callbacks.end();
        if closed == Err(Error::Closed) { Ok(()) } else { closed }
    }

    /// Founds a circle, with this phone's owner as its first member.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the home already holds a circle, [`Error::InvalidInput`] for names that are empty or
    /// longer than 40 characters.
    pub fn create_circle(&self, circle_name: &str, display_name: &str) -> Result<CircleView, Error> {
        let (circle_name, display_name) = (circle_name.to_owned(), display_name.to_owned());
        self.call(move |owner| owner.create_circle(&circle_name, &display_name))
    }

    /// The circle and who is in it, as far as has come to this phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`] before one was created or joined.
    pub fn circle(&self) -> Result<CircleView, Error> {
        self.call(|owner| owner.circle())
    }

    /// Admissions that wait for somebody: the guardian of a young member, or whoever asked to be asked.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
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
    ///
    /// It binds inviters who have heard of it. Others may still let somebody in until they have.
    pub fn ask_me(&self, on: bool) -> Result<(), Error> {
        self.call(move |owner| owner.ask_me(on))
    }

    /// Every active device in the circle. A `meet` names one of these.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn devices(&self) -> Result<Vec<Device>, Error> {
        self.call(|owner| owner.devices())
    }

    /// Makes a record, shared as its kind usually is unless [`NewRecord::with`] says otherwise.
    ///
    /// *Everyone* and *circle* turn into a fixed set of people here, for good: who joins later doesn't get it. Connected
    /// phones hear of it within two seconds; others when they are met.
    ///
    /// # Errors
    /// [`Error::InvalidInput`], [`Error::NotAllowed`] with the rule, [`Error::NotFound`] for a parent that isn't here.
    pub fn add(&self, record: NewRecord) -> Result<Record, Error> {
        self.call(move |owner| owner.add(&record))
    }

    /// Edits a record, from the version that the screen showed: what was not touched stays as others have left it.
    ///
    /// `body` is the whole body as it should read; only fields that differ from what was shown are written. Two people who
    /// changed one field apart get a conflict to settle, never a silent loss. Without a difference nothing is written.
    ///
    /// # Errors
    /// [`Error::Gone`] or [`Error::Moved`] if the record isn't here any more; [`Error::NotAllowed`] unless this member
    /// may change it; [`Error::InvalidInput`].
    pub fn edit(&self, id: RecordId, version: &VersionToken, body: Body) -> Result<Record, Error> {
        let version = version.clone();
        self.call(move |owner| owner.edit(&id, &version, &body))
    }

    /// Settles a field in conflict on a value, which may be one of the candidates or another.
    ///
    /// Two people who settle it differently at the same time see a new conflict.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`] unless this member may change the record, [`Error::InvalidInput`] for a
    /// set or a long text, which merge by themselves, and for a value that the field can't hold.
    pub fn resolve(&self, id: RecordId, field: &str, value: &serde_json::Value) -> Result<Record, Error> {
        let (field, value) = (field.to_owned(), value.clone());
        self.call(move |owner| owner.resolve(&id, &field, &value))
    }

    /// Takes a record away, with all that belongs to it. Other phones do the same when they hear of it; one that is far
    /// away still shows it until then, and nobody can take back a copy made by hand.
    ///
    /// This phone alone keeps what it said in the [`trash`](Self::trash) for 7 days. [`forget`](Self::forget) doesn't.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] unless this member wrote it or is its subject.
    pub fn erase(&self, id: RecordId) -> Result<(), Error> {
        self.call(move |owner| owner.remove(&id, true))
    }

    /// One record, if the owner of this phone may see it today.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for what isn't open yet and for what has expired.
    pub fn get(&self, id: RecordId) -> Result<Record, Error> {
        self.call(move |owner| owner.get(&id))
    }

    /// One page of records, 50 unless asked otherwise and at most 1,000. Pass [`Page::next`] as [`ListQuery::after`] for more.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for an `after` that no page gave, [`Error::NotFound`] for a parent that isn't here.
    pub fn list(&self, query: &ListQuery) -> Result<Page, Error> {
        let query = query.clone();
        self.call(move |owner| owner.list(&query))
    }

    /// What is truly known of the other phones: only what they said themselves, authenticated, and when.
    pub fn status(&self) -> Result<Vec<PeerStatus>, Error> {
        self.call(|owner| owner.status())
    }

    /// Lets paired phones, and whoever has an open code, connect. Port 0 takes a free one; the address is answered.
    ///
    /// Whoever connects and is neither gets not one byte that names this phone, its owner or the circle. Lasts until
    /// [`stop_listening`](Self::stop_listening), [`pause`](Self::pause) or [`close`](Self::close).
    ///
    /// # Errors
    /// [`Error::NoCircle`]; [`Error::PeerUnreachable`] if the address can't be listened on.
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

    /// Meets another phone: both hold the same afterwards of everything they share. Without an address, where it is
    /// [seen nearby](Self::nearby), or else where it was last met. Blocks until both have said that they have nothing more; within 5 seconds if nobody
    /// answers, and 30 seconds after the last byte at the latest.
    ///
    /// # Errors
    /// [`Error::PeerUnreachable`], [`Error::NotPaired`], [`Error::PeerMisbehaved`], [`Error::Incompatible`]. What was
    /// committed before an error stays.
    pub fn meet(&self, device: DeviceKey, address: Option<SocketAddr>) -> Result<Meeting, Error> {
        self.dial(device, address, Stay::UntilDone)
    }

    /// Meets another phone and stays connected: what either writes from then on reaches the other within seconds. Ends
    /// with [`hang_up`](Self::hang_up), [`pause`](Self::pause), [`close`](Self::close), or when the other phone goes.
    ///
    /// Answers once both hold the same, with the same errors as [`meet`](Self::meet).
    pub fn connect(&self, device: DeviceKey, address: Option<SocketAddr>) -> Result<Meeting, Error> {
        self.dial(device, address, Stay::Connected)
    }

    /// Ends every connection. Idempotent.
    pub fn hang_up(&self) -> Result<(), Error> {
        self.call(|owner| {
            owner.hang_up_all();
            Ok(())
        })
    }

    pub(super) fn inputs(&self) -> Inputs {
        self.0.inputs.clone()
    }

    pub(super) fn callbacks(&self) -> &Callbacks {
        &self.0.callbacks
    }

    fn dial(&self, device: DeviceKey, address: Option<SocketAddr>, stay: Stay) -> Result<Meeting, Error> {
        let addresses = match address {
            Some(address) => vec![address],
            None => self.call(move |owner| owner.known_addresses(&device))?,
        };
        let reached = addresses.iter().find_map(|address| Some((*address, tcp::connect(*address).ok()?)));
        let (address, stream) = reached.ok_or(Error::PeerUnreachable)?;
        let (waiter, answer) = mpsc::sync_channel(1);
        tcp::attach(stream, &self.0.inputs, |id, pipe| Input::Dialled(id, pipe, device, stay, waiter))?;
        let meeting = answer.recv().map_err(|_| Error::PeerUnreachable)??;
        self.call(move |owner| owner.remember_address(&device, address))?;
        Ok(meeting)
    }

    /// Tells the observer of whatever may make a read answer something else: commits, a meeting's end, another zone or
    /// language, and a [resumption](Self::resume).
    pub fn on_change(&self, observer: Arc<dyn Observer>) -> Result<Arc<Subscription>, Error> {
        self.call(move |owner| Ok(Arc::new(owner.observers.add(observer))))
    }

    /// The zone in which the owner of this phone counts days from now on: set it when the phone's changes.
    pub fn set_zone(&self, zone: Zone) -> Result<(), Error> {
        self.call(move |owner| {
            owner.system = owner.system.clone().in_zone(zone);
            owner.tell_observers();
            Ok(())
        })
    }

    /// The language of the words that this home answers with: prompts, titles, lines. What people wrote stays as it is.
    pub fn set_language(&self, language: Language) -> Result<(), Error> {
        self.call(move |owner| {
            owner.system = owner.system.clone().in_language(language);
            owner.tell_observers();
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

    pub(super) fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Owner) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let answer = self.ask(Box::new(move |owner| Ok(Box::new(work(owner)?))))?;
        answer.downcast().map(|answer| *answer).map_err(|_| Error::internal("an answer of another type"))
    }

    /// The same for every type of answer: compiled for each, the way there and back is half a megabyte of the library.
    fn ask(&self, work: Box<dyn FnOnce(&mut Owner) -> Answer + Send>) -> Answer {
        let (sender, answer) = mpsc::sync_channel(1);
        self.0.inputs.send(Input::Call(Box::new(move |owner| {
            // A transaction that a panic interrupts is rolled back when it is dropped.
            let done = catch_unwind(AssertUnwindSafe(|| work(owner)));
            let answer = done.unwrap_or_else(|_| Err(Error::internal("a panic in a call")));
            if let Err(Error::Internal { report_id }) = &answer {
                owner.log.say(LogLevel::Error, format!("a mistake of the core's: {report_id}"));
            }
            let _ = sender.send(answer);
        })))?;
        answer.recv().map_err(|_| Error::Closed)?
    }
}

/// What a call answers, whatever its type.
type Answer = Result<Box<dyn Any + Send>, Error>;
