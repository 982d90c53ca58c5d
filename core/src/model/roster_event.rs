//! Who is who: the events of keys and roster feeds.

use serde::{Deserialize, Serialize};

use super::codec::{decode, encode};
use super::hash::hash;
use super::ids::{CircleId, DeviceKey, EntryHash, MemberId, NoiseKey, Signature};
use super::time::WallMinutes;

/// What a member may do. There is no owner and no admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// An adult of the family.
    Member,
    /// A member under age.
    YoungMember(AgeBand),
    /// A therapist or another professional, let in by someone for something.
    ProfessionalGuest,
}

impl Role {
    /// Whether this role is part of the circle *adults*.
    pub fn is_adult_member(self) -> bool {
        self == Self::Member
    }

    /// Whether this role is that of a young member.
    pub fn is_young(self) -> bool {
        matches!(self, Self::YoungMember(_))
    }
}

/// How old a young member is, roughly: nobody needs to know more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AgeBand {
    /// Under 13.
    #[serde(rename = "under_13")]
    Under13,
    /// 13 to 17.
    #[serde(rename = "13_17")]
    From13To17,
}

/// The two public keys of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceKeys {
    /// Signs entries, and names the device.
    pub sign_key: DeviceKey,
    /// Opens channels.
    pub noise_key: NoiseKey,
}

/// What the writer knew of keys and roster feeds: the highest number per feed, sorted by device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Keys feeds.
    pub keys: Vec<(DeviceKey, u64)>,
    /// Roster feeds.
    pub roster: Vec<(DeviceKey, u64)>,
}

/// An event and what its writer knew. Named by the hash of its entry, save where an event's own hash is a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterEvent {
    /// What the writer knew.
    pub seen: Seen,
    /// What happened.
    pub fact: Fact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// keys: a member begins, with a first device. Its hash is the member's id.
    MemberStart(MemberStart),
    /// keys: an active device vouches for another of the same member.
    DeviceAdd(DeviceAdd),
    /// keys: the new device's own first event, naming the `DeviceAdd`'s entry.
    DeviceConfirm(EntryHash),
    /// roster: a circle begins. Its hash is the circle's id.
    Found(Found),
    /// roster: someone is invited, and what with.
    Admit(Admit),
    /// roster: the newcomer's answer.
    Accept {
        /// The `Admit`'s entry.
        admit: EntryHash,
        /// What they were shown about roles, and agreed to.
        terms: [u8; 32],
    },
    /// roster: an approver agrees to the `Admit` at this entry.
    Approve(EntryHash),
    /// roster: the writer wants to be asked before anyone is admitted, or no longer.
    AskMe(bool),
    /// keys: a device of the member is to be theirs no longer.
    DeviceRevoke(DeviceRevoke),
    /// An event of a later version: kept, relayed, without effect yet.
    Later {
        /// Its tag.
        tag: u8,
        /// Everything after the tag.
        payload: Vec<u8>,
    },
}

/// The beginning of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberStart {
    /// Makes the member's id new even where keys are not.
    pub nonce: [u8; 16],
    /// The first device.
    pub keys: DeviceKeys,
}

impl MemberStart {
    /// The member that begins here.
    pub fn member_id(&self) -> MemberId {
        MemberId::from_bytes(hash("member", &[&encode(self)]))
    }
}

/// One device vouches for another of its member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAdd {
    /// The new device.
    pub keys: DeviceKeys,
    /// The handshake over which the two met.
    pub handshake_hash: [u8; 32],
    /// The new device's signature over [`pop_hash`]: nobody can add a device that isn't there.
    pub pop: Signature,
}

/// What a new device signs to prove that it holds its key: `H("pop" ‖ circle ‖ member ‖ keys ‖ handshake hash)`.
pub fn pop_hash(circle: &CircleId, member: &MemberId, keys: &DeviceKeys, handshake_hash: &[u8; 32]) -> [u8; 32] {
    hash("pop", &[circle.as_bytes(), member.as_bytes(), &encode(keys), handshake_hash])
}

/// A device of a member is to be theirs no longer. This version knows it of the device itself, which retires its own key; about
/// another device it is of a later version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRevoke {
    /// The device.
    pub device: DeviceKey,
    /// Since when it may have been in other hands.
    pub lost_since: WallMinutes,
    /// The last number of its keys feed that counts.
    pub keys_cut: u64,
    /// The last number of its roster feed that counts.
    pub roster_cut: u64,
}

