//! What the façade takes and gives: plain data, one screen at a time.

mod cards;
mod celebrating;
mod held;
mod people;
mod phones;
mod promising;
mod records;
mod searching;
mod storage;
mod today;

pub use cards::*;
pub use celebrating::*;
pub use held::*;
pub use people::*;
pub use phones::*;
pub use promising::*;
pub use records::*;
pub use searching::*;
pub use storage::*;
pub use today::*;
