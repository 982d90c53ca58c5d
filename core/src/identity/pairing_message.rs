//! What two phones say to each other while pairing, and the text a newcomer agrees to.
//!
//! A message is its tag and then its canonical bytes. Tags 1 to 15 are pairing's own: on the same channel a session
//! follows, and none of its messages can be taken for one of these.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::hash::hash;
use crate::model::kind::check_words;
use crate::model::limits::{MEMBERS_MAX, PROOF_BYTES_MAX};
use crate::model::roster_event::MemberStart;
use crate::model::{CircleId, DeviceKeys, EntryHash, MemberId, Role, Signature, codec};

/// A [`Here`] message, in bytes.
pub const HERE_BYTES_MAX: usize = 16 * 1024;
/// A name of a circle or a person, in characters, as their own kinds of record allow.
const NAME_CHARACTERS_MAX: usize = 40;
/// Every message but `Here` and `Admitted`, in bytes.
const SHORT_BYTES_MAX: usize = 256;

/// What a newcomer is shown: what each role sees, what others keep, how to leave.
pub const TERMS: &str = include_str!("../../words/terms.en.txt");

/// The hash by which a newcomer's `accept` names the text they were shown.
pub fn terms_hash() -> [u8; 32] {
    hash("terms", &[TERMS.as_bytes()])
}

/// Why a pairing ended, or refused to do something. Fixed words only: nothing a peer sent can end up in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairingError {
    /// Not what may be said or done now.
    OutOfOrder,
    /// Not a pairing message, over a limit, or at odds with itself.
    Malformed,
    /// The inviter revealed another nonce than it had committed to: somebody may stand between the phones.
    BrokenCommitment,
    /// The inviter would show words from a list that isn't here; one of the apps is older.
    WordListUnknown,
    /// The newcomer would agree to a text that isn't here and can't be shown; one of the apps is older.
    TermsUnknown,
    /// The other person saw other words: somebody may stand between the phones.
    WordsDiffer,
    /// The other person said no.
    Refused,
    /// The key named is not the key of this channel.
    KeyMismatch,
    /// The new device doesn't prove that it holds its signing key.
    NotProven,
    /// As many pairing codes are open as may be.
    TooManyCodes,
}

impl fmt::Display for PairingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfOrder => "not what comes next in a pairing",
            Self::Malformed => "not a pairing message as the protocol says",
            Self::BrokenCommitment => "the inviter broke its commitment",
            Self::WordListUnknown => "the inviter's word list is unknown here",
            Self::TermsUnknown => "the inviter's terms are unknown here",
            Self::WordsDiffer => "the two phones show different words",
            Self::Refused => "the other person said no",
            Self::KeyMismatch => "the key named is not the key of this channel",
            Self::NotProven => "the new device doesn't prove that it holds its key",
            Self::TooManyCodes => "too many pairing codes are open",
        })
    }
}

impl std::error::Error for PairingError {}

/// What a pairing code was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Invitation {
    /// Somebody new.
    NewMember {
        /// As what.
        role: Role,
        /// Who looks after a young member.
        guardian: Option<MemberId>,
    },
    /// Another device of the inviter's.
    OwnDevice,
}

impl Invitation {
    /// How the inviter `member` puts it to the newcomer.
    pub fn as_told_by(self, member: MemberId) -> HereAs {
        match self {
            Self::NewMember { role, guardian } => HereAs::NewMember { role, guardian },
            Self::OwnDevice => HereAs::OwnDevice { member },
        }
    }
}

/// As what the newcomer is invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum HereAs {
    /// Somebody new.
    NewMember {
        /// As what.
        role: Role,
        /// Who looks after a young member.
        guardian: Option<MemberId>,
    },
    /// Another device of this member, who is the inviter.
    OwnDevice {
        /// Whose.
        member: MemberId,
    },
}

/// Somebody in the circle, as the newcomer is told before saying yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonHere {
    /// Their id.
    pub member: MemberId,
    /// What they are called, up to 40 characters.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Who is here and as what the newcomer is invited. Told only after both people saw the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Here {
    /// The circle.
    pub circle: CircleId,
    /// Its name, up to 40 characters.
    pub circle_name: String,
    /// As what the newcomer is invited.
    pub invitation: HereAs,
    /// Who is here, the inviter among them.
    pub people: Vec<PersonHere>,
    /// [`terms_hash`] of the text the newcomer is shown.
    pub terms: [u8; 32],
    /// Who invites.
    pub inviter: MemberId,
    /// The inviter's device; its Noise key is the inviter's key on this channel.
    pub inviter_keys: DeviceKeys,
}

