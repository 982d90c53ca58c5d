//! Connections that the app makes itself, over Bluetooth or a platform's own sockets: bytes in, bytes out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use super::answers::Meeting;
use super::callbacks::Callbacks;
use super::connection::Stay;
use super::error::Error;
use super::kinweave::Kinweave;
use super::pairing::Pairing;
use super::ports::{self, Input, Inputs};
use crate::model::DeviceKey;
use crate::model::limits::{TRANSPORT_CHUNK_BYTES, TRANSPORT_WAITING_BYTES_MAX};

/// A connection of the app's to another phone, as the core writes to it. Called from the home's callbacks thread.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait Transport: Send + Sync {
    /// Takes up to 64 KiB to send, in order. An answer of false takes them too, and asks for no more before
    /// [`TransportEnd::writable`].
    ///
    /// # Errors
    /// The connection is lost then, like after [`TransportEnd::closed`].
    fn write(&self, bytes: Vec<u8>) -> Result<bool, Error>;

    /// Sends what it has, and ends. The last call.
    ///
    /// # Errors
    /// Whatever it answers, the connection is over.
    fn end(&self) -> Result<(), Error>;
}

/// What an app tells the core of its connection. Its calls may come from any thread, those of [`received`](Self::received)
/// in the order of the bytes.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct TransportEnd {
    id: u64,
    inputs: Inputs,
    outgoing: Arc<Outgoing>,
    is_taken: AtomicBool,
}

impl Kinweave {
    /// Gives the core a connection that the app made. Say next what it is for: [`TransportEnd::accept`], or [`meet_over`],
    /// [`connect_over`] or [`join_over`].
    ///
    /// Who is at the other end needs no trust: the core knows phones by their keys, and encrypts what it sends.
    ///
    /// [`meet_over`]: Self::meet_over
    /// [`connect_over`]: Self::connect_over
    /// [`join_over`]: Self::join_over
    pub fn attach(&self, transport: Arc<dyn Transport>) -> TransportEnd {
        let inputs = self.inputs();
        let id = inputs.next_id();
        let callbacks = self.callbacks().clone();
        let outgoing = Outgoing { id, inputs: inputs.clone(), transport, callbacks, state: Mutex::default() };
        TransportEnd { id, inputs, outgoing: Arc::new(outgoing), is_taken: AtomicBool::new(false) }
    }

    /// Like [`meet`](Self::meet), over a connection of the app's. Bytes must flow while it waits.
    ///
    /// # Errors
    /// Those of [`meet`](Self::meet); [`Error::Busy`] for a connection that is in use.
    pub fn meet_over(&self, end: &TransportEnd, device: DeviceKey) -> Result<Meeting, Error> {
        self.dial_over(end, device, Stay::UntilDone)
    }

    /// Like [`connect`](Self::connect), over a connection of the app's. Bytes must flow while it waits.
    ///
    /// # Errors
    /// Those of [`meet_over`](Self::meet_over).
    pub fn connect_over(&self, end: &TransportEnd, device: DeviceKey) -> Result<Meeting, Error> {
        self.dial_over(end, device, Stay::Connected)
    }

    /// Like [`join`](Self::join), over a connection of the app's to the phone that shows the code.
    ///
    /// # Errors
    /// Those of [`join`](Self::join); [`Error::Busy`] for a connection that is in use.
    pub fn join_over(&self, end: &TransportEnd, code: &str, display_name: &str) -> Result<Pairing, Error> {
        self.begin_joining(code, display_name, |_, joining| {
            end.take(|id, port| Input::Joining(id, port, Box::new(joining)))
        })
    }

