//! The golden circle, whose bytes core/PROTOCOL.md shows, and the form in which it shows them.

use std::fmt::Write;

use kinweave_core::channel::StaticKey;
use kinweave_core::documents::{Document, actor_of};
use kinweave_core::identity::SignKey;
use kinweave_core::model::kinds::{Celebration, spec};
use kinweave_core::model::roster_event::{Found, MemberStart};
use kinweave_core::model::{
    Audience, AudienceId, Body, CircleId, DeviceKeys, EntryHash, MemberId, Position, RecordRef,
};

/// Bytes in a line of hex.
const LINE_BYTES: usize = 48;

/// Named values, as a block shows them.
#[derive(Default)]
pub struct Block(String);

impl Block {
    /// A value in hex; a long one in lines.
    pub fn hex(&mut self, name: &str, bytes: &[u8]) {
        let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        if bytes.len() <= 32 {
            return self.text(name, &digits(bytes));
        }
        writeln!(self.0, "{name} ({} bytes)", bytes.len()).unwrap();
        bytes.chunks(LINE_BYTES).for_each(|line| writeln!(self.0, "  {}", digits(line)).unwrap());
    }

    /// A block of this text.
    pub fn of(text: String) -> Self {
        Self(text)
    }

    /// What the page shows.
    pub fn into_text(self) -> String {
        self.0
    }

    /// One line.
    pub fn line(&mut self, line: &str) {
        self.0 += line;
        self.0.push('\n');
    }

    /// A value as it is.
    pub fn text(&mut self, name: &str, text: &str) {
        writeln!(self.0, "{name:<24} {text}").unwrap();
    }
}

/// One device of a member of the golden circle.
pub struct Device {
    pub sign: SignKey,
    pub noise: StaticKey,
}

impl Device {
    /// Both secrets are this byte 32 times, the second one higher.
    pub fn new(byte: u8) -> Self {
        Self { sign: SignKey::from_bytes(&[byte; 32]), noise: StaticKey::from_bytes([byte + 1; 32]) }
    }

    /// Its public keys.
    pub fn keys(&self) -> DeviceKeys {
        DeviceKeys { sign_key: self.sign.device(), noise_key: self.noise.public() }
    }
}

/// Marta, who founded the circle, her tablet, and Dani.
pub struct World {
    pub marta: Device,
    pub tablet: Device,
    pub dani: Device,
    pub start: MemberStart,
    pub dani_start: MemberStart,
    pub found: Found,
    pub circle: CircleId,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The same at every call.
    pub fn new() -> Self {
        let [marta, tablet, dani] = [0x11, 0x21, 0x31].map(Device::new);
        let start = MemberStart { nonce: [0x13; 16], keys: marta.keys() };
        let dani_start = MemberStart { nonce: [0x33; 16], keys: dani.keys() };
        let found = Found { nonce: [0x14; 16], rules: 1, founder: start.member_id() };
        Self { marta, tablet, dani, start, dani_start, found, circle: found.circle_id() }
    }

    /// Marta and Dani.
    pub fn members(&self) -> [MemberId; 2] {
        [self.start.member_id(), self.dani_start.member_id()]
    }

    /// The set of both.
    pub fn set(&self) -> Audience {
        Audience::set(self.members())
    }

    /// Its id.
    pub fn set_id(&self) -> AudienceId {
        self.set().id(&self.circle)
    }

    /// A record of Marta's in the set of both.
    pub fn reference(&self, number: u64) -> RecordRef {
        let position = Position { device: self.marta.sign.device(), number };
        RecordRef::new(self.set_id(), position, &EntryHash::from_bytes([0xee; 32]))
    }

    /// A plan for a dinner, and the change that makes it.
    pub fn dinner(&self) -> (Document, Vec<u8>) {
        let body = Body::from(Celebration::idea("family_dinner_outing"));
        let actor = actor_of(&self.marta.sign.device());
        Document::create(spec("celebration"), &body.to_fields(), actor).unwrap()
    }
}
