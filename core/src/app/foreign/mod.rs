//! How types that have rules of their own, or are another crate's, cross to Kotlin and Swift. Every other type derives its
//! crossing where it is defined, so that none is written twice.
//!
//! What can't be read back is an [`Error::InvalidInput`], like any other input of an app's.
#![allow(
    clippy::disallowed_types,
    reason = "UniFFI crosses in hashed sets and maps; ordered ones are made of them at once"
)]

mod error_summary;
mod field_value;
mod zone_parts;
mod zoned_time_parts;

use std::collections::{BTreeSet, HashSet};
use std::net::{IpAddr, SocketAddr};

use chrono::NaiveDate;
pub use field_value::{AnyValue, FieldValue, UnknownFields};
pub use zone_parts::ZoneParts;
pub use zoned_time_parts::ZonedTimeParts;

use super::error::Error;
use crate::model::kinds::{Association, CardShows, Feeling, Halt};
use crate::model::*;

fn malformed(field: &str) -> Error {
    InvalidInput::new(field, InvalidReason::Malformed).into()
}

/// Types that cross as the text that `Display` writes and `FromStr` reads.
macro_rules! as_text {
    ($($(#[$doc:meta])* $name:ident: $field:literal,)*) => {$(
        uniffi::custom_type!(
            $(#[$doc])*
            $name, String, {
                lower: |it| it.to_string(),
                try_lift: |text| text.parse().map_err(|_| malformed($field).into()),
            }
        );
    )*};
}

as_text! {
    /// A circle.
    CircleId: "circle",
    /// A member of a circle. Rejoining makes a new one.
    MemberId: "member",
    /// A device, named by its key.
    DeviceKey: "device",
    /// A set of members with whom records are shared.
    AudienceId: "audience",
    /// An admission that waits.
    EntryHash: "admit",
    /// What this device calls a record. It is local, never sent, and gone with the record.
    RecordId: "id",
    /// Something in this device's trash.
    TrashId: "id",
    /// How records name each other.
    RecordRef: "reference",
    /// The version of a record that a screen showed. An edit needs it.
    VersionToken: "version",
}

/// Sets, each with a name since UniFFI knows no generic ordered set.
macro_rules! as_set {
    ($($(#[$doc:meta])* $name:ident of $item:ty,)*) => {$(
        $(#[$doc])*
        pub type $name = BTreeSet<$item>;
        uniffi::custom_type!(
            $(#[$doc])*
            $name, HashSet<$item>, {
                remote,
                lower: |set| set.into_iter().collect(),
                try_lift: |set| Ok(set.into_iter().collect()),
            }
        );
    )*};
}

as_set! {
    /// Members of the circle.
    Members of MemberId,
    /// Words, such as labels.
    Labels of String,
    /// Feelings.
    Feelings of Feeling,
    /// What a feeling goes with.
    Associations of Association,
    /// Needs that were not met.
    Needs of Halt,
    /// What a card shows.
    CardParts of CardShows,
    /// Numbers of days.
    DayCounts of u32,
}

/// A civil date. Named so because a `Date` of Swift is an instant.
pub type CivilDate = NaiveDate;

uniffi::custom_type!(
    /// A civil date, as days since 1970-01-01.
    CivilDate, i32, {
        remote,
        lower: |date| date.to_epoch_days(),
        try_lift: |days| NaiveDate::from_epoch_days(days).ok_or_else(|| malformed("date").into()),
    }
);

/// A port of a device on a network.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Endpoint {
    /// The IP address in its usual form, such as `192.168.1.5`.
    pub ip: String,
    /// The port.
    pub port: u16,
}

uniffi::custom_type!(
    /// A port of a device on a network.
    SocketAddr, Endpoint, {
        remote,
        lower: |address| Endpoint { ip: address.ip().to_string(), port: address.port() },
        try_lift: |endpoint| {
            let ip: IpAddr = endpoint.ip.parse().map_err(|_| malformed("ip"))?;
            Ok(SocketAddr::new(ip, endpoint.port))
        },
    }
);

type Weekday = chrono::Weekday;

/// A day of the week.
#[uniffi::remote(Enum)]
enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}
