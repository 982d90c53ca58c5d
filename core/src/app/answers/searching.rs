//! What is searched for, and what is found.

use serde::Serialize;

use super::records::Record;
use crate::model::{Date, MemberId};

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SearchQuery {
    /// Up to 200 characters and 16 words. All must be in the record; those in quotes side by side; the last may be the
    /// beginning of a word. Case and accents don't matter, and nothing in it is an operator.
    pub text: String,
    /// Kinds by name; empty means all but the journal, which must be asked for by its name.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kinds: Vec<String>,
    /// Only by or about this member.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub person: Option<MemberId>,
    /// Only from this day on, by the record's own date or else the day it was made.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub from: Option<Date>,
    /// Only up to this day.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: Option<Date>,
    /// Where the last page ended.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub after: Option<String>,
    /// Hits a page, 1 to 1,000; 0 means 50.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub limit: u32,
}

impl SearchQuery {
    /// These words, everywhere but in the journal.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// One page of what was found, the newest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SearchPage {
    /// The hits.
    pub hits: Vec<SearchHit>,
    /// Where the next page starts; none after the last.
    pub next: Option<String>,
}

/// A record that has all the words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SearchHit {
    /// The record.
    pub record: Record,
    /// The words around the first of those asked for, as they were written, on one line; "…" where they were cut.
    pub excerpt: String,
}
