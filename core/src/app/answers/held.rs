//! What is held here and not shown, or not wholly.

use serde::Serialize;

use super::records::AudienceView;
use crate::model::{DeviceKey, EntryState, Hold, MemberId, RecordId};

/// What is kept here and not, or not wholly, shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Held {
    /// Entries that this app can't read and a newer one may. They are kept and passed on, and count when the app is updated.
    pub for_a_newer_app: u64,
    /// Records that are shown as far as this app can read them: of a kind, or with fields, that a newer one wrote.
    pub shown_in_part: u64,
    /// Entries that wait for others still to come, or for someone to be let in.
    pub waiting: u64,
    /// Entries against a rule of the circle: their words were taken away on arrival.
    pub refused: u64,
}

/// Entries that one phone wrote for one audience and that don't count here, all for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SetAside {
    /// The phone that wrote them.
    pub device: DeviceKey,
    /// Whose phone it is; none if this phone doesn't know yet.
    pub member: Option<MemberId>,
    /// For whom they are.
    pub audience: AudienceView,
    /// Why they don't count.
    pub reason: SetAsideReason,
    /// How many they are.
    pub entries: u64,
    /// The records of this phone's lists that they were meant for.
    pub records: Vec<RecordId>,
    /// The protocol's word for the exact reason, such as `missing_dependency`: for logs and for those who mend apps.
    pub verdict: String,
}

/// Why entries don't count here, told apart by what can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum SetAsideReason {
    /// This app can't read them, and a newer one may. They are kept and passed on. Offer an update of the app.
    NeedsNewerApp,
    /// What they build on isn't here yet. They count as soon as it comes: meet more of the circle's phones.
    Incomplete,
    /// They come from a phone of which this one doesn't know yet whose it is, or whether its owner was let in: meet more of
    /// the circle's phones, and see who waits to be let in.
    UnknownPhone,
    /// Their record has as many changes as a record can have. Offer to go on in a new record.
    RecordFull,
    /// Two copies of one phone changed the same record at the same point, and the other's change counts. Show the record, so
    /// that what is missing in it can be written again.
    SecondCopy,
    /// They are against a rule of the circle, and their words were taken away on arrival; nothing that was here changed. A
    /// phone of this app never writes such entries. If more come, ask its owner to update it, or to pair it again.
    AgainstRules,
}

impl SetAsideReason {
    /// Why an entry in this state doesn't count; none if it does, or if nothing of it is to come.
    pub(in crate::app) fn of(state: EntryState) -> Option<Self> {
        match state {
            EntryState::Held(hold) => Some(match hold {
                Hold::LaterOp | Hold::LaterSchema | Hold::Quarantined => Self::NeedsNewerApp,
                Hold::MissingRecord | Hold::MissingDependency => Self::Incomplete,
                Hold::UnknownDevice | Hold::FeedClosed => Self::UnknownPhone,
                Hold::RecordFull => Self::RecordFull,
                Hold::Twin => Self::SecondCopy,
            }),
            EntryState::Refused(_) => Some(Self::AgainstRules),
            _ => None,
        }
    }
}
