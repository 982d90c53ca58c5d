//! Every door through which bytes of strangers and of hostile members come in. The fuzz targets of `tests/fuzz` push bytes through
//! them, and `tests/tests/doors.rs` pushes all those through again that were worth keeping.
//!
//! A door says nothing of its own: whatever the bytes, nothing may panic, and what must hold afterwards is asserted here.

use std::cell::OnceCell;
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use kinweave_core::app::ListQuery;
use kinweave_core::channel::{Beacon, Channel, PairingAnswer, Responder};
use kinweave_core::documents::{Document, actor_of};
use kinweave_core::identity::PairingCode;
use kinweave_core::model::{RecordRef, Recurrence, VersionToken, ZonedTime, kinds};

use crate::bench::{World, a_celebration};
use crate::forger::key;
use crate::intruder::Intruder;
use crate::paper::Homes;
use crate::phone::new_york;
use crate::two_pairing::{Side, TwoPairing};
use crate::wire::keys_of_seed;
use crate::worlds::Device;

/// How many panics there have been that nobody foresaw.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// A door: its name, and what goes through it.
pub type Door = (&'static str, fn(&[u8]));

/// All of them. A fuzz target, and a corpus, has the name of its door.
pub const DOORS: [Door; 6] = [
    ("channel", channel),
    ("pairing", pairing),
    ("messages", messages),
    ("entries", entries),
    ("changes", changes),
    ("texts", texts),
];

/// Pushes bytes through a door.
///
/// # Panics
/// If something didn't hold, or something has panicked, also where the core has caught that.
pub fn push(door: fn(&[u8]), bytes: &[u8]) {
    watch_for_panics();
    door(bytes);
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "something panicked and was caught");
}

/// What a stranger sends to a phone that listens, or, if the first byte is odd, on a line on which two phones have met.
pub fn channel(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let [(_, ours), (_, theirs)] = [1, 2].map(keys_of_seed);
    let code = PairingAnswer { static_key: &ours, psk: [3; 32] };
    let responder = Responder { session_key: &ours, pairing: &[code] };
    let mut listener = Channel::accept(responder, [1; 32]);
    if first % 2 == 1 {
        let mut dialler = Channel::initiate_session(&theirs, &ours.public(), [2; 32]).expect("a channel");
        listener.receive(&dialler.take_output()).expect("a first message");
        dialler.receive(&listener.take_output()).expect("an answer");
        dialler.send(b"hello").expect("room");
        listener.receive(&dialler.take_output()).expect("a first frame");
    }
    // In two portions as in one.
    let (begin, end) = bytes.split_at(bytes.len() / 3);
    let _ = listener.receive(begin).and_then(|_| listener.receive(end));
}

/// What is said by somebody who has the code and took the place of one of two phones that pair: each message with its length
/// before it, in two bytes. The first byte says which phone hears it, and how far the two had come.
pub fn pairing(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let victim = if first % 2 == 0 { Side::Inviter } else { Side::Newcomer };
    let mut pairing = TwoPairing::new();
    pairing.go_on(usize::from(first / 2 % 16));
    for message in messages_in(bytes) {
        if pairing.say_to(victim, message).is_err() {
            assert!(pairing.is_closed(victim), "after a wrong word nothing more is said");
            assert!(pairing.say_to(victim, message).is_err());
        }
    }
}

/// What a member says in a session, once it has greeted: each message with its length before it, in two bytes.
pub fn messages(bytes: &[u8]) {
    thread_local!(static HOMES: OnceCell<Homes> = const { OnceCell::new() });
    let device = HOMES.with(|homes| {
        let homes = homes.get_or_init(Homes::new);
        let (member, key) = homes.names()[0];
        Device::copy_of(&homes.phones()[0], member, key, [9; 32], new_york("2026-02-14T10:00"))
    });
    let noise = keys_of_seed(1).1.public();
    let called = Intruder::call(&device.hand, 5, &noise, [8; 32]).expect("an open home");
    let mut call = called.expect("a member is answered");
    call.say(&call.greeting()).expect("an open home");
    for message in messages_in(bytes) {
        call.say(&[message.to_vec()]).expect("an open home");
    }
    drop(call);
    assert_eq!(device.home.check().expect("a check"), Vec::<String>::new());
    device.home.list(&ListQuery::default()).expect("a list");
}

/// What a member signs: the body of an entry, which may be anything.
pub fn entries(bytes: &[u8]) {
    let mut world = World::new();
    let everyone = world.everyone.clone();
    let record = world.marta.create(&everyone, &a_celebration());
    let at = world.mallory.body(&everyone, bytes.to_vec());
    let mut bench = world.lenas_phone();
    bench
        .receive(&[world.all_trust(), vec![world.marta.feed(&everyone), world.mallory.feed(&everyone)]].concat())
        .expect("runs");
    let state = bench.state(&at).expect("an entry");
    assert!(bench.row(&record).is_some(), "what is honest stays");
    assert!(bench.is_as_rebuilt(), "as rebuilt: {state:?}");
}

/// A change of automerge's, applied to what an honest phone has made.
pub fn changes(bytes: &[u8]) {
    let actor = actor_of(&key(4).device());
    for body in [a_celebration(), kinds::RecoveryCard::paused("2026-02-14".parse().expect("a date")).into()] {
        let made = Document::create(body.spec(), &body.to_fields(), actor).expect("a document");
        for mut document in [made.0, Document::new()] {
            let before = document.read(body.spec());
            if document.apply(bytes, actor).is_err() {
                assert_eq!(document.read(body.spec()), before, "what was refused has changed nothing");
            }
            document.conflicts(body.spec());
        }
    }
}

/// What people type, scan or paste, and what phones call across a room.
pub fn texts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(code) = PairingCode::from_text(text) {
        assert!(PairingCode::from_text(&code.to_text()).is_ok_and(|again| again.psk() == code.psk()));
    }
    if let Some(beacon) = Beacon::from_text(text) {
        let [(_, one), (_, other)] = [1, 2].map(keys_of_seed);
        let secret = one.pair_secret(&other.public()).expect("a secret");
        assert!(!beacon.is_from(&secret), "who doesn't know the secret can't call with it");
    }
    if let Ok(rule) = text.parse::<Recurrence>() {
        assert_eq!(rule.to_string().parse::<Recurrence>().expect("its own text"), rule);
    }
    if let Ok(time) = text.parse::<ZonedTime>() {
        assert_eq!(time.to_string().parse::<ZonedTime>().expect("its own text"), time);
    }
    if let Ok(reference) = text.parse::<RecordRef>() {
        assert_eq!(reference.to_string(), text);
    }
    if let Ok(version) = text.parse::<VersionToken>() {
        assert_eq!(version.to_string().parse::<VersionToken>().expect("its own text"), version);
    }
}

/// Messages with their lengths before them. A channel carries no empty one.
fn messages_in(bytes: &[u8]) -> Vec<&[u8]> {
    let mut messages = Vec::new();
    let mut rest = bytes;
    while let [high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(after.len());
        let (message, after) = after.split_at(length);
        messages.push(message);
        rest = after;
    }
    messages.retain(|message| !message.is_empty());
    messages
}

/// The core catches panics: automerge's where they come from, and its own where one bad peer must end one connection. The former are
/// what it expects of hostile bytes, the latter are mistakes of ours, caught or not.
fn watch_for_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_foreseen = info.location().is_some_and(|place| place.file().contains("/automerge-"));
            if !is_foreseen {
                PANICS.fetch_add(1, Ordering::SeqCst);
                before(info);
            }
        }));
    });
}
