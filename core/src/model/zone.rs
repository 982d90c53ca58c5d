//! Time zones: a place's name, and what its clocks show by the tables that this build carries.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use super::limits::{OFFSET_MINUTES_MAX, ZONE_NAME_CHARS_MAX};

/// The tables. Not the system's: a world must replay the same on every machine.
static TABLES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The name of a time zone, as IANA writes them: `America/New_York`. Governments make new zones, so this build may not know it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZoneName {
    /// ASCII, and zeros after it.
    bytes: [u8; ZONE_NAME_CHARS_MAX],
}

/// A time zone whose hours this build knows: one of IANA's, or a [fixed](Self::fixed) one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(ZoneName);

/// Whether clocks are so many minutes east of UTC anywhere.
pub(super) fn is_offset(minutes: i32) -> bool {
    (-OFFSET_MINUTES_MAX..=OFFSET_MINUTES_MAX).contains(&minutes)
}

/// Minutes east of UTC as they are written: `+05:30`.
pub(super) fn write_offset(minutes: i32) -> String {
    let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Reads what `write_offset` writes, and nothing else.
pub(super) fn read_offset(text: &str) -> Option<i32> {
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let east = hours.parse::<u16>().ok().map(i32::from)? * 60 + minutes.parse::<u16>().ok().map(i32::from)?;
    let east = if text.starts_with('-') { -east } else { east };
    (is_offset(east) && write_offset(east) == text).then_some(east)
}

/// The text is no name of a zone, or of none that this build knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneError;

impl ZoneName {
    /// Its text.
    pub fn name(&self) -> &str {
        let end = self.bytes.iter().position(|byte| *byte == 0).unwrap_or(ZONE_NAME_CHARS_MAX);
        std::str::from_utf8(&self.bytes[..end]).unwrap_or_default()
    }

    /// The zone, if this build knows it.
    pub fn known(&self) -> Option<Zone> {
        let Ok(zone) = TABLES.get(self.name()) else {
            return self.fixed_minutes().map(|_| Zone(*self));
        };
        // A zone is found however its name is spelled, and written in one way.
        (zone.iana_name() == Some(self.name()) && !zone.is_unknown()).then_some(Zone(*self))
    }

    /// The offset that the name of a [fixed](Zone::fixed) zone says.
    fn fixed_minutes(&self) -> Option<i32> {
        read_offset(self.name().strip_prefix("UTC")?)
    }
}

impl FromStr for ZoneName {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-:".contains(&byte);
        if text.is_empty() || text.len() > ZONE_NAME_CHARS_MAX || !text.bytes().all(is_fine) {
            return Err(ZoneError);
        }
        let mut bytes = [0; ZONE_NAME_CHARS_MAX];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self { bytes })
    }
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = {
        let mut bytes = [0; ZONE_NAME_CHARS_MAX];
        (bytes[0], bytes[1], bytes[2]) = (b'U', b'T', b'C');
        Self(ZoneName { bytes })
    };

    /// A zone that is always so many minutes east of UTC, named for instance `UTC+05:30`: for a phone in a zone that this build
    /// doesn't know. `None` unless it is from −840 to +840.
    pub fn fixed(offset_minutes: i32) -> Option<Self> {
        let name = is_offset(offset_minutes).then(|| format!("UTC{}", write_offset(offset_minutes)))?;
        name.parse().ok().map(Self)
    }

    /// Its name, IANA's but for a [fixed](Self::fixed) one.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The date and hour on the wall there, so many milliseconds since 1970-01-01T00:00Z.
    pub fn local(&self, unix_ms: i64) -> NaiveDateTime {
        let utc = DateTime::from_timestamp_millis(unix_ms).unwrap_or_default().naive_utc();
        let offset = Timestamp::from_millisecond(unix_ms).map_or(0, |time| self.rules().to_offset(time).seconds());
        utc.checked_add_signed(chrono::Duration::seconds(offset.into())).unwrap_or(utc)
    }

    /// The offset at a date and hour on the wall there, in minutes east of UTC; of an hour that comes twice, the first. `None`
    /// for an hour that the zone leaps over.
    pub(super) fn offset_minutes(&self, local: NaiveDateTime) -> Option<i32> {
        let date = jiff::civil::Date::new(
            local.year().try_into().ok()?,
            local.month().try_into().ok()?,
            local.day().try_into().ok()?,
        );
        let (hour, minute) = (local.hour().try_into().ok()?, local.minute().try_into().ok()?);
        let there = date.ok()?.at(hour, minute, local.second().try_into().ok()?, 0);
        match self.rules().to_ambiguous_timestamp(there).offset() {
            AmbiguousOffset::Unambiguous { offset } => Some(offset.seconds() / 60),
            AmbiguousOffset::Fold { before, .. } => Some(before.seconds() / 60),
            AmbiguousOffset::Gap { .. } => None,
        }
    }

    fn rules(&self) -> TimeZone {
        TABLES.get(self.name()).unwrap_or_else(|_| {
            let minutes = self.0.fixed_minutes().unwrap_or(0);
            Offset::from_seconds(minutes * 60).map_or(TimeZone::UTC, TimeZone::fixed)
        })
    }
}

