//! Invariant 5: what is acknowledged is durable, also when the connection is cut at any byte.
//!
//! Method: meetings go through a relay that carries so many bytes and then cuts. After each cut both homes are in order,
//! neither believes the other to hold what it doesn't, and one whole meeting mends everything.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use kinweave_core::app::{Error, NewRecord};
use kinweave_core::model::Role;
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::Celebration;
use kinweave_tests::phone::{Phone, new_york};

const CUTS: i64 = 80;

/// Carries one connection to `target`, `bytes` in all, and then cuts it on both sides.
fn relay(target: SocketAddr, bytes: i64) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (near, _) = listener.accept().unwrap();
        let far = TcpStream::connect(target).unwrap();
        let left = Arc::new(AtomicI64::new(bytes));
        let there = carry(near.try_clone().unwrap(), far.try_clone().unwrap(), left.clone());
        let back = carry(far, near, left);
        there.join().unwrap();
        back.join().unwrap();
    });
    address
}

fn carry(mut from: TcpStream, mut to: TcpStream, left: Arc<AtomicI64>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut byte = [0; 1];
        while left.fetch_sub(1, Ordering::Relaxed) > 0 && from.read(&mut byte).is_ok_and(|count| count == 1) {
            if to.write_all(&byte).is_err() {
                break;
            }
        }
        for stream in [from, to] {
            // It may be cut already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    })
}

/// How many entries of audiences that both hold are at `a` and not at `b`.
fn lacking(a: &Phone, b: &Phone) -> u64 {
    let there = b.home.dump().unwrap();
    let of = |dump: &kinweave_core::app::AudienceDump| {
        let held = there.iter().find(|other| other.audience.id == dump.audience.id);
        let lacks = |line: &&String| !held.is_some_and(|held| held.entries.contains(line));
        dump.entries.iter().filter(lacks).count() as u64
    };
    let shared =
        |dump: &&kinweave_core::app::AudienceDump| matches!(dump.audience.tag, AudienceTag::Set | AudienceTag::Home);
    a.home.dump().unwrap().iter().filter(shared).map(of).sum()
}

fn believed_lacking(a: &Phone, b: &Phone) -> u64 {
    let status = a.home.status().unwrap();
    let peer = status.iter().find(|peer| peer.device == b.device()).unwrap();
    peer.audiences.iter().map(|audience| audience.ahead).sum()
}

#[test]
fn a_meeting_cut_at_any_byte_leaves_both_in_order_and_believing_nothing_false() {
    let start = new_york("2026-01-20T10:00");
    let [mut m1, mut l1] = [1, 2].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&l1, "Lena", Role::Member, None);
    let lena = l1.address();
    let mut cut = 0;
    for round in 0..CUTS {
        for phone in [&m1, &l1] {
            phone.home.add(NewRecord::new(Celebration::idea(&format!("idea {round}")))).unwrap();
        }
        // A meeting of some thousand bytes, cut a little later each time.
        match m1.home.meet(l1.device(), Some(relay(lena, 40 + round * 61))) {
            Err(Error::PeerUnreachable) => cut += 1,
            Ok(_) => {}
            Err(other) => panic!("round {round}: {other:?}"),
        }
        for (a, b) in [(&m1, &l1), (&l1, &m1)] {
            assert_eq!(a.home.check().unwrap(), Vec::<String>::new(), "round {round}");
            assert!(believed_lacking(a, b) >= lacking(a, b), "round {round}: believed to hold what it doesn't");
        }
    }
    assert!(cut > CUTS / 3, "only {cut} of {CUTS} meetings were cut");
    assert!(m1.meet(&mut l1).equal);
    assert_eq!((lacking(&m1, &l1), lacking(&l1, &m1)), (0, 0));
    assert_eq!(m1.all("celebration").len(), 2 * usize::try_from(CUTS).unwrap());
}
