//! Words for people, and what this build is made of.

use std::collections::HashMap;

use kinweave_core::app::{Error, Parts};
use kinweave_core::model::Body;
use kinweave_core::views::{Language, Words};

/// The phrase with this key in this language, with each `{name}` replaced by its argument; where it has a form for one,
/// `count` of "1" selects it. None for a key that isn't there and for a missing argument: a sentence with a hole is worse
/// than none.
#[uniffi::export]
pub fn phrase(language: Language, key: String, arguments: HashMap<String, String>) -> Option<String> {
    let arguments: Vec<_> = arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Words::of(language).phrase(&key, &arguments)
}

/// The language of a tag such as `es-MX`; none for one that isn't spoken here.
#[uniffi::export]
pub fn language_of_tag(tag: String) -> Option<Language> {
    Language::from_tag(&tag)
}

/// Checks lengths, ranges, and fields that need each other, as writing it would: for a form that is being filled in.
///
/// # Errors
/// [`Error::InvalidInput`] with the field.
#[uniffi::export]
pub fn validate_body(body: Body) -> Result<(), Error> {
    Ok(body.validate()?)
}

/// The versions of this build and of the parts on which a home's bytes depend.
///
/// # Errors
/// [`Error::Internal`] if the database that is built in can't encrypt.
#[uniffi::export]
pub fn parts() -> Result<Parts, Error> {
    Parts::of_this_build()
}
