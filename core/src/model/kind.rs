//! What a kind of record must say about itself, so that documents, rows and verdicts can be generic over kinds.

use std::fmt;
use std::ops::RangeInclusive;

use serde::Serialize;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;

use super::op::Writers;

/// The fields of a body, by name, as plain JSON values. An absent field is left out, never null.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// A kind of record: a plain struct, its rules, its checks and an example.
pub trait Kind: Serialize + DeserializeOwned + Sized {
    /// The rules of this kind.
    const SPEC: KindSpec;

    /// Checks what a type can't: lengths, ranges, fields that need each other.
    fn validate(&self) -> Result<(), InvalidInput>;

    /// A body as a family might write it; tests and documentation use it.
    fn example() -> Self;
}

/// The rules of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSpec {
    /// Its name, as it travels.
    pub name: &'static str,
    /// Its version. A newer one than this is held.
    pub schema: u16,
    /// Who may change a record of this kind.
    pub writers: Writers,
    /// Whom it is about.
    pub subject: SubjectRule,
    /// Whether a set with a young member may hold it.
    pub young: YoungRule,
    /// Where it goes unless the author says otherwise.
    pub audience: Placement,
    /// How long others keep it.
    pub retention: Retention,
    /// Whether it belongs to another record.
    pub about: AboutRule,
    /// Its fields.
    pub fields: &'static [FieldSpec],
}

impl KindSpec {
    /// The rules of the field with this name.
    pub fn field(&self, name: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Whom a record may be about. You write about yourself: there is no "anyone".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectRule {
    /// Its author.
    Author,
    /// Nobody: it belongs to all.
    None,
}

/// Whether a set with a young member may hold records of a kind. A young author's own `me` always may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YoungRule {
    /// No set with a young member.
    Never,
    /// Only sets that the author chose by name.
    Chosen,
    /// Any set.
    Everyone,
}

/// Where records of a kind may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Always all members.
    Home,
    /// Only the author's own devices.
    OnlyMe,
    /// The author's own devices, until the author shares a copy with a set.
    MeFirst,
    /// All adults and young members joined now, unless the author chooses.
    Everyone,
    /// All adults joined now, unless the author chooses.
    Circle,
    /// The author and whoever these fields name, unless the author chooses; without any, the author's own devices.
    Parties(&'static [&'static str]),
    /// Always all adults, those who join later too.
    HomeAdults,
    /// Always the author's journal: it can't be shared at all.
    Journal,
}

/// How long others keep a record. Its author's devices keep it until it is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// Until it is erased.
    UntilErased,
    /// This many days.
    Days(u16),
}

/// Whether a record belongs to another, and goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboutRule {
    /// It stands alone.
    Never,
    /// It may.
    Optional,
    /// It must.
    Required,
}

/// A field of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name, in documents, rows and JSON alike.
    pub name: &'static str,
    /// What concurrent writes do.
    pub merge: Merge,
    /// What the row takes from it.
    pub role: FieldRole,
}

/// What concurrent writes to a field do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// All are kept and shown until someone picks: facts such as a place or a time.
    Register,
    /// automerge's winner, silently: cosmetic only.
    Latest,
    /// A set of scalars; adding wins over removing.
    Set,
    /// Long words that several people write together.
    Text,
    /// Of versions written apart, the one with the more closed value is shown, whole and alone: a doubt about what others
    /// may see is settled by showing less. The groups go from closed to open; a value in none of them is the most closed.
    ClosedFirst(&'static [&'static [&'static str]]),
}

/// What the row of a record takes from a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    /// Only its value.
    Value,
    /// Its value, and words to search.
    Words,
    /// The date by which lists are sorted.
    Date,
    /// The date before which only its author's devices show the record.
    OpenOn,
}

impl FieldSpec {
    /// A register that is only a value.
    pub const fn register(name: &'static str) -> Self {
        Self { name, merge: Merge::Register, role: FieldRole::Value }
    }

