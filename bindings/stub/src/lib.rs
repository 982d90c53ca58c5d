//! Links SQLCipher, automerge, snow and UniFFI, each used enough that the linker keeps it, and nothing of ours: what an app
//! would carry that put the same parts together by itself. `cargo xtask size` weighs the library against it.

use automerge::sync::{State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc};
use rusqlite::Connection;
use snow::Builder;

uniffi::setup_scaffolding!();

/// What went wrong.
#[derive(Debug, uniffi::Error)]
pub enum StubError {
    /// One of the parts said no.
    Failed {
        /// Its words.
        reason: String,
    },
}

impl std::fmt::Display for StubError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Failed { reason } = self;
        f.write_str(reason)
    }
}

fn failed(error: impl std::fmt::Display) -> StubError {
    StubError::Failed { reason: error.to_string() }
}

/// Keeps a document in an encrypted file, and gives its text.
#[uniffi::export]
pub fn keep(path: String, key: String, words: String) -> Result<String, StubError> {
    let store = Connection::open(path).map_err(failed)?;
    store.pragma_update(None, "key", key).map_err(failed)?;
    store.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS kept USING fts5(words, document)").map_err(failed)?;
    let mut document = AutoCommit::new();
    let text = document.put_object(ROOT, "text", ObjType::Text).map_err(failed)?;
    document.splice_text(&text, 0, 0, &words).map_err(failed)?;
    store.execute("INSERT INTO kept VALUES (?1, ?2)", (&words, document.save())).map_err(failed)?;
    let saved: Vec<u8> = store.query_row("SELECT document FROM kept", [], |row| row.get(0)).map_err(failed)?;
    let mut other = AutoCommit::load(&saved).map_err(failed)?;
    other.merge(&mut document).map_err(failed)?;
    other.text(&text).map_err(failed)
}

/// Has two documents sync over an encrypted channel, and gives the number of bytes that crossed.
#[uniffi::export]
pub fn sync(words: String) -> Result<u64, StubError> {
    let builder = || Ok(Builder::new("Noise_XX_25519_ChaChaPoly_BLAKE2s".parse().map_err(failed)?));
    let (here, there) = (builder()?, builder()?);
    let keys = [here.generate_keypair().map_err(failed)?, there.generate_keypair().map_err(failed)?];
    let mut here = here.local_private_key(&keys[0].private).map_err(failed)?.build_initiator().map_err(failed)?;
    let mut there = there.local_private_key(&keys[1].private).map_err(failed)?.build_responder().map_err(failed)?;
    let (mut sealed, mut opened) = (vec![0; 65_535], vec![0; 65_535]);
    for turn in 0..3 {
        let (from, to) = if turn % 2 == 0 { (&mut here, &mut there) } else { (&mut there, &mut here) };
        let length = from.write_message(&[], &mut sealed).map_err(failed)?;
        to.read_message(&sealed[..length], &mut opened).map_err(failed)?;
    }
    let mut here = here.into_transport_mode().map_err(failed)?;
    let mut there = there.into_transport_mode().map_err(failed)?;
    let (mut document, mut other) = (AutoCommit::new(), AutoCommit::new());
    document.put(ROOT, "words", words).map_err(failed)?;
    let (mut state, mut other_state) = (State::new(), State::new());
    let mut bytes = 0;
    loop {
        let Some(message) = document.sync().generate_sync_message(&mut state) else { break };
        let length = here.write_message(&message.encode(), &mut sealed).map_err(failed)?;
        let length = there.read_message(&sealed[..length], &mut opened).map_err(failed)?;
        bytes += length as u64;
        let message = automerge::sync::Message::decode(&opened[..length]).map_err(failed)?;
        other.sync().receive_sync_message(&mut other_state, message).map_err(failed)?;
        let Some(answer) = other.sync().generate_sync_message(&mut other_state) else { break };
        document.sync().receive_sync_message(&mut state, answer).map_err(failed)?;
    }
    Ok(bytes)
}
