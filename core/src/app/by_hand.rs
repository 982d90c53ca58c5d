//! A home without threads of its own, for tests: the production owner, one input after the other, in the thread of whoever
//! calls. With a seeded [`System`] and a [`Timer`] everything that happens can happen again.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::answers::Meeting;
use super::callbacks::Callbacks;
use super::connection::Stay;
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use super::ports::{Input, Inputs, Pipe};
use super::system::System;
use crate::model::DeviceKey;
use crate::store::Store;

/// Time as timeouts see it. It passes when it is told to.
#[derive(Default)]
pub struct Timer(AtomicU64);

impl Timer {
    /// Lets so much time pass. What is due then happens at the next [`ByHand::wake`].
    pub fn pass_ms(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    /// How much has passed.
    pub fn passed_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a home sends to one other, until somebody takes it.
#[derive(Default)]
pub struct Line {
    waiting: Mutex<VecDeque<u8>>,
    is_over: AtomicBool,
}

impl Line {
    /// Takes up to so many bytes off it, in order.
    pub fn take(&self, count: usize) -> Vec<u8> {
        let mut waiting = self.waiting();
        let count = count.min(waiting.len());
        waiting.drain(..count).collect()
    }

    /// How many bytes wait.
    pub fn len(&self) -> usize {
        self.waiting().len()
    }

    /// Whether none do.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the home has hung up. What it had sent before is still here.
    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<u8>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct LinePipe(Arc<Line>);

impl Pipe for LinePipe {
    fn write(&mut self, bytes: Vec<u8>) {
        self.0.waiting().extend(bytes);
    }
}

impl Drop for LinePipe {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}

/// Where inputs are brought to the owner.
#[derive(Clone)]
pub(super) struct Desk(Weak<Mutex<Owner>>);

impl Desk {
    pub fn turn(&self, input: Option<Input>) -> Result<(), Error> {
        let owner = self.0.upgrade().ok_or(Error::Closed)?;
        let mut owner = owner.lock().unwrap_or_else(PoisonError::into_inner);
        if owner.stopped {
            return Err(Error::Closed);
        }
        owner.turn(input);
        if owner.stopped {
            owner.shut();
        }
        Ok(())
    }
}

/// The other side of a home that is driven by hand: its network and its timeouts.
///
/// Of the façade everything works but what waits for others: meetings and pairings, which begin here instead. Observers and
/// log lines are not called. Dropped before the façade, the home ends as in a crash.
pub struct ByHand {
    inputs: Inputs,
    desk: Desk,
    owner: Arc<Mutex<Owner>>,
}

/// A meeting that was begun: its connection, and its end once it has ended.
pub struct Begun {
    /// Names the connection.
    pub id: u64,
    end: Receiver<Result<Meeting, Error>>,
}

impl Begun {
    /// Its end; none before that.
    pub fn end(&self) -> Option<Result<Meeting, Error>> {
        self.end.try_recv().ok()
    }
}

impl Kinweave {
    /// Opens a home that does nothing by itself.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_by_hand(home: &Path, key: &[u8; 32], system: System) -> Result<(Self, ByHand), Error> {
        let owner = Arc::new(Mutex::new(Owner::new(Store::open(home, key)?, system, Callbacks::none())?));
        let desk = Desk(Arc::downgrade(&owner));
        let inputs = Inputs::at(desk.clone());
        Ok((Self::with_inputs(inputs.clone()), ByHand { inputs, desk, owner }))
    }
}

impl ByHand {
    /// Begins to meet a device over this line.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn meet(&self, device: DeviceKey, line: Arc<Line>) -> Result<Begun, Error> {
        self.dial(device, line, Stay::UntilDone)
    }

    /// Begins to meet a device over this line, and stays connected.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn connect(&self, device: DeviceKey, line: Arc<Line>) -> Result<Begun, Error> {
        self.dial(device, line, Stay::Connected)
    }

    fn dial(&self, device: DeviceKey, line: Arc<Line>, stay: Stay) -> Result<Begun, Error> {
        let id = self.inputs.next_id();
        let (waiter, end) = mpsc::sync_channel(1);
        self.desk.turn(Some(Input::Dialled(id, Box::new(LinePipe(line)), device, stay, waiter)))?;
        Ok(Begun { id, end })
    }

    /// Takes a connection from whoever it is, and answers what names it.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn accept(&self, line: Arc<Line>) -> Result<u64, Error> {
        let id = self.inputs.next_id();
        self.desk.turn(Some(Input::Accepted(id, Box::new(LinePipe(line)))))?;
        Ok(id)
    }

    /// Bytes come over a connection.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn bytes(&self, connection: u64, bytes: Vec<u8>) -> Result<(), Error> {
        self.desk.turn(Some(Input::Bytes(connection, bytes)))
    }

    /// A connection is gone.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn hung_up(&self, connection: u64) -> Result<(), Error> {
        self.desk.turn(Some(Input::HungUp(connection)))
    }

    /// Does what is due by now.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn wake(&self) -> Result<(), Error> {
        self.desk.turn(None)
    }

    /// In how many milliseconds of its timer something is due; none if nothing is.
    pub fn due_in_ms(&self) -> Option<u64> {
        let owner = self.owner.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed_ms = owner.watch.elapsed_ms();
        owner.next_turn_ms().map(|at| at.saturating_sub(elapsed_ms))
    }
}
