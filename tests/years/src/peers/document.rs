//! A family in one automerge document, as a first try at such an app would have it.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc};
use kinweave_core::app::Record;
use kinweave_core::model::{Body, Fields};

use crate::news::{news, note};

/// All records in a map of the document, each a map of its own, each made by a change of its own.
pub struct OneDocument(AutoCommit);

impl OneDocument {
    /// With these records.
    pub fn of(records: &[Record]) -> Self {
        let mut document = AutoCommit::new();
        for record in records {
            put_record(&mut document, &record.id.to_string(), &record.kind, record.body.to_fields());
            document.commit();
        }
        Self(document)
    }

    /// The document itself.
    pub fn into_document(self) -> AutoCommit {
        self.0
    }

    /// As it is stored.
    pub fn save(&mut self) -> Vec<u8> {
        self.0.save()
    }

    /// Opens what was stored, and reads its last 50 records. Answers how many fields they have.
    pub fn open_and_read_50(bytes: &[u8]) -> usize {
        let document = AutoCommit::load(bytes).expect("a document");
        let keys: Vec<_> = document.keys(ROOT).collect();
        let last = keys.iter().rev().take(50);
        last.map(|id| {
            let (_, map) = document.get(ROOT, id.as_str()).expect("a read").expect("a record");
            document.map_range(&map, ..).count()
        })
        .sum()
    }
}

/// Writes a record as a map of its own.
pub fn put_record(document: &mut impl Transactable, id: &str, kind: &str, fields: Fields) {
    let map = document.put_object(ROOT, id, ObjType::Map).expect("a map");
    document.put(&map, "kind", kind).expect("a field");
    for (name, value) in fields {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        document.put(&map, name, text).expect("a field");
    }
}

/// Writes a note of the words that the core gets for a meeting.
pub fn put_news(document: &mut impl Transactable, side: usize, round: usize, number: usize) {
    let body = Body::from(note(&news(round, number)));
    put_record(document, &format!("{side}-{round}-{number}"), body.kind(), body.to_fields());
}