impl Here {
    /// Checks it on both sides: before the inviter says a word, and when the newcomer has read it.
    pub(super) fn check(&self) -> Result<(), PairingError> {
        let role = |member| self.people.iter().find(|person| person.member == member).map(|person| person.role);
        let named = |name: &str| check_words("name", name, NAME_CHARACTERS_MAX).is_ok();
        let members: BTreeSet<_> = self.people.iter().map(|person| person.member).collect();
        let told_well = members.len() == self.people.len()
            && members.len() <= MEMBERS_MAX
            && named(&self.circle_name)
            && self.people.iter().all(|person| named(&person.name))
            && codec::encode(self).len() < HERE_BYTES_MAX;
        let may_invite = match self.invitation {
            HereAs::OwnDevice { member } => member == self.inviter && members.contains(&member),
            // As the roster's fold will have it: adults invite, and a young member has a guardian, an adult here.
            HereAs::NewMember { role: newcomer, guardian } => {
                role(self.inviter) == Some(Role::Member)
                    && newcomer.is_young() == guardian.is_some()
                    && guardian.is_none_or(|guardian| role(guardian) == Some(Role::Member))
            }
        };
        if !told_well || !may_invite {
            return Err(PairingError::Malformed);
        }
        // Going on without the text would be a yes to something that nobody could read.
        if self.terms == terms_hash() { Ok(()) } else { Err(PairingError::TermsUnknown) }
    }
}

/// The newcomer's yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Accept {
    /// Of somebody new.
    Member(MemberStart),
    /// Of another device of the inviter's.
    Device {
        /// The new device.
        keys: DeviceKeys,
        /// Its signature over [`pop_hash`](crate::model::roster_event::pop_hash).
        pop: Signature,
    },
}

impl Accept {
    /// The keys of the newcomer's device.
    pub fn keys(&self) -> &DeviceKeys {
        match self {
            Self::Member(start) => &start.keys,
            Self::Device { keys, .. } => keys,
        }
    }
}

/// The admission is written: from here on the channel is a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admitted {
    /// The entry of the `admit`, or of the `device_add`.
    pub admit: EntryHash,
    /// Runs of keys and roster feeds, as the caller encodes them. Nobody has verified them yet.
    pub proof: Vec<u8>,
}

/// A message of a pairing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PairingMessage {
    Commit { commitment: [u8; 32], word_list: String },
    Nonce([u8; 16]),
    Reveal([u8; 16]),
    Match,
    Here(Here),
    Accept(Accept),
    Admitted(Admitted),
    Abort(u8),
}

impl PairingMessage {
    pub(super) fn encode(&self) -> Vec<u8> {
        let (tag, payload) = match self {
            Self::Commit { commitment, word_list } => (1, codec::encode(&(commitment, word_list))),
            Self::Nonce(nonce) => (2, codec::encode(nonce)),
            Self::Reveal(nonce) => (3, codec::encode(nonce)),
            Self::Match => (4, Vec::new()),
            Self::Here(here) => (5, codec::encode(here)),
            Self::Accept(accept) => (6, codec::encode(accept)),
            Self::Admitted(admitted) => (7, codec::encode(admitted)),
            Self::Abort(code) => (8, codec::encode(code)),
        };
        [vec![tag], payload].concat()
    }

    /// Reads a message. Its length is compared with its tag's limit before anything is read.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (&tag, payload) = bytes.split_first()?;
        let bytes_max = match tag {
            5 => HERE_BYTES_MAX,
            7 => PROOF_BYTES_MAX + SHORT_BYTES_MAX,
            _ => SHORT_BYTES_MAX,
        };
        match tag {
            _ if bytes.len() > bytes_max => None,
            1 => codec::decode(payload).map(|(commitment, word_list)| Self::Commit { commitment, word_list }),
            2 => codec::decode(payload).map(Self::Nonce),
            3 => codec::decode(payload).map(Self::Reveal),
            4 => payload.is_empty().then_some(Self::Match),
            5 => codec::decode(payload).map(Self::Here),
            6 => codec::decode(payload).map(Self::Accept),
            7 => codec::decode::<Admitted>(payload).filter(|it| it.proof.len() <= PROOF_BYTES_MAX).map(Self::Admitted),
            8 => codec::decode(payload).map(Self::Abort),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A shipped text stays, because people agreed to these words: a new text is a new file beside it.
    #[test]
    fn the_terms_are_the_text_that_people_agreed_to() {
        assert_eq!(
            EntryHash::from_bytes(terms_hash()).to_string(),
            "20ecf20e7c109a93bedfb1dbcdb4b66466a6d3aa7f799a79dcbdb45e8c638ebd"
        );
    }
}
