//! The façade and the one owner thread that performs effects.

pub mod answers;
pub mod error;

pub use answers::*;
pub use error::{Error, Rule};
