//! The ways in and out of the owner thread: what it is told, and where it writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;

use super::connection::{Stay, Waiter};
use super::discovery::Sighting;
use super::error::Error;
use super::owner::Owner;
use super::pairings::Joining;
use super::writers::Writers;
use crate::model::DeviceKey;

/// Inputs waiting at once; a peer that sends faster than it is read waits at its socket.
pub(super) const INPUTS_MAX: usize = 64;

/// Something for the owner to do.
pub(super) enum Input {
    /// A call of the app's.
    Call(Box<dyn FnOnce(&mut Owner) + Send>),
    /// Somebody connected to us.
    Accepted(u64, Box<dyn Pipe>),
    /// We connected to a device.
    Dialled(u64, Box<dyn Pipe>, DeviceKey, Stay, Waiter),
    /// We connected to an inviter.
    Joining(u64, Box<dyn Pipe>, Box<Joining>),
    /// Bytes of a connection.
    Bytes(u64, Vec<u8>),
    /// Something was seen on the air.
    Sighted(Sighting),
    /// A connection is gone.
    HungUp(u64),
    /// The last handle was dropped.
    Stop,
}

/// Where bytes for a peer go. Dropped, it sends what it has and hangs up.
pub(super) trait Pipe: Send {
    fn write(&mut self, bytes: Vec<u8>);
}

/// The way in to the owner.
#[derive(Clone)]
pub(super) struct Inputs {
    way: Way,
    ids: Arc<AtomicU64>,
    /// Those of the sockets whose bytes come in here.
    pub writers: Writers,
}

#[derive(Clone)]
enum Way {
    /// To the owner's thread.
    Queue(SyncSender<Input>),
    /// To the owner itself, in the caller's thread.
    #[cfg(feature = "by_hand")]
    Desk(super::by_hand::Desk),
}

impl Inputs {
    pub fn new(sender: SyncSender<Input>) -> Self {
        Self { way: Way::Queue(sender), ids: Arc::new(AtomicU64::new(1)), writers: Writers::default() }
    }

    #[cfg(feature = "by_hand")]
    pub fn at(desk: super::by_hand::Desk) -> Self {
        Self { way: Way::Desk(desk), ids: Arc::new(AtomicU64::new(1)), writers: Writers::default() }
    }

    pub fn send(&self, input: Input) -> Result<(), Error> {
        match &self.way {
            Way::Queue(sender) => sender.send(input).map_err(|_| Error::Closed),
            #[cfg(feature = "by_hand")]
            Way::Desk(desk) => desk.turn(Some(input)),
        }
    }

    pub fn next_id(&self) -> u64 {
        self.ids.fetch_add(1, Ordering::Relaxed)
    }
}
