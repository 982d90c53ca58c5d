//! What a store does, room by room: homes, entries, rows.
#![cfg(test)]
// Tests look at files with their own eyes.
#![allow(clippy::disallowed_methods)]

mod entries;
mod homes;
mod rows;
mod search;
mod snapshots;

use std::path::Path;

use super::*;
use crate::model::entry::commitment;
use crate::model::{Audience, AudienceId, CircleId, Date, DeviceKey, EntryHash, EntryState, MemberId, Position};

pub const KEY: [u8; 32] = [7; 32];

pub fn open(home: &Path) -> Store {
    Store::open(home, &KEY).unwrap()
}

/// A store in a new directory with the audience of two members, and its id.
pub fn store() -> (tempfile::TempDir, Store, AudienceId) {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let audience = Audience::set([member(1), member(2)]);
    let id = audience.id(&CircleId::from_bytes([9; 32]));
    let tx = store.begin().unwrap();
    tx.put_audience(&id, &audience).unwrap();
    tx.commit().unwrap();
    (home, store, id)
}

pub fn member(byte: u8) -> MemberId {
    MemberId::from_bytes([byte; 32])
}

pub fn device(byte: u8) -> DeviceKey {
    DeviceKey::from_bytes([byte; 32])
}

pub fn at(byte: u8, number: u64) -> Position {
    Position { device: device(byte), number }
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// An entry with this body, or a stub.
pub fn entry(audience: AudienceId, position: Position, state: EntryState, body: &[u8]) -> StoredEntry {
    let salt = [position.number as u8; 16];
    let mut hash = [position.device.as_bytes()[0]; 32];
    hash[..8].copy_from_slice(&position.number.to_be_bytes());
    StoredEntry {
        audience,
        position,
        hash: EntryHash::from_bytes(hash),
        commitment: commitment(&salt, body),
        body: state.has_body().then(|| (salt, body.to_vec())),
        signature: None,
        state,
        tick: position.number,
        record: None,
        about: None,
    }
}

/// What SQLite intends to do for this statement.
pub fn plan(store: &Store, sql: &str, count: usize) -> String {
    let reader = store.read().unwrap();
    let mut statement = reader.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nulls = rusqlite::params_from_iter(std::iter::repeat_n(rusqlite::types::Null, count));
    let steps = statement.query_map(nulls, |row| row.get::<_, String>(3)).unwrap();
    steps.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}
