//! The wire, as an attacker has it: bytes into a socket, and messages by hand to a phone that listens.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use kinweave_core::channel::{Channel, ChannelEvent, StaticKey};
use kinweave_core::identity::{Purpose, SignKey};
use kinweave_core::model::codec::encode;
use kinweave_core::model::hash::hash;
use kinweave_core::model::{NoiseKey, Run};

/// How long an attacker waits for an answer; a phone that neither answers nor hangs up has failed the test.
const PATIENCE: Duration = Duration::from_secs(20);

/// Tags of messages, as the protocol numbers them.
pub mod tag {
    /// `Hello`.
    pub const HELLO: u8 = 16;
    /// `Digest`.
    pub const DIGEST: u8 = 17;
    /// `Digests`.
    pub const DIGESTS: u8 = 18;
    /// `Have`.
    pub const HAVE: u8 = 19;
    /// `Run`.
    pub const RUN: u8 = 20;
    /// `Served`.
    pub const SERVED: u8 = 21;
    /// `Ack`.
    pub const ACK: u8 = 22;
    /// `Proof`.
    pub const PROOF: u8 = 23;
}

/// The keys of a phone whose randomness comes from this seed byte, as it draws them when it founds or joins a circle.
pub fn keys_of_seed(seed: u8) -> (SignKey, StaticKey) {
    let draw = |purpose: &[u8]| hash("entropy", &[&[seed; 32], purpose, &[0; 32], &[0; 8], &1_u64.to_be_bytes()]);
    (SignKey::from_bytes(&draw(b"sign key")), StaticKey::from_bytes(draw(b"noise key")))
}

/// A socket.
pub struct Socket {
    stream: TcpStream,
    /// All that was written, for those who record.
    pub sent: Vec<u8>,
}

impl Socket {
    /// Connects.
    pub fn dial(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a phone that listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.set_write_timeout(Some(PATIENCE)).expect("a timeout");
        Self { stream, sent: Vec::new() }
    }

    /// Writes; a phone that has hung up already is no failure.
    pub fn write(&mut self, bytes: &[u8]) {
        self.sent.extend_from_slice(bytes);
        let _ = self.stream.write_all(bytes);
    }

    /// Says that nothing follows.
    pub fn end(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// What arrives next; nothing if the phone has hung up.
    pub fn read(&mut self) -> Vec<u8> {
        let mut chunk = vec![0; 65_536];
        match self.stream.read(&mut chunk) {
            Ok(count) => chunk[..count].to_vec(),
            Err(error) if [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut].contains(&error.kind()) => {
                panic!("the phone neither answers nor hangs up")
            }
            // A reset: it hung up while something was on its way.
            Err(_) => Vec::new(),
        }
    }

    /// All that arrives until the phone hangs up.
    pub fn read_to_end(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        loop {
            match self.read() {
                chunk if chunk.is_empty() => return all,
                chunk => all.extend(chunk),
            }
        }
    }
}

/// A session with a phone, in which every message is made by hand.
pub struct RawSession {
    /// The socket.
    pub socket: Socket,
    channel: Channel,
    key: SignKey,
    handshake_hash: [u8; 32],
}

impl RawSession {
    /// A handshake with the phone that has `responder`; nothing said yet.
    pub fn dial(address: SocketAddr, seed: u8, responder: &NoiseKey, nonce: [u8; 32]) -> Self {
        let (key, noise) = keys_of_seed(seed);
        let mut channel = Channel::initiate_session(&noise, responder, nonce).expect("a channel");
        let mut socket = Socket::dial(address);
        socket.write(&channel.take_output());
        let events = channel.receive(&socket.read()).expect("an answer");
        let [ChannelEvent::Established { handshake_hash, .. }] = events[..] else { panic!("no channel: {events:?}") };
        Self { socket, channel, key, handshake_hash }
    }

