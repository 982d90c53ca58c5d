//! A phone of a story: a home of its own in a temporary directory, a clock that is set, a port that is listened on.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::kinweave::app::{Invitation, Kinweave, ListQuery, Meeting, PairingStep, Record, SettableClock, System};
use super::kinweave::model::{Body, DeviceKey, MemberId, Now, Role, ZonedTime};

use crate::paper::copy_home;

const PATIENCE: Duration = Duration::from_secs(20);

/// A phone.
pub struct Phone {
    /// The core on it.
    pub home: Kinweave,
    /// Its clock.
    pub clock: Arc<SettableClock>,
    /// Where its files are.
    pub directory: PathBuf,
    /// Its key.
    pub key: [u8; 32],
    address: Option<SocketAddr>,
    // Last, so that the files go only after the home has let go of them.
    _files: TempDir,
}

/// The moment that this text gives, such as `2026-02-09T10:00[America/New_York]`.
pub fn at(text: &str) -> Now {
    text.parse::<ZonedTime>().expect("a date-time with a zone").as_now()
}

/// New York time, where the stories are set.
pub fn new_york(local: &str) -> Now {
    at(&format!("{local}[America/New_York]"))
}

impl Phone {
    /// A new phone, with all its randomness from one seed byte.
    pub fn new(seed: u8, now: Now) -> Self {
        Self::open(tempfile::tempdir().expect("a temporary directory"), [seed; 32], seed, now)
    }

    fn open(files: TempDir, key: [u8; 32], seed: u8, now: Now) -> Self {
        let clock = SettableClock::new(now);
        let directory = files.path().join("home");
        let home = Kinweave::open(&directory, &key, System::seeded(clock.clone(), [seed; 32])).expect("a home");
        Self { home, clock, directory, key, address: None, _files: files }
    }

    /// Its files as they are now, as a backup takes them.
    pub fn backup(&self) -> TempDir {
        let files = tempfile::tempdir().expect("a temporary directory");
        copy_home(&self.directory, files.path());
        files
    }

    /// What a backup of this phone was restored to: another device with its key, and randomness of its own from a seed byte.
    pub fn restored(&self, backup: &TempDir, seed: u8, now: Now) -> Self {
        let files = tempfile::tempdir().expect("a temporary directory");
        let directory = files.path().join("home");
        fs::create_dir(&directory).expect("a directory");
        copy_home(backup.path(), &directory);
        Self::open(files, self.key, seed, now)
    }

    /// The owner of this phone.
    pub fn me(&self) -> MemberId {
        self.home.circle().expect("a circle").me
    }

    /// This device.
    pub fn device(&self) -> DeviceKey {
        self.home.circle().expect("a circle").device
    }

    /// The member with this name.
    pub fn person(&self, name: &str) -> MemberId {
        let circle = self.home.circle().expect("a circle");
        circle.people.iter().find(|person| person.name == name).expect("a person by that name").member
    }

    /// Takes connections, and says where.
    pub fn address(&mut self) -> SocketAddr {
        match self.address {
            Some(address) => address,
            None => {
                let any = "127.0.0.1:0".parse().expect("an address");
                *self.address.insert(self.home.listen(any).expect("a free port"))
            }
        }
    }

    /// Meets another phone: this one dials.
    pub fn meet(&self, other: &mut Self) -> Meeting {
        let address = other.address();
        self.home.meet(other.device(), Some(address)).expect("a meeting")
    }

    /// Lets `newcomer` in, with everything two people do at a kitchen table.
    pub fn invite(&mut self, newcomer: &Self, name: &str, role: Role, guardian: Option<MemberId>) {
        self.pair(newcomer, name, Invitation::NewMember { role, guardian });
    }

    /// Adds a device of one's own.
    pub fn add_device(&mut self, device: &Self) {
        self.pair(device, "me", Invitation::OwnDevice);
    }

    fn pair(&mut self, newcomer: &Self, name: &str, invitation: Invitation) {
        let any = "127.0.0.1:0".parse().expect("an address");
        let inviting = self.home.invite(invitation, any).expect("a code");
        let joining = newcomer.home.join(&inviting.code().expect("a code"), name).expect("a connection");
        let PairingStep::Words(here) = inviting.next(PATIENCE).expect("words") else { panic!("words come first") };
        let PairingStep::Words(there) = joining.next(PATIENCE).expect("words") else { panic!("words come first") };
        assert_eq!(here, there, "nobody stands between them");
        inviting.confirm_words(true).expect("a yes");
        joining.confirm_words(true).expect("a yes");
        let PairingStep::Here(_) = joining.next(PATIENCE).expect("who is here") else { panic!("then who is here") };
        joining.accept().expect("a yes");
        assert!(matches!(joining.next(PATIENCE).expect("to be admitted"), PairingStep::Done(_)));
        assert!(matches!(inviting.next(PATIENCE).expect("to be done"), PairingStep::Done(_)));
    }

    /// All records of a kind that the owner may see, the oldest first.
    pub fn all(&self, kind: &str) -> Vec<Record> {
        let query = ListQuery { kinds: vec![kind.to_owned()], oldest_first: true, limit: 500, ..ListQuery::default() };
        self.home.list(&query).expect("a list").records
    }

    /// The only record of a kind.
    pub fn only(&self, kind: &str) -> Record {
        let mut all = self.all(kind);
        assert_eq!(all.len(), 1, "records of kind {kind}");
        all.remove(0)
    }

    /// Edits some fields of a record, from the version in `seen`.
    pub fn edit(&self, seen: &Record, fields: &[(&str, &str)]) -> Record {
        let mut body = seen.body.to_fields();
        for (name, value) in fields {
            body.insert((*name).to_owned(), (*value).into());
        }
        self.home.edit(seen.id, &seen.version, Body::from_fields(&seen.kind, body)).expect("an edit")
    }
}
