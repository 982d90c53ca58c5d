//! Time as people give it. Nothing here reads a clock: what is claimed comes in, and only people are shown it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::zone::{Zone, ZoneName, is_offset, read_offset, write_offset};

/// A civil date, for example the first day of a timeline: no zone, no hour.
pub type Date = NaiveDate;

/// Minutes since 1970-01-01T00:00Z by the writer's own clock: a claim, used to show a list in a natural order.
pub type WallMinutes = i64;

/// What the phone's clock and zone say now. Passed in wherever time matters, so that a whole world can be replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub unix_ms: i64,
    /// The zone in which this phone's owner counts days.
    pub zone: Zone,
}

impl Now {
    /// The civil date in the owner's zone.
    pub fn today(&self) -> Date {
        self.local().date()
    }

    /// The date and hour on the owner's wall.
    pub fn local(&self) -> NaiveDateTime {
        self.zone.local(self.unix_ms)
    }

    /// Whole minutes since 1970-01-01T00:00Z.
    pub fn wall(&self) -> WallMinutes {
        self.unix_ms.div_euclid(60_000)
    }

    /// How long until the owner's next day begins, in milliseconds; an hour off on the days on which clocks change.
    pub fn ms_until_midnight(&self) -> u64 {
        let of_day = self.local().time().signed_duration_since(NaiveTime::MIN);
        u64::try_from(24 * 60 * 60 * 1_000 - of_day.num_milliseconds()).unwrap_or(0).max(1_000)
    }
}

/// A local date-time, its IANA zone and the offset it had there when written: `2026-02-14T19:00-05:00[America/New_York]`.
///
/// One scalar on purpose: a family that agrees on the hour must not be shown a conflict about the zone.
///
/// The offset is the writer's word, and counts: rules change, and a phone whose tables are older or newer than the writer's must
/// neither refuse the hour nor move it. It need not know the zone at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZonedTime {
    local: NaiveDateTime,
    offset_minutes: i32,
    zone: ZoneName,
}

/// The text is not a date-time with a zone as [`ZonedTime`] writes it, or lacks the offset where the zone has no such hour or
/// isn't known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZonedTimeError;

/// How the date and hour on the wall are written.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

impl fmt::Display for ZonedTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date-time with a zone, such as 2026-02-14T19:00[America/New_York]")
    }
}

impl std::error::Error for ZonedTimeError {}

impl ZonedTime {
    /// `local` in `zone`; of an hour that comes twice, the first. `None` for an hour that the zone leaps over.
    pub fn new(local: NaiveDateTime, zone: Zone) -> Option<Self> {
        Self::with_offset(local, zone.offset_minutes(local)?, zone.into())
    }

    /// `local`, to the minute, in `zone` at this offset in minutes east of UTC. `None` unless that is from −840 to +840, and the
    /// year from 0 to 9999: what couldn't be written must not be made.
    pub fn with_offset(local: NaiveDateTime, offset_minutes: i32, zone: ZoneName) -> Option<Self> {
        let local = local.with_second(0)?.with_nanosecond(0)?;
        (is_offset(offset_minutes) && (0..=9999).contains(&local.year())).then_some(Self {
            local,
            offset_minutes,
            zone,
        })
    }

    /// The offset that the zone had then, by the writer's word, in minutes east of UTC.
    pub fn offset_minutes(&self) -> i32 {
        self.offset_minutes
    }

    /// The date and hour on the wall there.
    pub fn local(&self) -> NaiveDateTime {
        self.local
    }

    /// The zone it was written for.
    pub fn zone(&self) -> ZoneName {
        self.zone
    }

    /// The same instant in milliseconds since 1970-01-01T00:00Z.
    pub fn unix_ms(&self) -> i64 {
        self.local.and_utc().timestamp_millis() - i64::from(self.offset_minutes) * 60_000
    }

    /// This instant as a clock in that zone would give it, or one in UTC if this build doesn't know the zone.
    pub fn as_now(&self) -> Now {
        Now { unix_ms: self.unix_ms(), zone: self.zone.known().unwrap_or(Zone::UTC) }
    }
}

impl fmt::Display for ZonedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, offset) = (self.local.format(LOCAL), write_offset(self.offset_minutes));
        write!(f, "{local}{offset}[{}]", self.zone.name())
    }
}

impl FromStr for ZonedTime {
    type Err = ZonedTimeError;