    /// The bytes of a right `Hello`.
    pub fn hello(&self) -> Vec<u8> {
        self.hello_offering(&[1], 1)
    }

    /// The same from an app that speaks these versions and goes by these rules.
    pub fn hello_offering(&self, versions: &[u8], rules: u16) -> Vec<u8> {
        hello_of(&self.key, &self.handshake_hash, 0, versions, rules)
    }

    /// Says `Hello` and both digests, and waits for the answer.
    pub fn greet(&mut self) {
        self.send(&greeting(&self.key, &self.handshake_hash));
        assert!(!self.hear().is_empty(), "a member is answered");
    }

    /// Sends messages in one burst.
    pub fn send(&mut self, messages: &[Vec<u8>]) {
        messages.iter().for_each(|message| self.channel.send(message).expect("room"));
        let bytes = self.channel.take_output();
        self.socket.write(&bytes);
    }

    /// Bytes that the channel would send, without sending them.
    pub fn sealed(&mut self, messages: &[Vec<u8>]) -> Vec<u8> {
        messages.iter().for_each(|message| self.channel.send(message).expect("room"));
        self.channel.take_output()
    }

    /// The messages that arrive next; none if the phone has hung up.
    pub fn hear(&mut self) -> Vec<Vec<u8>> {
        loop {
            let bytes = self.socket.read();
            if bytes.is_empty() {
                return Vec::new();
            }
            let events = self.channel.receive(&bytes).expect("frames of the phone");
            let messages: Vec<_> = events.into_iter().filter_map(message_of).collect();
            if !messages.is_empty() {
                return messages;
            }
        }
    }

    /// Waits until the phone has answered for what was sent: its `Ack`, or none if it has hung up.
    pub fn ack(&mut self) -> Option<Vec<u8>> {
        loop {
            let messages = self.hear();
            if messages.is_empty() {
                return None;
            }
            if let Some(ack) = messages.into_iter().find(|message| message[0] == tag::ACK) {
                return Some(ack);
            }
        }
    }
}

/// What an honest dialler begins with: a right `Hello` and both digests.
pub fn greeting(key: &SignKey, handshake_hash: &[u8; 32]) -> Vec<Vec<u8>> {
    let digest = |scope: u8| message(tag::DIGEST, &(scope, 0_u32, [scope; 32]));
    vec![hello_of(key, handshake_hash, 0, &[1], 1), digest(0), digest(1)]
}

/// The message, if it is one.
pub fn message_of(event: ChannelEvent) -> Option<Vec<u8>> {
    match event {
        ChannelEvent::Message(message) => Some(message),
        ChannelEvent::Established { .. } => None,
    }
}

/// A `Hello`, signed for this channel by the dialler (role 0) or the answerer (role 1).
pub fn hello_of(key: &SignKey, handshake_hash: &[u8; 32], role: u8, versions: &[u8], rules: u16) -> Vec<u8> {
    let signature = key.sign(Purpose::Hello, &hash("hello", &[handshake_hash, &[role]]));
    let fields = (versions.to_vec(), rules, 1_310_720_u32, 29_000_000_i64, key.device(), signature);
    message(tag::HELLO, &fields)
}

/// A tag and fields.
pub fn message<T: serde::Serialize>(tag: u8, fields: &T) -> Vec<u8> {
    [vec![tag], encode(fields)].concat()
}

/// A `Run` message, honest in its form.
pub fn run_message(run: &Run) -> Vec<u8> {
    let raw = encode(&run.entries);
    packed(run, raw.len() as u32, &zstd::bulk::compress(&raw, 3).expect("a frame"))
}

/// A `Run` message with any frame.
pub fn packed(run: &Run, raw_bytes: u32, frame: &[u8]) -> Vec<u8> {
    let head = (raw_bytes, 0_u16, run.audience, run.device, run.from, run.previous);
    [vec![tag::RUN], encode(&head), encode(&run.signatures), encode(&frame.to_vec())].concat()
}
