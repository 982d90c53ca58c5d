//! With whom a record is shared: sets that never change, and a few that follow the roster.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hash::hash;
use super::ids::{AudienceId, CircleId, MemberId};
use super::limits::MEMBERS_MAX;

/// An audience. A device holds bytes of a record only if its member is in the record's audience.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Exactly these members, sorted, for ever.
    Set(Vec<MemberId>),
    /// All members, young ones included.
    Home,
    /// All adult members.
    HomeAdults,
    /// Who is in the circle: admissions and what follows from them. Read by all members.
    Roster,
    /// The device keys of one member. Read by whoever shares an audience with them.
    Keys(MemberId),
    /// One member's own devices.
    Me(MemberId),
    /// One member's journal: own devices again, but never shared from and never reported.
    Journal(MemberId),
}

/// The tag that tells audiences apart in an `open`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[allow(missing_docs, reason = "each is described at the variant of `Audience` with the same name")]
pub enum AudienceTag {
    Set,
    Home,
    HomeAdults,
    Roster,
    Keys,
    Me,
    Journal,
}

impl fmt::Display for AudienceTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AudienceTag {
    /// The word hashed into the audience's id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Home => "home",
            Self::HomeAdults => "home_adults",
            Self::Roster => "roster",
            Self::Keys => "keys",
            Self::Me => "me",
            Self::Journal => "journal",
        }
    }
}

impl Audience {
    /// The fixed set of these members, whatever their order and however often each is named.
    pub fn set(members: impl IntoIterator<Item = MemberId>) -> Self {
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort_unstable();
        members.dedup();
        Self::Set(members)
    }

    /// The audience that an `open` gives, unless its members aren't sorted, distinct and of the right number.
    pub fn from_open(tag: AudienceTag, members: &[MemberId]) -> Option<Self> {
        let one = || match members {
            [member] => Some(*member),
            _ => None,
        };
        match tag {
            AudienceTag::Set => {
                let sorted = members.is_sorted_by(|a, b| a < b);
                (sorted && !members.is_empty() && members.len() <= MEMBERS_MAX).then(|| Self::Set(members.to_vec()))
            }
            AudienceTag::Home => members.is_empty().then_some(Self::Home),
            AudienceTag::HomeAdults => members.is_empty().then_some(Self::HomeAdults),
            AudienceTag::Roster => members.is_empty().then_some(Self::Roster),
            AudienceTag::Keys => one().map(Self::Keys),
            AudienceTag::Me => one().map(Self::Me),
            AudienceTag::Journal => one().map(Self::Journal),
        }
    }

    /// The tag of this audience.
    pub fn tag(&self) -> AudienceTag {
        match self {
            Self::Set(_) => AudienceTag::Set,
            Self::Home => AudienceTag::Home,
            Self::HomeAdults => AudienceTag::HomeAdults,
            Self::Roster => AudienceTag::Roster,
            Self::Keys(_) => AudienceTag::Keys,
            Self::Me(_) => AudienceTag::Me,
            Self::Journal(_) => AudienceTag::Journal,
        }
    }

    /// The members named by the audience itself: all of a set, the one of a personal audience, none of the others.
    pub fn named_members(&self) -> &[MemberId] {
        match self {
            Self::Set(members) => members,
            Self::Keys(member) | Self::Me(member) | Self::Journal(member) => std::slice::from_ref(member),
            Self::Home | Self::HomeAdults | Self::Roster => &[],
        }
    }

    /// The audience's name in this circle. Two phones that choose the same people get the same audience.
    pub fn id(&self, circle: &CircleId) -> AudienceId {
        let mut parts: Vec<&[u8]> = vec![circle.as_bytes(), self.tag().as_str().as_bytes()];
        match self.named_members() {
            [] => parts.push(&[]),
            members => parts.extend(members.iter().map(|member| &member.as_bytes()[..])),
        }
        AudienceId::from_bytes(hash("audience", &parts))
    }

    /// Whether its entries say who is who, rather than carry records.
    pub fn is_trust(&self) -> bool {
        matches!(self, Self::Roster | Self::Keys(_))
    }

    /// Whether only one member's own devices hold it.
    pub fn is_private(&self) -> bool {
        matches!(self, Self::Me(_) | Self::Journal(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_people_make_the_same_audience_in_any_order() {
        let circle = CircleId::from_bytes([1; 32]);
        let [a, b] = [2, 3].map(|byte| MemberId::from_bytes([byte; 32]));
        assert_eq!(Audience::set([a, b]).id(&circle), Audience::set([b, a, b]).id(&circle));
        assert_ne!(Audience::set([a]).id(&circle), Audience::Me(a).id(&circle));
        assert_eq!(Audience::from_open(AudienceTag::Set, &[b, a]), None);
        assert_eq!(Audience::from_open(AudienceTag::Me, &[]), None);
    }
}
