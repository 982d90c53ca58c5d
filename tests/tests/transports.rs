//! Connections that an app makes itself, which take bytes slowly, break, or are somebody else's.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use kinweave_core::app::{
    Error, Invitation, LogLevel, LogSink, Meeting, NewRecord, PairingStep, ShareWith, Transport, TransportEnd,
};
use kinweave_core::app::{Kinweave, SettableClock, System};
use kinweave_core::model::Role;
use kinweave_core::model::kinds::Encouragement;
use kinweave_tests::phone::{Phone, new_york};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// One half of a cable that takes one chunk at a time, and says when it has room again.
struct Half {
    outgoing: Sender<Option<Vec<u8>>>,
    /// Chunks until it breaks.
    left: Mutex<usize>,
}

impl Transport for Half {
    fn write(&self, bytes: Vec<u8>) -> Result<bool, Error> {
        let mut left = self.left.lock().unwrap();
        *left = left.checked_sub(1).ok_or(Error::PeerUnreachable)?;
        let _ = self.outgoing.send(Some(bytes));
        Ok(false)
    }

    fn end(&self) -> Result<(), Error> {
        let _ = self.outgoing.send(None);
        Ok(())
    }
}

type Ends = Arc<OnceLock<(Arc<TransportEnd>, Arc<TransportEnd>)>>;

/// Carries what one side writes to the other.
fn carry(incoming: Receiver<Option<Vec<u8>>>, ends: Ends, is_first: bool) {
    thread::spawn(move || {
        for chunk in incoming {
            let (first, second) = ends.wait();
            let (from, to) = if is_first { (first, second) } else { (second, first) };
            match chunk {
                Some(bytes) => {
                    to.received(bytes);
                    from.writable();
                }
                None => return to.closed(),
            }
        }
    });
}

/// Connects two phones by a cable whose first half breaks after so many chunks.
fn connect(first: &Kinweave, second: &Kinweave, chunks: usize) -> (Arc<TransportEnd>, Arc<TransportEnd>) {
    let ends = Ends::default();
    let half = |is_first, left| {
        let (outgoing, incoming) = channel();
        carry(incoming, ends.clone(), is_first);
        Arc::new(Half { outgoing, left: Mutex::new(left) })
    };
    let pair = (Arc::new(first.attach(half(true, chunks))), Arc::new(second.attach(half(false, usize::MAX))));
    let _ = ends.set(pair.clone());
    pair
}

fn notes(count: usize) -> impl Iterator<Item = NewRecord> {
    (0..count).map(|number| {
        let text = format!("Note {number}. {}", "On my way. ".repeat(20));
        let note =
            Encouragement { to: [].into(), text, encouragement_kind: Default::default(), open_on: None, link: None };
        NewRecord::new(note).with(ShareWith::Everyone)
    })
}

fn meet(phone: &Phone, other: &Phone, chunks: usize) -> Result<Meeting, Error> {
    let (here, there) = connect(&phone.home, &other.home, chunks);
    there.accept().unwrap();
    phone.home.meet_over(&here, other.device())
}

#[test]
fn two_phones_pair_and_meet_over_a_cable_that_takes_one_chunk_at_a_time() {
    let [marta, dani] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    let invitation = Invitation::NewMember { role: Role::Member, guardian: None };
    let inviting = marta.home.invite(invitation, "127.0.0.1:0".parse().unwrap()).unwrap();
    let (here, there) = connect(&dani.home, &marta.home, usize::MAX);
    there.accept().unwrap();
    let joining = dani.home.join_over(&here, &inviting.code().unwrap(), "Dani").unwrap();
    assert_eq!(inviting.next(PATIENCE).unwrap(), joining.next(PATIENCE).unwrap(), "the same words");
    inviting.confirm_words(true).unwrap();
    joining.confirm_words(true).unwrap();
    assert!(matches!(joining.next(PATIENCE).unwrap(), PairingStep::Here(_)));
    joining.accept().unwrap();
    assert!(matches!(joining.next(PATIENCE).unwrap(), PairingStep::Done(_)));
    assert!(matches!(inviting.next(PATIENCE).unwrap(), PairingStep::Done(_)));
    assert_eq!(there.accept(), Err(Error::Busy), "one connection has one use");

    notes(100).for_each(|note| drop(marta.home.add(note).unwrap()));
    assert!(meet(&dani, &marta, usize::MAX).unwrap().equal);
    assert_eq!(dani.all("encouragement").len(), 100);
}

#[test]
fn a_cable_that_breaks_ends_the_meeting_and_the_next_one_brings_the_rest() {
    let [mut marta, dani] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&dani, "Dani", Role::Member, None);
    notes(20).for_each(|note| drop(dani.home.add(note).unwrap()));
    for chunks in 0..3 {
        assert_eq!(meet(&dani, &marta, chunks), Err(Error::PeerUnreachable), "after {chunks} chunks");
    }
    assert!(meet(&dani, &marta, usize::MAX).unwrap().equal);
    assert_eq!(marta.all("encouragement").len(), 20);
    assert_eq!(marta.home.check().unwrap(), Vec::<String>::new());
}

/// Takes every line and fails.
struct Pencil(Mutex<Sender<(LogLevel, String)>>);

impl LogSink for Pencil {
    fn log(&self, level: LogLevel, line: String) -> Result<(), Error> {
        self.0.lock().unwrap().send((level, line)).unwrap();
        panic!("an app's mistake")
    }
}

#[test]
fn a_log_says_why_a_connection_ended_and_its_failing_harms_nothing() {
    let files = tempfile::tempdir().unwrap();
    let (said, lines) = channel();
    let system = System::with_clock(SettableClock::new(new_york("2026-02-10T10:00")));
    let system = system.logging_to(Arc::new(Pencil(Mutex::new(said))));
    let marta = Kinweave::open(&files.path().join("home"), &[1; 32], system).unwrap();
    marta.create_circle("Reyes", "Marta").unwrap();
    let stranger = Phone::new(2, new_york("2026-02-10T10:00"));
    for _ in 0..2 {
        let (_, end) = connect(&stranger.home, &marta, usize::MAX);
        end.accept().unwrap();
        end.received(b"GET / HTTP/1.1\r\n\r\n".repeat(100));
        let (level, line) = lines.recv_timeout(PATIENCE).unwrap();
        assert_eq!(level, LogLevel::Info);
        assert!(line.starts_with("a connection ended: "), "{line}");
    }
    assert_eq!(marta.circle().unwrap().name, "Reyes");
}
