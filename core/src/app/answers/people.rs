//! Who is in the circle, with which devices, and who waits to be.

use serde::Serialize;

use crate::identity::{HereAs, PersonHere};
use crate::model::{CircleId, DeviceKey, EntryHash, MemberId, Role};

/// A member of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CircleView {
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

/// What a newcomer is shown before they say yes. Told only after both people saw the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct WhoIsHere {
    /// The circle's name.
    pub circle_name: String,
    /// As what they are invited.
    pub invitation: HereAs,
    /// Who is here, the inviter among them.
    pub people: Vec<PersonHere>,
    /// Who invites.
    pub inviter: MemberId,
    /// What each role sees, what others keep, how to leave: the text they say yes to. Show all of it.
    pub terms: String,
}

/// A device of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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

/// An admission that waits for somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
