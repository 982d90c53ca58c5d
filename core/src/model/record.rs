//! A record as it is read: its header, its body, and where its writers disagree.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::codec::{decode, encode};
use super::entry::RecordRef;
use super::hex;
use super::ids::{AudienceId, IdError, MemberId, RecordId};
use super::kind::Fields;
use super::op::Writers;
use super::time::{Date, WallMinutes};

/// A version's text, in bytes: more heads than that no document has.
const VERSION_TEXT_MAX: usize = 8_192;

/// The hash of an automerge change.
pub type ChangeHash = [u8; 32];

/// What a screen showed: an edit made with it never reverts what arrived meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TokenParts {
    record: RecordRef,
    heads: Vec<ChangeHash>,
}

/// The version of a record that a reader saw. Opaque to apps; it holds the position and heads, never the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionToken(TokenParts);

impl VersionToken {
    /// The version of `record` at `heads`.
    pub fn new(record: RecordRef, mut heads: Vec<ChangeHash>) -> Self {
        heads.sort_unstable();
        Self(TokenParts { record, heads })
    }

    /// The record whose version this is.
    pub fn record(&self) -> &RecordRef {
        &self.0.record
    }

    /// The heads of its document, sorted.
    pub fn heads(&self) -> &[ChangeHash] {
        &self.0.heads
    }
}

impl fmt::Display for VersionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, &encode(&self.0))
    }
}

impl FromStr for VersionToken {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.len() > VERSION_TEXT_MAX {
            return Err(IdError);
        }
        let mut bytes = vec![0; text.len() / 2];
        hex::read(text, &mut bytes).ok_or(IdError)?;
        decode(&bytes).map(Self).ok_or(IdError)
    }
}

impl Serialize for VersionToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VersionToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A field on which writers who hadn't seen each other disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// At least two distinct values, the one shown in the body first.
    pub candidates: Vec<Candidate>,
}

/// One of the values that a field could have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Candidate {
    /// The value; null where a writer took the value away.
    pub value: serde_json::Value,
    /// Who wrote it.
    pub member: MemberId,
}

/// A record's row: everything a reader needs, and nothing that isn't in the record's entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The app's name for it.
    pub id: RecordId,
    /// Its `create`; of a chain of replacements the first. Children and links name this.
    pub first: RecordRef,
    /// Its `create`; of a chain of replacements the one shown.
    pub current: RecordRef,
    /// The kind's name.
    pub kind: String,
    /// The kind's version.
    pub schema: u16,
    /// Who may change it.
    pub writers: Writers,
    /// With whom it is shared.
    pub audience: AudienceId,
    /// Who made it.
    pub author: MemberId,
    /// Whom it is about.
    pub subject: Option<MemberId>,
    /// When it was made, says its writer.
    pub wall: WallMinutes,
    /// The latest tick of its entries: orders rows of one audience.
    pub tick: u64,
    /// Its own date, if its kind has one.
    pub date: Option<Date>,
    /// Before this day only its author's devices show it.
    pub open_on: Option<Date>,
    /// The last day on which others keep it.
    pub expires_on: Option<Date>,
    /// The record it belongs to.
    pub about: Option<RecordRef>,
    /// Its body.
    pub fields: Fields,
    /// Where its writers disagree.
    pub conflicts: Vec<Conflict>,
    /// What an edit of what is shown must bring along.
    pub version: VersionToken,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::Position;
    use crate::model::ids::{DeviceKey, EntryHash};

    #[test]
    fn a_version_reads_back_from_its_text_and_nothing_else_does() {
        let position = Position { device: DeviceKey::from_bytes([1; 32]), number: 2 };
        let record = RecordRef::new(AudienceId::from_bytes([2; 32]), position, &EntryHash::from_bytes([3; 32]));
        let token = VersionToken::new(record, vec![[9; 32], [4; 32]]);
        assert_eq!(token.to_string().parse(), Ok(token));
        assert_eq!("00ff".parse::<VersionToken>(), Err(IdError));
        assert_eq!("é".parse::<VersionToken>(), Err(IdError));
    }
}
