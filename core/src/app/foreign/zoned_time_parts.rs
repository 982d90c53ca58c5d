//! A date-time with its zone, as it crosses.

use chrono::DateTime;

use super::malformed;
use crate::model::{ZoneName, ZonedTime};

/// A date-time with its zone, in parts.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ZonedTimeParts {
    /// Seconds from 1970-01-01T00:00 to the date and hour on the wall there, as if there were no zones.
    pub local_seconds: i64,
    /// The offset that was valid there, in minutes east of UTC, −840 to 840. It counts, whatever this build knows of the zone;
    /// without one, the zone's at that hour, the first of two, and then the zone must be known.
    pub offset_minutes: Option<i32>,
    /// The zone's IANA name, at most 40 characters.
    pub zone: String,
}

impl From<ZonedTime> for ZonedTimeParts {
    fn from(time: ZonedTime) -> Self {
        Self {
            local_seconds: time.local().and_utc().timestamp(),
            offset_minutes: Some(time.offset_minutes()),
            zone: time.zone().name().to_owned(),
        }
    }
}

impl ZonedTimeParts {
    fn to_time(&self) -> Option<ZonedTime> {
        let local = DateTime::from_timestamp(self.local_seconds, 0)?.naive_utc();
        let zone: ZoneName = self.zone.parse().ok()?;
        match self.offset_minutes {
            None => ZonedTime::new(local, zone.known()?),
            Some(offset) => ZonedTime::with_offset(local, offset, zone),
        }
    }
}

uniffi::custom_type!(
    /// A local date-time, its IANA zone and the offset it had there when written.
    ZonedTime, ZonedTimeParts, {
        lower: |time| time.into(),
        try_lift: |parts| parts.to_time().ok_or_else(|| malformed("time").into()),
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_goes_there_and_back_and_an_hour_that_never_was_does_not() {
        for text in ["2026-02-14T19:00-05:00[America/New_York]", "2026-11-01T01:30-05:00[America/New_York]"] {
            let time: ZonedTime = text.parse().unwrap();
            assert_eq!(ZonedTimeParts::from(time).to_time(), Some(time));
        }
        let dinner: ZonedTime = "2026-02-14T19:00[America/New_York]".parse().unwrap();
        let parts = ZonedTimeParts::from(dinner);
        assert_eq!(ZonedTimeParts { offset_minutes: None, ..parts.clone() }.to_time(), Some(dinner));
        assert_eq!(ZonedTimeParts { offset_minutes: Some(841), ..parts.clone() }.to_time(), None);
        let unknown = ZonedTimeParts { zone: "Mars/Olympus".to_owned(), ..parts.clone() };
        assert_eq!(ZonedTimeParts { offset_minutes: None, ..unknown.clone() }.to_time(), None);
        assert_eq!(ZonedTimeParts::from(unknown.to_time().unwrap()), unknown);
        assert_eq!(ZonedTimeParts { local_seconds: i64::MAX, ..parts }.to_time(), None);
    }
}