/// The beginning of a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Makes the circle's id new.
    pub nonce: [u8; 16],
    /// The rules it starts with.
    pub rules: u16,
    /// Who founded it, and is its first member.
    pub founder: MemberId,
}

impl Found {
    /// The circle that begins here.
    pub fn circle_id(&self) -> CircleId {
        CircleId::from_bytes(hash("circle", &[&encode(self)]))
    }
}

/// An invitation on the record. Its author approves by writing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admit {
    /// The newcomer.
    pub member: MemberId,
    /// As what.
    pub role: Role,
    /// Who else must agree, sorted.
    pub approvers: Vec<MemberId>,
    /// Who looks after a young member.
    pub guardian: Option<MemberId>,
    /// The id under which the newcomer was here before.
    pub continues: Option<MemberId>,
}

const MEMBER_START: u8 = 1;
const DEVICE_ADD: u8 = 2;
const DEVICE_CONFIRM: u8 = 3;
const DEVICE_REVOKE: u8 = 4;
const FOUND: u8 = 16;
const ADMIT: u8 = 17;
const ACCEPT: u8 = 18;
const APPROVE: u8 = 19;
const ASK_ME: u8 = 20;

impl RosterEvent {
    /// Tag, what was seen, and the fact's canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (tag, payload) = match &self.fact {
            Fact::MemberStart(start) => (MEMBER_START, encode(start)),
            Fact::DeviceAdd(add) => (DEVICE_ADD, encode(add)),
            Fact::DeviceConfirm(add) => (DEVICE_CONFIRM, encode(add)),
            Fact::DeviceRevoke(revoke) => (DEVICE_REVOKE, encode(revoke)),
            Fact::Found(found) => (FOUND, encode(found)),
            Fact::Admit(admit) => (ADMIT, encode(admit)),
            Fact::Accept { admit, terms } => (ACCEPT, encode(&(admit, terms))),
            Fact::Approve(admit) => (APPROVE, encode(admit)),
            Fact::AskMe(on) => (ASK_ME, encode(on)),
            Fact::Later { tag, payload } => (*tag, payload.clone()),
        };
        let mut bytes = vec![tag];
        bytes.extend(encode(&self.seen));
        bytes.extend(payload);
        bytes
    }

    /// Reads an event; `None` if it isn't in canonical form.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (&tag, rest) = bytes.split_first()?;
        let (seen, payload) = postcard::take_from_bytes::<Seen>(rest).ok()?;
        let fact = match tag {
            MEMBER_START => decode(payload).map(Fact::MemberStart)?,
            DEVICE_ADD => decode(payload).map(Fact::DeviceAdd)?,
            DEVICE_CONFIRM => decode(payload).map(Fact::DeviceConfirm)?,
            DEVICE_REVOKE => decode(payload).map(Fact::DeviceRevoke)?,
            FOUND => decode(payload).map(Fact::Found)?,
            ADMIT => decode(payload).map(Fact::Admit)?,
            ACCEPT => decode(payload).map(|(admit, terms)| Fact::Accept { admit, terms })?,
            APPROVE => decode(payload).map(Fact::Approve)?,
            ASK_ME => decode(payload).map(Fact::AskMe)?,
            _ => Fact::Later { tag, payload: payload.to_vec() },
        };
        let event = Self { seen, fact };
        (event.encode() == bytes).then_some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_go_there_and_back() {
        let member = MemberId::from_bytes([9; 32]);
        let admit = Admit {
            member,
            role: Role::YoungMember(AgeBand::From13To17),
            approvers: vec![],
            guardian: Some(member),
            continues: None,
        };
        let seen = Seen { keys: vec![(DeviceKey::from_bytes([1; 32]), 3)], roster: vec![] };
        let revoke = DeviceRevoke {
            device: DeviceKey::from_bytes([1; 32]),
            lost_since: 29_000_000,
            keys_cut: 3,
            roster_cut: 300,
        };
        let later = Fact::Later { tag: 5, payload: vec![7; 40] };
        for fact in [Fact::Admit(admit), Fact::AskMe(true), Fact::DeviceRevoke(revoke), later] {
            let event = RosterEvent { seen: seen.clone(), fact };
            assert_eq!(RosterEvent::decode(&event.encode()), Some(event));
        }
        assert_eq!(RosterEvent::decode(&[ADMIT, 0, 0]), None);
    }
}