    /// Reads what `Display` writes; the offset may be left out, and is then the zone's.
    fn from_str(text: &str) -> Result<Self, ZonedTimeError> {
        let (time, zone) = text.strip_suffix(']').and_then(|text| text.split_once('[')).ok_or(ZonedTimeError)?;
        let zone: ZoneName = zone.parse().map_err(|_| ZonedTimeError)?;
        let (written, offset) = time.split_at_checked(16).ok_or(ZonedTimeError)?;
        let local = NaiveDateTime::parse_from_str(written, LOCAL).map_err(|_| ZonedTimeError)?;
        if offset.is_empty() {
            // chrono takes spaces and signs for digits, and writes what it took in another way.
            let is_one_way = local.format(LOCAL).to_string() == written;
            return zone.known().filter(|_| is_one_way).and_then(|zone| Self::new(local, zone)).ok_or(ZonedTimeError);
        }
        let east = read_offset(offset).ok_or(ZonedTimeError)?;
        Self::with_offset(local, east, zone).filter(|time| time.to_string() == text).ok_or(ZonedTimeError)
    }
}

impl Serialize for ZonedTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ZonedTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zoned_time_goes_there_and_back() {
        let text = "2026-02-14T19:00-05:00[America/New_York]";
        let time: ZonedTime = text.parse().unwrap();
        assert_eq!(time.to_string(), text);
        assert_eq!("2026-02-14T19:00[America/New_York]".parse(), Ok(time));
        assert_eq!(time.as_now().today(), Date::from_ymd_opt(2026, 2, 14).unwrap());
    }

    #[test]
    fn a_time_is_written_in_one_way() {
        for text in ["-026-02- 9T10:01", "2026-02- 9T10:01", "2026-02-09T 9:01", "+026-02-09T10:01"] {
            assert_eq!(format!("{text}[America/New_York]").parse::<ZonedTime>(), Err(ZonedTimeError), "{text}");
        }
    }

    #[test]
    fn an_hour_that_the_zone_leaps_over_is_refused_and_one_that_comes_twice_keeps_its_offset() {
        assert_eq!("2026-03-08T02:30[America/New_York]".parse::<ZonedTime>(), Err(ZonedTimeError));
        for offset in ["-04:00", "-05:00"] {
            let text = format!("2026-11-01T01:30{offset}[America/New_York]");
            assert_eq!(text.parse::<ZonedTime>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn whatever_is_made_can_be_written_and_read() {
        let made = |local: &str, zone: &str| ZonedTime::new(local.parse().unwrap(), zone.parse().unwrap());
        for (local, zone) in
            [("2026-02-14T19:00:59.5", "UTC"), ("9999-12-31T23:59:00", "UTC"), ("0000-01-01T00:00:00", "UTC")]
        {
            let time = made(local, zone).unwrap();
            assert_eq!(time.to_string().parse(), Ok(time), "{local}");
        }
        // Manila counted its days from across the Pacific once.
        for (local, zone) in
            [("+12026-02-14T19:00:00", "UTC"), ("-0001-02-14T19:00:00", "UTC"), ("1840-01-01T00:00:00", "Asia/Manila")]
        {
            assert_eq!(made(local, zone), None, "{local}");
        }
    }

    #[test]
    fn the_writers_offset_counts_whatever_this_build_holds_of_the_zone() {
        // British Columbia keeps its summer time from 2026 on, which tables of 2025 don't know; Olympus is on none so far.
        for text in ["2026-12-05T19:00-07:00[America/Vancouver]", "2026-12-05T19:00-08:00[America/Vancouver]"] {
            assert_eq!(text.parse::<ZonedTime>().unwrap().to_string(), text);
        }
        let time: ZonedTime = "2026-12-05T19:00+14:00[Mars/Olympus]".parse().unwrap();
        assert_eq!((time.to_string().as_str(), time.zone().known()), ("2026-12-05T19:00+14:00[Mars/Olympus]", None));
        assert_eq!(time.as_now(), "2026-12-05T05:00[UTC]".parse::<ZonedTime>().unwrap().as_now());
        for offset in
            ["", "+14:01", "-15:00", "+1:00", "-00:00", "+0100", "+01:00:00", "Z", "+01:00x", "é01:00", "++1:00"]
        {
            let text = format!("2026-12-05T19:00{offset}[Mars/Olympus]");
            assert_eq!(text.parse::<ZonedTime>(), Err(ZonedTimeError), "{text}");
        }
    }
}
