//! What the façade takes and gives: plain data, one screen at a time.

use serde::Serialize;

use crate::model::{
    AudienceId, Body, CircleId, Conflict, Date, DeviceKey, EntryHash, MemberId, RecordId, RecordRef, Role,
    VersionToken, WallMinutes,
};
use crate::views::MilestoneKey;

/// With whom a new record is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// A record to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// What it says.
    pub body: Body,
    /// With whom. A record about another always goes where that one is.
    pub with: ShareWith,
    /// The record it belongs to.
    pub about: Option<RecordId>,
    /// Whom it is about, if an app lets its user say so: anyone but the author is refused (domain rule 1), before it
    /// is asked whether there is such a person.
    pub subject: Option<String>,
    /// The last day on which others keep it.
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

fn as_fields<S: serde::Serializer>(body: &Body, serializer: S) -> Result<S::Ok, S::Error> {
    body.to_fields().serialize(serializer)
}

/// With whom something is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AudienceView {
    /// Its id.
    pub id: AudienceId,
    /// `set`, `home`, `home_adults`, `roster`, `keys`, `me` or `journal`.
    pub tag: &'static str,
    /// Who is in it now.
    pub members: Vec<MemberId>,
}

/// Which records to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Kinds by name; empty means all but the journal, which must be asked for by its name.
    pub kinds: Vec<String>,
    /// Only of this audience.
    pub audience: Option<AudienceId>,
    /// Only by or about this member.
    pub person: Option<MemberId>,
    /// Only from this day on, by the record's own date or else the day it was made.
    pub from: Option<Date>,
    /// Only up to this day.
    pub to: Option<Date>,
    /// Only what belongs to this record.
    pub about: Option<RecordId>,
    /// Only records whose writers disagree.
    pub only_conflicts: bool,
    /// The oldest first instead of the newest.
    pub oldest_first: bool,
    /// Where the last page ended.
    pub after: Option<String>,
    /// Records a page, 1 to 500; 0 means 50.
    pub limit: u32,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// The records.
    pub records: Vec<Record>,
    /// Where the next page starts; none after the last.
    pub next: Option<String>,
}

/// A member of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Their id.
    pub member: MemberId,
    /// What they call themselves; empty until their profile has come.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Who looks after a young member.
    pub guardian: Option<MemberId>,
    /// Whether it is the owner of this phone.
    pub is_me: bool,
}

/// The circle and this phone's place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Circle {
    /// Its id.
    pub circle: CircleId,
    /// Its name; empty until it has come.
    pub name: String,
    /// The owner of this phone.
    pub me: MemberId,
    /// This phone.
    pub device: DeviceKey,
    /// Everyone joined, by name.
    pub people: Vec<Person>,
}

/// A device of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Device {
    /// Its key.
    pub device: DeviceKey,
    /// Whose it is.
    pub member: MemberId,
    /// Its nickname, known on its owner's devices only.
    pub nickname: Option<String>,
    /// Whether it is this one.
    pub is_this: bool,
}

/// A milestone of this phone's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MilestoneView {
    /// What was reached; none for a milestone that no count derives.
    pub key: Option<MilestoneKey>,
    /// In words, such as "30 days".
    pub title: String,
    /// The day.
    pub reached_on: Date,
    /// What has become of it.
    pub state: MilestoneState,
    /// The question to put, where one is due.
    pub prompt: Option<String>,
    /// The private record, if there is one.
    pub record: Option<RecordId>,
    /// The copies that were shared.
    pub copies: Vec<RecordId>,
}

/// What has become of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneState {
    /// Reached before the timeline was made, or passed over: listed, never prompted.
    Reached,
    /// Its owner is being asked.
    Prompted,
    /// Noted for oneself.
    Kept,
    /// Shared with others.
    Shared,
    /// Celebrated; stays so, whatever comes later.
    Celebrated,
}

/// A celebration with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CelebrationView {
    /// The celebration.
    pub celebration: Record,
    /// `idea`, `planned`, `moved`, `cancelled` or `held`.
    pub state: &'static str,
    /// Everyone's answer, by member.
    pub answers: Vec<Answer>,
}

/// A member's answer to an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whose.
    pub member: MemberId,
    /// The answer.
    pub answer: crate::model::kinds::RsvpAnswer,
}

/// What this phone truthfully knows of another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeerStatus {
    /// The other phone.
    pub device: DeviceKey,
    /// Whose it is.
    pub member: MemberId,
    /// When the two last compared what they hold, in milliseconds since 1970 UTC; none if they never met.
    pub compared_at_ms: Option<i64>,
    /// How old its app is beside this one, by its own word; none if it wasn't met since this home was opened.
    pub app: Option<AppAge>,
    /// What each shared audience looked like then, against what is here now.
    pub audiences: Vec<AudienceStatus>,
}

/// How old another phone's app is, as far as it matters: by the rules it goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AppAge {
    /// It doesn't know all that this one writes. It keeps and passes on what it doesn't know.
    Older,
    /// It goes by the same rules.
    Same,
    /// It may write what this one can't show; see [`Kinweave::held`](super::Kinweave::held).
    Newer,
}

impl AppAge {
    pub(super) fn of(rules: u16) -> Self {
        match rules.cmp(&crate::model::op::RULES) {
            std::cmp::Ordering::Less => Self::Older,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Greater => Self::Newer,
        }
    }
}

/// What is kept here and not, or not wholly, shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Entries that only a newer app can read. They are kept and passed on, and count when the app is updated.
    pub for_a_newer_app: u64,
    /// Records that are shown as far as this app can read them: of a kind, or with fields, that a newer one wrote.
    pub shown_in_part: u64,
    /// Entries that wait for others still to come, or for someone to be let in.
    pub waiting: u64,
}

/// Whether a peer holds what is here, going by its own last authenticated word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AudienceStatus {
    /// The audience.
    pub audience: AudienceView,
    /// When the peer last said what it holds of it.
    pub compared_at_ms: Option<i64>,
    /// How many entries here it hadn't then.
    pub ahead: u64,
    /// How many entries it had then that aren't here.
    pub behind: u64,
}

/// What a meeting did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// The other phone.
    pub device: DeviceKey,
    /// Whose it is.
    pub member: MemberId,
    /// Bytes this phone put on the socket, handshake included.
    pub bytes_sent: u64,
    /// Bytes it took from the socket.
    pub bytes_received: u64,
    /// From dialling to the last word, in milliseconds.
    pub duration_ms: u64,
    /// Whether both ended with the same heads everywhere.
    pub equal: bool,
}

/// Everything held of one audience, as text that is equal on phones that hold the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AudienceDump {
    /// The audience.
    pub audience: AudienceView,
    /// One line an entry.
    pub entries: Vec<String>,
    /// One line a record.
    pub rows: Vec<String>,
}

/// An admission that waits for somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PendingAdmission {
    /// Names it.
    pub admit: EntryHash,
    /// Who would be let in.
    pub member: MemberId,
    /// Who hasn't approved yet.
    pub waiting_for: Vec<MemberId>,
    /// Whether the newcomer has said yes.
    pub accepted: bool,
    /// Whether the owner of this phone is among those who are asked.
    pub waits_for_me: bool,
}
