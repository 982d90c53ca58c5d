//! A phone of a world: its files, its clock, its timeouts. It can die and come back.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kinweave_core::app::{ByHand, Error, Kinweave, SettableClock, System, Timer};
use kinweave_core::model::hash::hash;
use kinweave_core::model::{DeviceKey, MemberId, Now};
use kinweave_disk::PowerCut;
use tempfile::TempDir;

use crate::paper::copy_home;
use crate::phone::Phone;

/// A phone.
pub struct Device {
    /// Its owner.
    pub member: MemberId,
    /// Its key in the circle.
    pub key: DeviceKey,
    /// The core on it, as the app sees it.
    pub home: Kinweave,
    /// The core on it, as the network sees it.
    pub hand: ByHand,
    /// What its clock shows.
    pub now: Now,
    /// How often it was started. Connections belong to one life.
    pub life: u64,
    clock: Arc<SettableClock>,
    timer: Arc<Timer>,
    file_key: [u8; 32],
    seed: [u8; 32],
    files: TempDir,
}

impl Device {
    /// A phone that goes on from a copy of this one's home, which must be closed.
    pub fn copy_of(phone: &Phone, member: MemberId, key: DeviceKey, seed: [u8; 32], now: Now) -> Self {
        let (files, clock, timer) = (copied(&phone.directory), SettableClock::new(now), Arc::new(Timer::default()));
        let system = System::seeded(clock.clone(), of_life(&seed, 0)).timed_by(timer.clone());
        let (home, hand) = Kinweave::open_by_hand(files.path(), &phone.key, system).expect("a home");
        Self { member, key, home, hand, now, life: 0, clock, timer, file_key: phone.key, seed, files }
    }

    /// Another phone, to which a backup of this one was restored. Both go on.
    pub fn restored(&self, seed: [u8; 32]) -> Self {
        let (files, clock, timer) =
            (copied(self.files.path()), SettableClock::new(self.now), Arc::new(Timer::default()));
        let system = System::seeded(clock.clone(), of_life(&seed, 0)).timed_by(timer.clone());
        let (home, hand) = Kinweave::open_by_hand(files.path(), &self.file_key, system).expect("a home");
        let Self { member, key, now, file_key, .. } = *self;
        Self { member, key, home, hand, now, life: 0, clock, timer, file_key, seed, files }
    }

    /// Its owner goes on with it as a new device, where a second copy of it exists.
    ///
    /// # Errors
    /// What the core answered.
    pub fn come_back_as_new(&mut self) -> Result<(), Error> {
        self.home.come_back_as_new_device()?;
        self.key = self.home.circle()?.device;
        Ok(())
    }

    /// Whether it knows this device as one of its circle's.
    pub fn knows(&self, other: &DeviceKey) -> bool {
        self.home.devices().is_ok_and(|devices| devices.iter().any(|device| device.device == *other))
    }

    /// The battery ends, and somebody charges it: what is on the disk is all that is left, and of what was never synced any part.
    pub fn die_and_come_back(&mut self, keeps: impl FnMut() -> bool) {
        let cut = PowerCut::now();
        cut.forget_unsynced(self.files.path(), keeps).expect("files that can be written");
        let files = copied(self.files.path());
        drop(cut);
        self.life += 1;
        let system = System::seeded(self.clock.clone(), of_life(&self.seed, self.life)).timed_by(self.timer.clone());
        (self.home, self.hand) =
            Kinweave::open_by_hand(files.path(), &self.file_key, system).expect("a home that opens after a crash");
        self.files = files;
        // It may have died while it came back as another.
        self.key = self.home.circle().expect("a circle").device;
    }

    /// Sets its clock.
    pub fn set_clock(&mut self, now: Now) {
        self.now = now;
        self.clock.set(now);
    }

    /// Lets time pass for its timeouts and on its clock, and does what is due.
    pub fn let_pass_ms(&mut self, ms: u64) {
        self.timer.pass_ms(ms);
        self.set_clock(Now { unix_ms: self.now.unix_ms + ms as i64, ..self.now });
        self.hand.wake().expect("an open home");
    }
}

/// No two lives draw the same: a salt or a nonce that comes twice would be a mistake of the world's, not of the core's.
fn of_life(seed: &[u8; 32], life: u64) -> [u8; 32] {
    hash("a life in a test", &[seed, &life.to_be_bytes()])
}

/// The files as they lie there now, whoever has them open.
fn copied(home: &Path) -> TempDir {
    let files = tempfile::tempdir().expect("a temporary directory");
    copy_home(home, files.path());
    // Memory that processes share, under the name of a file. Of a closed home there is none.
    let _ = fs::remove_file(files.path().join("kinweave.db-shm"));
    files
}
