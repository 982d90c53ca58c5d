//! The bytes of every session message, as `core/PROTOCOL.md` shows them. `KINWEAVE_BLESS=1` writes them anew.
#![cfg(test)]
#![allow(clippy::disallowed_methods, reason = "a test that compares a file of the repository")]

use std::fmt::Write;
use std::fs;

use super::bounded::Bounded;
use super::run_codec::unpack;
use super::wire::*;
use crate::model::run::Carried;
use crate::model::{AudienceId, Commitment, DeviceKey, EntryHash, Run, Signature, codec};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/session_messages.txt");
const AUDIENCE: AudienceId = AudienceId::from_bytes([0xa1; 32]);
const DEVICE: DeviceKey = DeviceKey::from_bytes([0xd1; 32]);
const HASH: EntryHash = EntryHash::from_bytes([0xe1; 32]);
const SIGNATURE: Signature = Signature::from_bytes([0x51; 64]);

/// A run of one entry of each form, and its message. The zstd frame is one raw block, which no version of zstd writes
/// and every version reads: golden bytes must not change with the library.
fn a_run() -> (Run, PackedRun) {
    let stub = Commitment::from_bytes([0xc1; 32]);
    let whole = Carried::Whole { salt: [0x5a; 16], body: vec![1, 2, 3] };
    let entries = vec![whole, Carried::StubFinal(stub), Carried::StubOpen(stub)];
    let signatures = vec![(64, SIGNATURE), (65, SIGNATURE)];
    let raw = codec::encode(&entries);
    let bytes = u8::try_from(raw.len()).unwrap();
    let [low, high, _, _] = (u32::from(bytes) << 3 | 1).to_le_bytes();
    let frame = [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes, low, high, 0], &raw[..]].concat();
    let packed = PackedRun {
        raw_bytes: u32::from(bytes),
        dictionary: 0,
        audience: AUDIENCE,
        device: DEVICE,
        from: 63,
        previous: HASH,
        signatures: Bounded::cut(signatures.clone()),
        frame: Bounded::cut(frame),
    };
    (Run { audience: AUDIENCE, device: DEVICE, from: 63, previous: HASH, entries, signatures }, packed)
}

fn messages() -> Vec<(&'static str, Message)> {
    let hello = Hello {
        versions: Bounded::cut(vec![1]),
        rules: 1,
        message_bytes_max: 1_310_720,
        wall: 29_513_520,
        sign_key: DEVICE,
        signature: SIGNATURE,
    };
    let wants = Bounded::cut(vec![(DEVICE, Bounded::cut(vec![(5, 900), (1, 2)]))]);
    let part = HavePart { audience: AUDIENCE, heads: Bounded::cut(vec![(DEVICE, 70, [0xe1; 16])]), wants };
    let side = |bytes: &[u8]| {
        let commitments = bytes.iter().map(|byte| Commitment::from_bytes([*byte; 32])).collect();
        (Bounded::cut(commitments), SIGNATURE)
    };
    let sides = [side(&[0xc1]), side(&[0xc2, 0xc3])];
    let proof = Proof { audience: AUDIENCE, device: DEVICE, from: 64, previous: HASH, sides };
    let ack = Ack { runs: 1, feeds: Bounded::cut(vec![(AUDIENCE, Bounded::cut(vec![(DEVICE, 65)]))]) };
    vec![
        ("16 Hello", Message::Hello(hello)),
        ("17 Digest", Message::Digest(Digest { scope: Scope::Trust, round: 3, digest: [0xdd; 32] })),
        ("18 Digests", Message::Digests(Bounded::cut(vec![([0xa1; 8], [0xdd; 8])]))),
        ("19 Have", Message::Have(Have { scope: Scope::Sets, last: true, parts: Bounded::cut(vec![part]) })),
        ("20 Run", Message::Run(a_run().1)),
        ("21 Served", Message::Served(Scope::Sets)),
        ("22 Ack", Message::Ack(ack)),
        ("23 Proof", Message::Proof(proof)),
        ("24 Done", Message::Done([0xdd; 32])),
        ("25 Bye", Message::Bye(0)),
    ]
}

#[test]
fn the_bytes_of_every_session_message_are_the_golden_ones() {
    let mut computed = String::new();
    for (name, message) in messages() {
        let bytes = message.encode();
        writeln!(computed, "{name} ({} bytes)", bytes.len()).unwrap();
        for line in bytes.chunks(48) {
            writeln!(computed, "  {}", line.iter().map(|byte| format!("{byte:02x}")).collect::<String>()).unwrap();
        }
        assert_eq!(Incoming::decode(&bytes), Some(Incoming::Known(message)));
    }
    if std::env::var_os("KINWEAVE_BLESS").is_some() {
        fs::write(GOLDEN, &computed).unwrap();
    }
    assert_eq!(fs::read_to_string(GOLDEN).unwrap(), computed);
}

#[test]
fn the_golden_run_unpacks_to_its_entries() {
    let (run, packed) = a_run();
    assert_eq!(unpack(packed), Ok(run));
}
