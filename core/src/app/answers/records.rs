//! Records as they are written, read and listed.

use serde::Serialize;

use crate::model::audience::AudienceTag;
use crate::model::{AudienceId, Body, Conflict, Date, MemberId, RecordId, RecordRef, VersionToken, WallMinutes};

/// With whom a new record is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ShareWith {
    /// Where records of its kind go by themselves.
    Default,
    /// The author's own devices.
    OnlyMe,
    /// The adults who are in the circle now.
    Circle,
    /// The adults and young members who are in the circle now.
    Everyone,
    /// The author and these members.
    Chosen(Vec<MemberId>),
}

/// How much of a check-in is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CheckInPart {
    /// The day in one word, and what would be good now.
    Band,
    /// All of it.
    Whole {
        /// The craving too. It stays with its author unless they say so for this one.
        with_craving: bool,
    },
}

/// A copy of one's own record that others have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CopyView {
    /// The copy's id.
    pub id: RecordId,
    /// Who has it.
    pub audience: AudienceView,
    /// Since when.
    pub since: Date,
    /// Whether the record has been changed since. Then an app offers [`update_copy`](crate::app::Kinweave::update_copy).
    pub is_outdated: bool,
}

/// A record to be made.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NewRecord {
    /// What it says.
    pub body: Body,
    /// With whom. A record about another always goes where that one is.
    pub with: ShareWith,
    /// The record it belongs to.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub about: Option<RecordId>,
    /// Whom it is about, if an app lets its user say so: anyone but the author is refused, before it
    /// is asked whether there is such a person.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub subject: Option<String>,
    /// The last day on which others keep it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub expires_on: Option<Date>,
}

impl NewRecord {
    /// A record of this body, shared as its kind usually is.
    pub fn new(body: impl Into<Body>) -> Self {
        Self { body: body.into(), with: ShareWith::Default, about: None, subject: None, expires_on: None }
    }

    /// The same, shared with these.
    pub fn with(mut self, with: ShareWith) -> Self {
        self.with = with;
        self
    }

    /// The same, belonging to the record `parent`.
    pub fn about(mut self, parent: RecordId) -> Self {
        self.about = Some(parent);
        self
    }
}

/// A record as a screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Record {
    /// Its id on this phone.
    pub id: RecordId,
    /// How other records name it.
    pub reference: RecordRef,
    /// The kind's name.
    pub kind: String,
    /// What it says.
    #[serde(serialize_with = "as_fields")]
    pub body: Body,
    /// Where its writers disagree.
    pub conflicts: Vec<Conflict>,
    /// Who made it.
    pub author: MemberId,
    /// With whom it is shared.
    pub audience: AudienceView,
    /// The record it belongs to, if that is here.
    pub about: Option<RecordId>,
    /// When it was made, says its author: minutes since 1970 UTC.
    pub wall: WallMinutes,
    /// Its own date, if it has one.
    pub date: Option<Date>,
    /// Whether this member may change it.
    pub editable: bool,
    /// What `edit` needs to know which version was seen.
    pub version: VersionToken,
}

pub(super) fn as_fields<S: serde::Serializer>(body: &Body, serializer: S) -> Result<S::Ok, S::Error> {
    body.to_fields().serialize(serializer)
}

fn as_word<S: serde::Serializer>(tag: &AudienceTag, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(tag.as_str())
}

/// With whom something is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AudienceView {
    /// Its id.
    pub id: AudienceId,
    /// Of what sort it is.
    #[serde(serialize_with = "as_word")]
    pub tag: AudienceTag,
    /// Who is in it now.
    pub members: Vec<MemberId>,
}

/// Which records to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ListQuery {
    /// Kinds by name; empty means all but the journal, which must be asked for by its name.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kinds: Vec<String>,
    /// Only of this audience.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub audience: Option<AudienceId>,
    /// Only by or about this member.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub person: Option<MemberId>,
    /// Only from this day on, by the record's own date or else the day it was made.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub from: Option<Date>,
    /// Only up to this day.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: Option<Date>,
    /// Only what belongs to this record.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub about: Option<RecordId>,
    /// Only records whose writers disagree.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub only_conflicts: bool,
    /// The oldest first instead of the newest.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub oldest_first: bool,
    /// Where the last page ended.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub after: Option<String>,
    /// Records a page, 1 to 1,000; 0 means 50.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub limit: u32,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Page {
    /// The records.
    pub records: Vec<Record>,
    /// Where the next page starts; none after the last.
    pub next: Option<String>,
}
