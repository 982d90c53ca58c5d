//! What is truly known of other phones.

use std::net::SocketAddr;

use serde::Serialize;

use super::records::AudienceView;
use crate::model::{Date, DeviceKey, MemberId};

/// What this phone truthfully knows of another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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

/// A phone of the circle that is seen on the local network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NearbyPhone {
    /// The phone.
    pub device: DeviceKey,
    /// Whose it is.
    pub member: MemberId,
    /// Where it can be met.
    pub address: SocketAddr,
    /// Whether it is connected.
    pub is_connected: bool,
}

/// Another phone writes with the keys of this one, because one was restored from a backup, or somebody copied it. Which of the two
/// is the owner's can't be told from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SecondCopy {
    /// When this phone noticed, by its own clock.
    pub noticed_on: Date,
}

/// How old another phone's app is, as far as it matters: by the rules it goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum AppAge {
    /// It doesn't know all that this one writes. It keeps and passes on what it doesn't know.
    Older,
    /// It goes by the same rules.
    Same,
    /// It may write what this one can't show; see [`Kinweave::held`](crate::app::Kinweave::held).
    Newer,
}

impl AppAge {
    pub(in crate::app) fn of(rules: u16) -> Self {
        match rules.cmp(&crate::model::op::RULES) {
            std::cmp::Ordering::Less => Self::Older,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Greater => Self::Newer,
        }
    }
}

/// Whether a peer holds what is here, going by its own last authenticated word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AudienceDump {
    /// The audience.
    pub audience: AudienceView,
    /// One line an entry.
    pub entries: Vec<String>,
    /// One line a record.
    pub rows: Vec<String>,
}
