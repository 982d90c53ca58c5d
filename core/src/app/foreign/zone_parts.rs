//! A time zone, as it crosses.

use crate::model::{InvalidInput, InvalidReason, Zone};

/// A time zone, in parts.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ZoneParts {
    /// Its IANA name.
    pub name: String,
    /// The offset there now, in minutes east of UTC, −840 to 840: what this build goes by if it doesn't know the name. A phone whose
    /// system is newer than the app may be anywhere.
    pub offset_minutes: Option<i32>,
}

impl From<Zone> for ZoneParts {
    fn from(zone: Zone) -> Self {
        Self { name: zone.name().to_owned(), offset_minutes: None }
    }
}

impl ZoneParts {
    fn to_zone(&self) -> Option<Zone> {
        self.name.parse().ok().or_else(|| Zone::fixed(self.offset_minutes?))
    }
}

uniffi::custom_type!(
    /// A time zone.
    Zone, ZoneParts, {
        lower: |zone| zone.into(),
        try_lift: |parts| parts.to_zone().ok_or_else(|| super::Error::from(InvalidInput::new("zone", InvalidReason::Unknown)).into()),
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_known_by_its_name_or_else_by_its_offset() {
        let zone = |name: &str, offset_minutes| ZoneParts { name: name.to_owned(), offset_minutes }.to_zone();
        assert_eq!(zone("America/New_York", Some(-240)), "America/New_York".parse().ok());
        assert_eq!(zone("Mars/Olympus", Some(-240)), Zone::fixed(-240));
        assert_eq!([zone("Mars/Olympus", None), zone("Mars/Olympus", Some(900))], [None, None]);
        let parts = ZoneParts::from(Zone::UTC);
        assert_eq!(parts.to_zone(), Some(Zone::UTC));
    }
}
