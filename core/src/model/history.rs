//! How a record came to say what it says.

use serde::Serialize;
use serde_json::Value;

use super::ids::{DeviceKey, MemberId};
use super::time::WallMinutes;

/// One step of a record's history: what somebody wrote at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HistoryStep {
    /// When, says its writer: minutes since 1970 UTC. Only of a record's making: edits carry no time, since it would
    /// tell everyone when somebody was awake.
    pub at: Option<WallMinutes>,
    /// Who wrote it.
    pub member: MemberId,
    /// On which of their devices.
    pub device: DeviceKey,
    /// What they did.
    pub deed: Deed,
    /// Whether its writer hadn't seen all of the steps before it.
    pub is_apart: bool,
    /// What they changed, by field.
    pub changes: Vec<FieldChange>,
}

/// What somebody did to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// They made it.
    Made,
    /// They wrote it anew, in the place of an earlier wording that no phone keeps.
    Rewrote,
    /// They changed it.
    Edited,
    /// They settled something on which people disagreed, by one of the wordings or by another.
    Settled,
}

/// What became of a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// What its writer saw there: nothing, a value, or all those on which people disagreed, the one that was shown first.
    pub from: Vec<Value>,
    /// What they made of it; null where they took it away.
    pub to: Value,
}
