//! Bytes that no honest phone sends, on a socket of a phone that listens: it never panics, tells a stranger nothing,
//! and an honest meeting works right afterwards.

use kinweave_core::app::{Error, Invitation};
use kinweave_core::channel::{Channel, StaticKey};
use kinweave_core::identity::PairingCode;
use kinweave_core::model::hash::hash;
use kinweave_core::model::limits::MESSAGE_BYTES_MAX;
use kinweave_core::model::run::Carried;
use kinweave_core::model::{AudienceId, DeviceKey, EntryHash, NoiseKey, Role, Run};
use kinweave_tests::panics::NoPanics;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::wire::{RawSession, Socket, keys_of_seed, message, packed, run_message, tag};

/// Marta, who listens, Lena, who is honest, and Mallory's keys.
struct Family {
    marta: Phone,
    lena: Phone,
    noise: NoiseKey,
    nonce: u8,
    _watch: NoPanics,
}

const MALLORY: u8 = 33;
const NOBODY: u8 = 99;
/// Clear bytes and first handshake message, with its length.
const FIRST_BYTES: usize = 3 + 2 + 96;
/// The answer to it, with its length.
const ANSWER_BYTES: usize = 2 + 48;

impl Family {
    fn new() -> Self {
        let [mut marta, lena, mallory] = [31, 32, MALLORY].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
        marta.home.create_circle("Reyes", "Marta").unwrap();
        marta.invite(&lena, "Lena", Role::Member, None);
        marta.invite(&mallory, "Mallory", Role::Member, None);
        mallory.home.close().unwrap();
        lena.meet(&mut marta);
        let noise = keys_of_seed(31).1.public();
        Self { marta, lena, noise, nonce: 0, _watch: NoPanics::watch() }
    }

    fn socket(&mut self) -> Socket {
        Socket::dial(self.marta.address())
    }

    fn session(&mut self, seed: u8) -> RawSession {
        self.nonce += 1;
        RawSession::dial(self.marta.address(), seed, &self.noise, [self.nonce; 32])
    }

    /// A member's session, ready for mischief.
    fn greeted(&mut self) -> RawSession {
        let mut session = self.session(MALLORY);
        session.greet();
        session
    }

    fn assert_well(&mut self, after: &str) {
        assert!(self.lena.meet(&mut self.marta).equal, "an honest meeting after {after}");
        assert_eq!(self.marta.home.check().unwrap(), Vec::<String>::new(), "the house after {after}");
    }
}

/// What somebody says in a session that was dialled.
type Burst<'a> = dyn Fn(&RawSession) -> Vec<Vec<u8>> + 'a;

/// Bytes drawn from a seed.
fn random(seed: u64, count: usize) -> Vec<u8> {
    let block = |at: u64| hash("random", &[&seed.to_be_bytes(), &at.to_be_bytes()]);
    (0..).flat_map(block).take(count).collect()
}

fn first_message(family: &mut Family) -> Vec<u8> {
    family.nonce += 1;
    let (_, noise) = keys_of_seed(NOBODY);
    Channel::initiate_session(&noise, &family.noise, [family.nonce; 32]).unwrap().take_output()
}

#[test]
fn random_bytes_and_broken_first_messages_get_no_byte() {
    let mut family = Family::new();
    for seed in 0..40_u64 {
        println!("seed {seed}");
        let mut bytes = random(seed, 1 + seed as usize * 37);
        // Every other one begins as it should.
        if seed % 2 == 0 {
            bytes = [&[1 + (seed / 2 % 2) as u8, 1, 1][..], &bytes].concat();
        }
        let mut socket = family.socket();
        socket.write(&bytes);
        socket.end();
        assert_eq!(socket.read_to_end(), Vec::<u8>::new(), "seed {seed}");
    }
    let first = first_message(&mut family);
    assert_eq!(first.len(), FIRST_BYTES);
    for length in 0..first.len() {
        let mut socket = family.socket();
        socket.write(&first[..length]);
        socket.end();
        assert_eq!(socket.read_to_end(), Vec::<u8>::new(), "the first {length} bytes");
    }
    for at in 0..first.len() {
        let mut flipped = first.clone();
        flipped[at] ^= 1 << (at % 8);
        let mut socket = family.socket();
        socket.write(&flipped);
        socket.end();
        assert_eq!(socket.read_to_end(), Vec::<u8>::new(), "byte {at} flipped");
    }
    family.assert_well("broken first messages");
}