    fn dial_over(&self, end: &TransportEnd, device: DeviceKey, stay: Stay) -> Result<Meeting, Error> {
        let (waiter, answer) = mpsc::sync_channel(1);
        end.take(|id, port| Input::Dialled(id, port, device, stay, waiter))?;
        answer.recv().map_err(|_| Error::PeerUnreachable)?
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl TransportEnd {
    /// The other phone made this connection: it may be paired, have an open code, or be a stranger, as with
    /// [`listen`](Kinweave::listen).
    ///
    /// # Errors
    /// [`Error::Busy`] for a connection that is in use, [`Error::Closed`].
    pub fn accept(&self) -> Result<(), Error> {
        self.take(Input::Accepted)
    }

    /// Bytes came. Waits while the core has more than enough to do, so that a phone that sends too fast is slowed down.
    pub fn received(&self, bytes: Vec<u8>) {
        for chunk in bytes.chunks(TRANSPORT_CHUNK_BYTES) {
            let _ = self.inputs.send(Input::Bytes(self.id, chunk.to_vec()));
        }
    }

    /// There is room for bytes again.
    pub fn writable(&self) {
        self.outgoing.state().is_full = false;
        self.outgoing.pump();
    }

    /// The connection is gone.
    pub fn closed(&self) {
        let _ = self.inputs.send(Input::HungUp(self.id));
    }
}

impl TransportEnd {
    fn take(&self, input: impl FnOnce(u64, Box<dyn ports::Pipe>) -> Input) -> Result<(), Error> {
        if self.is_taken.swap(true, Ordering::SeqCst) {
            return Err(Error::Busy);
        }
        self.inputs.send(input(self.id, Box::new(Port(self.outgoing.clone()))))
    }
}

/// The owner's end. Dropped, it sends what was written and closes.
struct Port(Arc<Outgoing>);

impl ports::Pipe for Port {
    fn write(&mut self, bytes: Vec<u8>) {
        let mut state = self.0.state();
        state.waiting_bytes += bytes.len();
        if state.waiting_bytes > TRANSPORT_WAITING_BYTES_MAX {
            // Whoever takes nothing for so long is gone; the end comes as for any connection that breaks.
            state.is_lost = true;
        }
        if !state.is_lost {
            state.waiting.extend(bytes.chunks(TRANSPORT_CHUNK_BYTES).map(<[u8]>::to_vec));
        }
        drop(state);
        self.0.pump();
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.0.state().is_ending = true;
        self.0.pump();
    }
}

/// Bytes on their way to the app.
struct Outgoing {
    id: u64,
    inputs: Inputs,
    transport: Arc<dyn Transport>,
    callbacks: Callbacks,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Vec<u8>>,
    waiting_bytes: usize,
    /// The app asked for no more for now.
    is_full: bool,
    /// The owner hung up.
    is_ending: bool,
    /// The app's end broke.
    is_lost: bool,
    /// Closing was asked for; nothing comes after it.
    is_over: bool,
}

/// What to call next.
enum Next {
    Write(Vec<u8>),
    End,
    Nothing,
}

impl Outgoing {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the app called for what there is, in its turn among all callbacks.
    fn pump(self: &Arc<Self>) {
        let outgoing = self.clone();
        self.callbacks.post(move || {
            loop {
                let next = outgoing.state().next();
                match next {
                    Next::Write(bytes) => {
                        // Full until it says otherwise, which it may before `write` has even returned.
                        outgoing.state().is_full = true;
                        let outcome = outgoing.transport.write(bytes);
                        let mut state = outgoing.state();
                        state.is_full &= outcome != Ok(true);
                        state.is_lost |= outcome.is_err();
                    }
                    Next::End => {
                        let _ = outgoing.transport.end();
                        let _ = outgoing.inputs.send(Input::HungUp(outgoing.id));
                    }
                    Next::Nothing => return,
                }
            }
        });
    }
}

impl State {
    fn next(&mut self) -> Next {
        let is_empty = self.waiting.is_empty();
        if self.is_over {
            return Next::Nothing;
        }
        if self.is_lost || (self.is_ending && is_empty) {
            self.is_over = true;
            self.waiting.clear();
            return Next::End;
        }
        if self.is_full {
            return Next::Nothing;
        }
        let Some(bytes) = self.waiting.pop_front() else { return Next::Nothing };
        self.waiting_bytes -= bytes.len();
        Next::Write(bytes)
    }
}