    /// A register whose words are searched.
    pub const fn words(name: &'static str) -> Self {
        Self { name, merge: Merge::Register, role: FieldRole::Words }
    }

    /// A register with the date by which lists are sorted.
    pub const fn date(name: &'static str) -> Self {
        Self { name, merge: Merge::Register, role: FieldRole::Date }
    }

    /// A set of scalars.
    pub const fn set(name: &'static str) -> Self {
        Self { name, merge: Merge::Set, role: FieldRole::Value }
    }

    /// A set of words that are searched.
    pub const fn words_set(name: &'static str) -> Self {
        Self { name, merge: Merge::Set, role: FieldRole::Words }
    }
}

/// A field doesn't hold what it must.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InvalidInput {
    /// The field.
    pub field: String,
    /// What is wrong with it, as a stable word for apps.
    pub reason: InvalidReason,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum InvalidReason {
    /// It must not be empty.
    Empty,
    /// It has more characters than allowed, counted as Unicode scalars after NFC.
    TooLong,
    /// It is outside the allowed range.
    OutOfRange,
    /// It isn't of the right form.
    Malformed,
    /// Another field makes it necessary.
    Missing,
    /// Nobody here by that name or id.
    Unknown,
}

impl InvalidInput {
    /// `field` is wrong for this reason.
    pub fn new(field: &str, reason: InvalidReason) -> Self {
        Self { field: field.to_owned(), reason }
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            InvalidReason::Empty => "must not be empty",
            InvalidReason::TooLong => "is too long",
            InvalidReason::OutOfRange => "is out of range",
            InvalidReason::Malformed => "isn't of the right form",
            InvalidReason::Missing => "is needed here",
            InvalidReason::Unknown => "names nobody and nothing here",
        };
        write!(f, "{} {reason}", self.field)
    }
}

impl std::error::Error for InvalidInput {}

/// Checks that `text` has between 1 and `max` characters.
pub fn check_words(field: &str, text: &str, max: usize) -> Result<(), InvalidInput> {
    if text.trim().is_empty() {
        return Err(InvalidInput::new(field, InvalidReason::Empty));
    }
    // NFC, so that the same word typed on two keyboards has one length.
    if text.nfc().nth(max).is_some() { Err(InvalidInput::new(field, InvalidReason::TooLong)) } else { Ok(()) }
}

/// Checks a text that may be left out, but not left empty.
pub fn check_optional_words(field: &str, text: Option<&String>, max: usize) -> Result<(), InvalidInput> {
    text.map_or(Ok(()), |text| check_words(field, text, max))
}

/// Checks that a number, if there is one, is within its range.
pub fn check_range(field: &str, value: Option<u8>, range: RangeInclusive<u8>) -> Result<(), InvalidInput> {
    let is_within = value.is_none_or(|value| range.contains(&value));
    if is_within { Ok(()) } else { Err(InvalidInput::new(field, InvalidReason::OutOfRange)) }
}

/// Checks that a number, if there is one, is within its range and one of so many steps a unit. Steps keep equal answers
/// equal: two phones that computed 0.29 differently would otherwise show a conflict that nobody can see.
pub fn check_step(
    field: &str,
    value: Option<f64>,
    range: RangeInclusive<f64>,
    steps_a_unit: f64,
) -> Result<(), InvalidInput> {
    let is_step = |value: f64| (value * steps_a_unit).round() / steps_a_unit == value;
    let is_fine = value.is_none_or(|value| range.contains(&value) && is_step(value));
    if is_fine { Ok(()) } else { Err(InvalidInput::new(field, InvalidReason::OutOfRange)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_after_normalisation() {
        assert_eq!(check_words("name", "e\u{301}e\u{301}", 2), Ok(()));
        assert_eq!(check_words("name", "abc", 2), Err(InvalidInput::new("name", InvalidReason::TooLong)));
        assert_eq!(check_words("name", "  ", 2), Err(InvalidInput::new("name", InvalidReason::Empty)));
    }
}
