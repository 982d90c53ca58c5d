//! What ten thousand bad inputs leave behind in memory. One test in a process of its own, so that what is measured is
//! its own doing.
#![cfg(target_os = "linux")]

use kinweave_core::channel::Channel;
use kinweave_core::model::hash::hash;
use kinweave_core::model::run::Carried;
use kinweave_core::model::{AudienceId, DeviceKey, EntryHash, Role, Run};
use kinweave_tests::panics::NoPanics;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::wire::{RawSession, Socket, keys_of_seed, message, packed, run_message, tag};

const MALLORY: u8 = 43;

/// Memory in use, in KiB.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn ten_thousand_bad_inputs_leave_no_more_behind_than_a_hundred() {
    let _watch = NoPanics::watch();
    let [mut marta, lena, mallory] = [41, 42, MALLORY].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    marta.invite(&mallory, "Mallory", Role::Member, None);
    mallory.home.close().unwrap();
    lena.meet(&mut marta);
    let address = marta.address();
    let noise = keys_of_seed(41).1.public();
    let run = Run {
        audience: AudienceId::from_bytes([1; 32]),
        device: DeviceKey::from_bytes([2; 32]),
        from: 1,
        previous: EntryHash::from_bytes([3; 32]),
        entries: vec![Carried::Whole { salt: [1; 16], body: vec![1; 16_000] }; 70],
        signatures: Vec::new(),
    };
    let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 19).unwrap();
    let unsigned = run_message(&run);
    let bombs = packed(&run, 1 << 20, &bomb);
    let lengths = [vec![tag::HAVE, 1, 1], vec![0xff; 9], vec![1; 900]].concat();
    let dump = marta.home.dump().unwrap();
    let before_all = marta.home.circle().unwrap();
    let mischief = |number: u32| {
        let seed = hash("nonce", &[&number.to_be_bytes()]);
        let greeted = || {
            let mut session = RawSession::dial(address, MALLORY, &noise, seed);
            session.greet();
            session
        };
        let dropped = |bytes: &[u8]| {
            let mut socket = Socket::dial(address);
            socket.write(bytes);
            socket.end();
            assert_eq!(socket.read_to_end(), Vec::<u8>::new());
        };
        let of_a_stranger = || {
            let mut session = RawSession::dial(address, 99, &noise, seed);
            let digest = |scope: u8| message(tag::DIGEST, &(scope, 0_u32, seed));
            session.send(&[session.hello(), digest(0), digest(1)]);
            session.socket.end();
            assert_eq!(session.socket.read_to_end(), Vec::<u8>::new());
        };
        let first = || Channel::initiate_session(&keys_of_seed(99).1, &noise, seed).unwrap().take_output();
        match number % 16 {
            0 => assert_eq!(send(greeted(), &unsigned), None),
            1 => assert_eq!(send(greeted(), &bombs), None),
            2 => assert_eq!(send(greeted(), &lengths), None),
            3 => assert_eq!(send(greeted(), &message(tag::SERVED, &0_u8)), None),
            4 => of_a_stranger(),
            5..8 => dropped(&first()[..usize::from(seed[0]) % 101]),
            8..11 => dropped(&[2, 255, seed[1]]),
            _ => dropped(&seed.repeat(1 + usize::from(seed[2]))),
        }
    };
    // A seed is the number of the mischief itself: each can be played alone.
    (0..100).for_each(mischief);
    assert!(lena.meet(&mut marta).equal);
    let after_100 = resident_kib();
    (100..10_000).for_each(mischief);
    assert!(lena.meet(&mut marta).equal);
    let after_10_000 = resident_kib();
    println!("after 100: {after_100} KiB; after 10,000: {after_10_000} KiB");
    assert!(after_10_000 <= after_100 + 4 * 1024, "{after_100} KiB, then {after_10_000} KiB");
    assert_eq!(marta.home.dump().unwrap(), dump);
    assert_eq!(marta.home.circle().unwrap(), before_all);
    assert_eq!(marta.home.check().unwrap(), Vec::<String>::new());
}

/// What the phone says to a message; nothing if it hangs up.
fn send(mut session: RawSession, message: &[u8]) -> Option<Vec<u8>> {
    session.send(&[message.to_vec()]);
    session.ack()
}
