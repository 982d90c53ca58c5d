//! What has become of a stored entry: its verdict, and why its body is gone if it is.

use std::fmt;

/// The state of a stored entry. A pure function of what is held, whoever brought it and in whatever order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryState {
    /// Counts.
    Accepted,
    /// May come to count: body kept, relayed, not applied.
    Held(Hold),
    /// Against a rule that can't change: body erased, the author is at fault.
    Refused(Refusal),
    /// Stub: taken away by an accepted erase, or with the record it belonged to.
    Erased,
    /// Stub: a later version of the same words took its place. What belongs to the record stays.
    Replaced,
    /// Stub: its time here was over.
    Expired,
    /// Stub: an active device of its author's member, or an own one, said it is gone for good.
    Told,
    /// Stub: the body hasn't come yet and is asked for.
    Missing,
}

macro_rules! reasons {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $code:literal $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            const fn code(self) -> u8 {
                match self { $(Self::$variant => $code,)* }
            }

            /// A stable word for apps and logs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

reasons!(
    /// What a held entry waits for.
    Hold {
        /// Its writer isn't known as an active device of a joined member.
        UnknownDevice = 32 "unknown_device",
        /// The record it changes or belongs to isn't here.
        MissingRecord = 33 "missing_record",
        /// A change it builds on isn't here.
        MissingDependency = 34 "missing_dependency",
        /// Its feed is closed below it.
        FeedClosed = 35 "feed_closed",
        /// An operation or a format of a later version.
        LaterOp = 36 "later_op",
        /// A newer version of its kind.
        LaterSchema = 37 "later_schema",
        /// automerge couldn't take it; the record is set aside.
        Quarantined = 38 "quarantined",
        /// Its record has as many changes as a record may have.
        RecordFull = 39 "record_full",
        /// Another copy of its phone changed the record at the same point, and of the two that change counts.
        Twin = 40 "twin",
    }
);

reasons!(
    /// The rule that a refused entry is against.
    Refusal {
        /// Its writer's member isn't in the audience.
        NotInAudience = 64 "not_in_audience",
        /// Entry 1 isn't the `open` of this audience, or an `open` stands later.
        WrongOpen = 65 "wrong_open",
        /// An event outside keys and roster feeds, or a record inside one.
        WrongFeed = 66 "wrong_feed",
        /// The body can't be read.
        Undecodable = 67 "undecodable",
        /// The subject must be the author.
        SubjectMustBeAuthor = 68 "subject_must_be_author",
        /// This member may not change or erase this record.
        NotAWriter = 69 "not_a_writer",
        /// A record of this kind may not be in this audience, or not with this header.
        KindNotHere = 70 "kind_not_here",
        /// The automerge change is against the rules for changes.
        BadChange = 71 "bad_change",
        /// The body, or the record with it, is larger than allowed.
        TooLarge = 72 "too_large",
        /// It is about, or moves, something in another audience.
        OtherAudience = 73 "other_audience",
        /// Words that only their author writes are replaced, never changed.
        MustReplace = 74 "must_replace",
        /// It replaces something that isn't its author's, or that never was.
        BadReplacement = 75 "bad_replacement",
        /// A roster or keys event that its writer may not write.
        NotTheirEvent = 76 "not_their_event",
        /// Its number in automerge's order was taken by another entry.
        DuplicateChange = 77 "duplicate_change",
    }
);

impl EntryState {
    /// One byte for the database.
    pub const fn code(self) -> u8 {
        match self {
            Self::Accepted => 1,
            Self::Erased => 2,
            Self::Expired => 3,
            Self::Told => 4,
            Self::Missing => 5,
            Self::Replaced => 6,
            Self::Held(hold) => hold.code(),
            Self::Refused(refusal) => refusal.code(),
        }
    }

    /// The state with this code.
    pub fn from_code(code: u8) -> Option<Self> {
        let plain = [Self::Accepted, Self::Erased, Self::Expired, Self::Told, Self::Missing, Self::Replaced];
        let held = Hold::ALL.iter().map(|hold| Self::Held(*hold));
        let refused = Refusal::ALL.iter().map(|refusal| Self::Refused(*refusal));
        plain.into_iter().chain(held).chain(refused).find(|state| state.code() == code)
    }

    /// Why an entry waits, or is refused, in a stable word.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Held(hold) => Some(hold.as_str()),
            Self::Refused(refusal) => Some(refusal.as_str()),
            _ => None,
        }
    }

    /// Whether an entry in this state has its body.
    pub const fn has_body(self) -> bool {
        matches!(self, Self::Accepted | Self::Held(_))
    }

    /// Whether a missing body is gone for good, so that nobody need ask for it.
    pub const fn is_final_stub(self) -> bool {
        matches!(self, Self::Erased | Self::Replaced | Self::Expired | Self::Told | Self::Refused(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_reads_back_from_its_code() {
        let states = (0..=u8::MAX).filter_map(EntryState::from_code).collect::<Vec<_>>();
        assert_eq!(states.len(), 6 + Hold::ALL.len() + Refusal::ALL.len());
        assert!(states.iter().all(|state| EntryState::from_code(state.code()) == Some(*state)));
    }
}
