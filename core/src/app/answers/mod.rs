//! What the façade takes and gives: plain data, one screen at a time.

mod celebrating;
mod people;
mod phones;
mod records;

pub use celebrating::*;
pub use people::*;
pub use phones::*;
pub use records::*;