#[test]
fn length_fields_at_their_highest_are_refused_before_anything_arrives() {
    let mut family = Family::new();
    let openings: [&[u8]; 5] =
        [&[2, 255, 9], &[2, 1, 1, 0xff, 0xff], &[1, 1, 1, 0xff, 0xff], &[2, 0, 0, 0], &[255, 255, 255, 255]];
    for opening in openings {
        let mut socket = family.socket();
        socket.write(opening);
        socket.end();
        assert_eq!(socket.read_to_end(), Vec::<u8>::new(), "{opening:?}");
    }
    for size in [5, 6, 127, 255] {
        let mut session = family.greeted();
        session.socket.write(&[size]);
        assert_eq!(session.hear(), Vec::<Vec<u8>>::new(), "a frame of k = {size}");
    }
    // Messages whose every count and length is as high as it can be written.
    for tag in 16..26 {
        for head in [0, 1, 33, 65, 100, 172] {
            let mut session = family.greeted();
            let bytes = [vec![tag], vec![0; head], vec![0xff; 9], vec![1], vec![0xff; 60]].concat();
            session.send(&[bytes]);
            assert_eq!(session.ack(), None, "tag {tag} after {head} bytes");
        }
    }
    family.assert_well("highest lengths");
}

#[test]
fn a_bomb_is_not_inflated_and_its_sender_is_dropped() {
    let mut family = Family::new();
    let run = Run {
        audience: AudienceId::from_bytes([1; 32]),
        device: DeviceKey::from_bytes([2; 32]),
        from: 1,
        previous: EntryHash::from_bytes([3; 32]),
        entries: vec![Carried::Whole { salt: [1; 16], body: vec![0; 9] }],
        signatures: Vec::new(),
    };
    let bomb = zstd::bulk::compress(&vec![0; 256 << 20], 19).unwrap();
    assert!(bomb.len() < 64 << 10, "{} bytes", bomb.len());
    for raw_bytes in [0, 1, 100, MESSAGE_BYTES_MAX as u32, MESSAGE_BYTES_MAX as u32 + 1, u32::MAX] {
        let mut session = family.greeted();
        session.send(&[packed(&run, raw_bytes, &bomb)]);
        assert_eq!(session.ack(), None, "said to be {raw_bytes} bytes");
    }
    for frame in [vec![], vec![0; 9], random(1, 300), [&bomb[..20], &[9; 30]].concat()] {
        let mut session = family.greeted();
        session.send(&[packed(&run, 100, &frame)]);
        assert_eq!(session.ack(), None, "a frame that is none");
    }
    family.assert_well("bombs");
}

#[test]
fn nothing_is_said_to_whoever_says_something_before_hello_or_twice() {
    let mut family = Family::new();
    let digest = message(tag::DIGEST, &(0_u8, 0_u32, [0_u8; 32]));
    for early in [digest.clone(), vec![tag::RUN], message(25, &0_u8), message(tag::SERVED, &0_u8)] {
        let mut session = family.session(MALLORY);
        session.send(&[early]);
        assert_eq!(session.hear(), Vec::<Vec<u8>>::new());
    }
    let mut session = family.greeted();
    let again = session.hello();
    session.send(&[again]);
    assert_eq!(session.ack(), None, "a second Hello");
    let mut session = family.session(MALLORY);
    let mut hello = session.hello();
    let last = hello.len() - 1;
    hello[last] ^= 1;
    session.send(&[hello, digest]);
    assert_eq!(session.hear(), Vec::<Vec<u8>>::new(), "a Hello signed by somebody else");
    family.assert_well("greetings that aren't");
}

