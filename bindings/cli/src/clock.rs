//! The clock of a terminal: the machine's, until `--now` sets another time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use kinweave_core::app::Clock;
use kinweave_core::model::{Now, Zone, ZonedTime};

/// A clock that shows the machine's time or, once set, stands still.
pub struct TerminalClock {
    zone: Zone,
    set: Mutex<Option<Now>>,
}

impl TerminalClock {
    /// A clock in the owner's zone.
    pub fn new(now: Option<ZonedTime>) -> Arc<Self> {
        Arc::new(Self { zone: zone(), set: Mutex::new(now.map(|now| now.as_now())) })
    }

    /// Sets it, if there is something to set it to.
    pub fn set(&self, now: Option<ZonedTime>) {
        if let Some(now) = now {
            self.replace(Some(now.as_now()));
        }
    }

    /// Sets it or lets it go on; gives what was set before.
    pub fn replace(&self, now: Option<Now>) -> Option<Now> {
        std::mem::replace(&mut self.set.lock().unwrap_or_else(PoisonError::into_inner), now)
    }
}

impl Clock for TerminalClock {
    fn now(&self) -> Now {
        let set = *self.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.unwrap_or_else(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Now { unix_ms: i64::try_from(since.as_millis()).unwrap_or(i64::MAX), zone: self.zone }
        })
    }
}

/// The zone of the owner: TZ, or what the machine is set to, or UTC.
fn zone() -> Zone {
    let named = std::env::var("TZ").ok().and_then(|name| name.trim_start_matches(':').parse().ok());
    named.or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok()).unwrap_or(Zone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_stands_still_until_it_is_let_go() {
        let time: ZonedTime = "2026-02-11T07:00[America/New_York]".parse().unwrap();
        let clock = TerminalClock::new(None);
        assert_ne!(clock.now(), time.as_now());
        clock.set(Some(time));
        clock.set(None);
        assert_eq!(clock.now(), time.as_now());
        assert_eq!(clock.replace(None), Some(time.as_now()));
        assert_ne!(clock.now(), time.as_now());
    }
}
