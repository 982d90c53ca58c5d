//! What the core is measured against: the same work done by hand, or by others.

mod document;
mod insert;

pub use document::OneDocument;
pub use insert::SignedInserts;