#[test]
fn a_stranger_gets_no_byte_beyond_the_answer_to_the_handshake() {
    let mut family = Family::new();
    let digest = |scope: u8| message(tag::DIGEST, &(scope, 0_u32, [0_u8; 32]));
    let far = Run {
        audience: AudienceId::from_bytes([1; 32]),
        device: keys_of_seed(NOBODY).0.device(),
        from: 1,
        previous: EntryHash::from_bytes([3; 32]),
        entries: vec![Carried::Whole { salt: [1; 16], body: vec![0; 9] }],
        signatures: Vec::new(),
    };
    let bursts: [&Burst<'_>; 5] = [
        &|_| vec![vec![99, 1, 2, 3]],
        &|session| vec![session.hello(), digest(0), digest(1)],
        &|session| vec![session.hello(), run_message(&far), digest(0), digest(1)],
        &|session| vec![session.hello(), message(tag::SERVED, &1_u8)],
        &|session| vec![session.hello(), message(tag::HAVE, &(1_u8, true, Vec::<u8>::new()))],
    ];
    for burst in bursts {
        let mut session = family.session(NOBODY);
        let messages = burst(&session);
        session.send(&messages);
        session.socket.end();
        assert_eq!(session.socket.read_to_end(), Vec::<u8>::new());
    }
    family.assert_well("strangers");
}

#[test]
fn a_recorded_session_played_again_gets_the_handshakes_answer_and_nothing_else() {
    let mut family = Family::new();
    let mut session = family.greeted();
    session.socket.end();
    let recorded = session.socket.sent.clone();
    drop(session);
    for portion in [recorded.len(), FIRST_BYTES, FIRST_BYTES + 257] {
        let mut socket = family.socket();
        socket.write(&recorded[..portion.min(recorded.len())]);
        socket.end();
        let answer = socket.read_to_end();
        assert!([0, ANSWER_BYTES].contains(&answer.len()), "{} bytes", answer.len());
    }
    // The same frame twice in one session.
    let mut session = family.session(MALLORY);
    let hello = [session.hello()];
    let frame = session.sealed(&hello);
    session.socket.write(&[&frame[..], &frame].concat());
    session.socket.end();
    let answered = session.socket.read_to_end();
    assert!(answered.len() <= 4 * 257, "no more than a greeting: {} bytes", answered.len());
    family.assert_well("a replay");
}

#[test]
fn a_pairing_code_is_dead_after_five_wrong_tries_and_answers_no_replay() {
    let mut family = Family::new();
    let address = family.marta.address();
    let invitation = Invitation::NewMember { role: Role::Member, guardian: None };
    let inviting = family.marta.home.invite(invitation, address).unwrap();
    let code = PairingCode::from_text(&inviting.code().unwrap()).unwrap();
    let key = StaticKey::from_bytes([77; 32]);
    let right = Channel::initiate_pairing(&key, code.psk(), [1; 32]).unwrap().take_output();
    for (try_, expected) in [(0, 2 + 96), (1, 0), (2, 0)] {
        let mut socket = Socket::dial(code.addresses[0]);
        socket.write(&right);
        socket.end();
        assert_eq!(socket.read_to_end().len(), expected, "the same first message, try {try_}");
    }
    for wrong in 0..5 {
        let bytes = Channel::initiate_pairing(&key, [wrong; 32], [wrong + 2; 32]).unwrap().take_output();
        let mut socket = Socket::dial(code.addresses[0]);
        socket.write(&bytes);
        socket.end();
        assert_eq!(socket.read_to_end(), Vec::<u8>::new(), "a wrong code, try {wrong}");
    }
    let late = Channel::initiate_pairing(&key, code.psk(), [9; 32]).unwrap().take_output();
    let mut socket = Socket::dial(code.addresses[0]);
    socket.write(&late);
    socket.end();
    assert_eq!(socket.read_to_end(), Vec::<u8>::new(), "the code is dead");
    family.assert_well("pairings that came to nothing");
}

#[test]
fn a_phone_that_dials_a_liar_learns_that_it_misbehaved_or_is_nobody() {
    let family = Family::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answers = [vec![], vec![0; 50], [&[0, 48][..], &[7; 48]].concat(), vec![0xff; 4_096]];
    let liar = std::thread::spawn(move || {
        for answer in answers {
            use std::io::{Read, Write};
            let (mut stream, _) = listener.accept().unwrap();
            stream.read_exact(&mut [0; FIRST_BYTES]).unwrap();
            let _ = stream.write_all(&answer);
        }
    });
    for _ in 0..4 {
        let met = family.lena.home.meet(family.marta.device(), Some(address));
        let known = [Error::PeerUnreachable, Error::NotPaired, Error::PeerMisbehaved { rule: "channel".to_owned() }];
        assert!(met.as_ref().is_err_and(|error| known.contains(error)), "{met:?}");
    }
    liar.join().unwrap();
}
