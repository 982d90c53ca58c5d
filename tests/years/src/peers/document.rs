//! A family in one automerge document, as a first try at such an app would have it.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc};
use kinweave_core::app::Record;

/// All records in a map of the document, each a map of its own, each made by a change of its own.
pub struct OneDocument(AutoCommit);

impl OneDocument {
    /// With these records.
    pub fn of(records: &[Record]) -> Self {
        let mut document = AutoCommit::new();
        for record in records {
            let id = record.id.to_string();
            let map = document.put_object(ROOT, &id, ObjType::Map).expect("a map");
            document.put(&map, "kind", record.kind.as_str()).expect("a field");
            for (name, value) in record.body.to_fields() {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                document.put(&map, name, text).expect("a field");
            }
            document.commit();
        }
        Self(document)
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
