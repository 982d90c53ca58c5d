//! Two copies of the family's one document, and automerge's own protocol between them.

use automerge::AutoCommit;
use automerge::sync::{State, SyncDoc};
use kinweave_core::app::Record;

use super::document::{OneDocument, put_news};
use crate::news::NEWS;

/// Two copies, and what each knows of the other.
pub struct SyncedDocument {
    documents: [AutoCommit; 2],
    states: [State; 2],
}

impl SyncedDocument {
    /// Two that hold these records.
    pub fn of(records: &[Record]) -> Self {
        let mut one = OneDocument::of(records).into_document();
        let other = one.fork();
        let mut synced = Self { documents: [one, other], states: [State::new(), State::new()] };
        synced.meet();
        synced
    }

    /// Writes on both sides.
    pub fn write_news(&mut self, round: usize) {
        for (side, document) in self.documents.iter_mut().enumerate() {
            for number in 0..NEWS {
                put_news(document, side, round, number);
                document.commit();
            }
        }
    }

    /// Brings the two together. Answers how many bytes that took.
    pub fn meet(&mut self) -> u64 {
        // What is kept from one meeting to the next.
        self.states = [0, 1].map(|side| State::decode(&self.states[side].encode()).expect("a state"));
        let mut bytes = 0;
        loop {
            let mut is_silent = true;
            for (from, to) in [(0, 1), (1, 0)] {
                let message = self.documents[from].sync().generate_sync_message(&mut self.states[from]);
                let Some(message) = message else { continue };
                is_silent = false;
                bytes += message.clone().encode().len() as u64;
                self.documents[to].sync().receive_sync_message(&mut self.states[to], message).expect("a message");
            }
            if is_silent {
                break;
            }
        }
        assert_eq!(self.documents[0].get_heads(), self.documents[1].get_heads());
        bytes
    }
}