impl From<Zone> for ZoneName {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        text.parse::<ZoneName>()?.known().ok_or(ZoneError)
    }
}

impl fmt::Debug for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the name of a time zone, such as America/New_York")
    }
}

impl std::error::Error for ZoneError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_known_by_the_one_name_that_it_has() {
        for name in ["America/New_York", "America/Argentina/ComodRivadavia", "Etc/GMT+3", "UTC", "EST5EDT"] {
            assert_eq!(name.parse::<Zone>().unwrap().name(), name);
        }
        for name in ["america/new_york", "Mars/Olympus", "Etc/Unknown", "", "UTC\0", "America/Zürich", "+05:00"] {
            assert_eq!(name.parse::<Zone>(), Err(ZoneError), "{name}");
        }
        assert_eq!("UTC".parse(), Ok(Zone::UTC));
        assert_eq!("Mars/Olympus".parse::<ZoneName>().unwrap().name(), "Mars/Olympus");
        assert_eq!("x".repeat(ZONE_NAME_CHARS_MAX).parse::<ZoneName>().unwrap().name().len(), ZONE_NAME_CHARS_MAX);
        assert_eq!("x".repeat(ZONE_NAME_CHARS_MAX + 1).parse::<ZoneName>(), Err(ZoneError));
    }

    #[test]
    fn a_fixed_zone_is_named_by_its_offset_and_stays_there() {
        for (minutes, name) in
            [(330, "UTC+05:30"), (-210, "UTC-03:30"), (-30, "UTC-00:30"), (0, "UTC+00:00"), (840, "UTC+14:00")]
        {
            let zone = Zone::fixed(minutes).unwrap();
            assert_eq!((zone.name(), name.parse()), (name, Ok(zone)));
            let noons =
                ["2026-02-14T12:00:00", "2026-07-14T12:00:00"].map(|noon| zone.offset_minutes(noon.parse().unwrap()));
            assert_eq!(noons, [Some(minutes); 2]);
        }
        assert_eq!([841, -841, i32::MIN, i32::MAX].map(Zone::fixed), [None; 4]);
        for name in [
            "UTC+5:30",
            "UTC+05:60",
            "UTC-00:00",
            "UTC+14:01",
            "UTC05:30",
            "UTC+05",
            "UTC+-5:30",
            "UTC+005:30",
            "GMT+05:30",
        ] {
            assert_eq!(name.parse::<Zone>(), Err(ZoneError), "{name}");
        }
        assert_eq!(Zone::fixed(330).unwrap().local(0).to_string(), "1970-01-01 05:30:00");
    }

    #[test]
    fn clocks_are_put_forward_and_back_also_in_years_that_no_table_lists() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let at = |text: &str| zone.offset_minutes(text.parse().unwrap());
        assert_eq!([at("2026-02-14T19:00:00"), at("2026-07-04T12:00:00")], [Some(-300), Some(-240)]);
        assert_eq!([at("2026-03-08T02:30:00"), at("2026-11-01T01:30:00")], [None, Some(-240)]);
        assert_eq!([at("2089-02-14T19:00:00"), at("2089-07-04T12:00:00")], [Some(-300), Some(-240)]);
        assert_eq!(zone.local(1_770_000_000_000).to_string(), "2026-02-01 21:40:00");
        assert_eq!(zone.local(i64::MAX).to_string(), "1970-01-01 00:00:00");
    }
}
