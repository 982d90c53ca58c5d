//! What this build is made of, for a report or an "about" page.

use serde::Serialize;

use super::error::Error;
use crate::model::op::RULES;
use crate::store;

/// The versions of this build and of the parts on which a home's bytes depend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Parts {
    /// The core's own.
    pub kinweave: String,
    /// The rules by which records are judged: phones of other rules keep what they don't know.
    pub rules: u16,
    /// SQLite's.
    pub sqlite: String,
    /// SQLCipher's.
    pub sqlcipher: String,
}

impl Parts {
    /// Those of this build.
    ///
    /// # Errors
    /// [`Error::Internal`] if the database that is built in can't encrypt.
    pub fn of_this_build() -> Result<Self, Error> {
        let (sqlite, sqlcipher) = store::versions()?;
        Ok(Self { kinweave: env!("CARGO_PKG_VERSION").to_owned(), rules: RULES, sqlite, sqlcipher })
    }
}
