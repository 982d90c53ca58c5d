//! Whether this phone's clock is to be trusted with taking things away.
//!
//! What has run out goes for good, so a clock that a child set forward for a game must not decide it. A clock is believed
//! if it agrees with those of the last two members met, or did so and has kept step with a stopwatch since.

use super::answers::ClockState;
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::codec::{decode, encode};
use crate::model::{MemberId, WallMinutes};
use crate::store::{Reader, StoreError, Transaction};

/// How far two clocks may be apart: a zone or a date line is no reason for suspicion.
const MARGIN_MINUTES: i64 = 48 * 60;
/// How many members have to agree, where so many are in the circle.
const WITNESSES: usize = 2;
const META: &str = "clocks_met";

/// A clock that was seen at a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    member: MemberId,
    theirs: WallMinutes,
    ours: WallMinutes,
}

/// The clocks of the members met last, and how this phone's own has run since.
#[derive(Default)]
pub(super) struct ClockCheck {
    /// One a member, the latest last.
    seen: Vec<Seen>,
    /// When the last meeting confirmed this clock: its time, and the stopwatch's.
    confirmed: Option<(WallMinutes, u64)>,
    is_new: bool,
}

impl ClockCheck {
    pub fn load(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let seen = reader.meta(META)?.and_then(|bytes| decode::<Vec<(MemberId, i64, i64)>>(&bytes)).unwrap_or_default();
        let seen = seen.into_iter().map(|(member, theirs, ours)| Seen { member, theirs, ours }).collect();
        Ok(Self { seen, ..Self::default() })
    }

    /// Writes down what was seen since the last time. The stopwatch's part can't be: it ends with the process.
    pub fn save(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let seen: Vec<_> = self.seen.iter().map(|seen| (seen.member, seen.theirs, seen.ours)).collect();
        tx.set_meta(META, &encode(&seen))?;
        self.is_new = false;
        Ok(())
    }

    /// Whether there is something to write down.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Notes the clock of a member who was met. `others` says how many are in the circle beside this phone's owner.
    pub fn met(&mut self, member: MemberId, theirs: WallMinutes, ours: WallMinutes, watch_ms: u64, others: usize) {
        self.seen.retain(|seen| seen.member != member);
        self.seen.push(Seen { member, theirs, ours });
        let surplus = self.seen.len().saturating_sub(WITNESSES);
        self.seen.drain(..surplus);
        self.confirmed = self.agrees(ours, others).then_some((ours, watch_ms));
        self.is_new = true;
    }

    /// What is to be thought of the clock if it shows `now`.
    pub fn state(&self, now: WallMinutes, watch_ms: u64, others: usize) -> ClockState {
        let expected = self.confirmed.map(|(then, started_ms)| {
            then.saturating_add(i64::try_from(watch_ms.saturating_sub(started_ms) / 60_000).unwrap_or(i64::MAX))
        });
        match self.error(now, expected) {
            Some(minutes) => ClockState::Odd { minutes },
            None if self.agrees(now, others) => ClockState::Confirmed,
            // A stopwatch may stand still while a phone sleeps, so time that it missed proves nothing either way.
            None if expected.is_some_and(|expected| is_near(now, expected)) => ClockState::Confirmed,
            None => ClockState::Unconfirmed,
        }
    }

    fn agrees(&self, now: WallMinutes, others: usize) -> bool {
        let needed = others.min(WITNESSES);
        needed > 0 && self.seen.len() >= needed && self.seen.iter().all(|seen| is_near(now, seen.theirs))
    }

    /// By how much the clock is certainly off: behind a time that has been, or ahead of everybody met and not set since.
    /// One member's word alone is not enough where there are two.
    fn error(&self, now: WallMinutes, expected: Option<WallMinutes>) -> Option<i64> {
        let behind = |then: WallMinutes| Some(now.saturating_sub(then)).filter(|off| *off < -MARGIN_MINUTES);
        let ahead = |seen: &Seen| {
            let is_unchanged = now >= seen.ours.saturating_sub(MARGIN_MINUTES);
            Some(seen.ours.saturating_sub(seen.theirs)).filter(|off| is_unchanged && *off > MARGIN_MINUTES)
        };
        let all = |off: &dyn Fn(&Seen) -> Option<i64>| {
            let offs: Option<Vec<i64>> = self.seen.iter().map(off).collect();
            offs?.into_iter().min_by_key(|off| off.abs())
        };
        expected.and_then(behind).or_else(|| all(&|seen| behind(seen.theirs))).or_else(|| all(&ahead))
    }
}

fn is_near(a: WallMinutes, b: WallMinutes) -> bool {
    a.saturating_sub(b).abs() <= MARGIN_MINUTES
}

impl Kinweave {
    /// What this phone thinks of its own clock. If it is odd, tell its owner, and nobody else.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn clock_state(&self) -> Result<ClockState, Error> {
        self.call(|owner| {
            owner.me()?;
            Ok(owner.clock_state())
        })
    }
}

impl Owner {
    pub(super) fn clock_state(&self) -> ClockState {
        self.clock_check.state(self.system.now().wall(), self.watch.elapsed_ms(), self.others())
    }

    /// Notes what the clock of a member showed who was just met. One's own other phones are no witnesses: they are set by
    /// the same hand.
    pub(super) fn met_clock(&mut self, member: MemberId, theirs: WallMinutes) {
        let (ours, watch_ms, others) = (self.system.now().wall(), self.watch.elapsed_ms(), self.others());
        if self.me.as_ref().is_some_and(|me| me.member != member) {
            self.clock_check.met(member, theirs, ours, watch_ms, others);
        }
    }

    fn others(&self) -> usize {
        self.roster.everyone().len().saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60;
    const NOON: i64 = 20_000 * DAY;
    const DAY_MS: u64 = 24 * 60 * 60_000;

    fn member(byte: u8) -> MemberId {
        MemberId::from_bytes([byte; 32])
    }

    /// A clock that showed `ours` when members 1 and 2 were met at noon.
    fn after_two_meetings(ours: i64) -> ClockCheck {
        let mut check = ClockCheck::default();
        check.met(member(1), NOON, ours, 0, 4);
        check.met(member(2), NOON, ours, 0, 4);
        check
    }

    #[test]
    fn two_different_members_confirm_a_clock_and_one_does_only_where_there_is_no_other() {
        let mut check = ClockCheck::default();
        assert_eq!(check.state(NOON, 0, 4), ClockState::Unconfirmed);
        for _ in 0..2 {
            check.met(member(1), NOON, NOON, 0, 4);
            assert_eq!(check.state(NOON, 0, 4), ClockState::Unconfirmed);
            assert_eq!(check.state(NOON, 0, 1), ClockState::Confirmed);
        }
        check.met(member(2), NOON + DAY, NOON, 0, 4);
        assert_eq!(check.state(NOON, 0, 4), ClockState::Confirmed);
        check.met(member(3), NOON + 3 * DAY, NOON, 0, 4);
        assert_eq!(check.state(NOON, 0, 4), ClockState::Unconfirmed, "one says so, the other otherwise");
    }

    #[test]
    fn a_clock_set_ahead_proves_nothing_until_people_are_met_again() {
        let check = after_two_meetings(NOON);
        assert_eq!(check.state(NOON + 3_650 * DAY, 0, 4), ClockState::Unconfirmed);
        let mut later = check;
        later.met(member(1), NOON + DAY, NOON + 3_650 * DAY, 0, 4);
        later.met(member(2), NOON + DAY, NOON + 3_650 * DAY, 0, 4);
        assert_eq!(later.state(NOON + 3_650 * DAY, 0, 4), ClockState::Odd { minutes: 3_649 * DAY });
        assert_eq!(later.state(NOON + DAY, 0, 4), ClockState::Confirmed, "set right again");
    }

    #[test]
    fn a_clock_that_goes_back_is_odd() {
        let check = after_two_meetings(NOON);
        assert_eq!(check.state(NOON - 3_650 * DAY, 0, 4), ClockState::Odd { minutes: -3_650 * DAY });
        let restarted = ClockCheck { confirmed: None, ..check };
        assert_eq!(restarted.state(NOON - 3_650 * DAY, 0, 4), ClockState::Odd { minutes: -3_650 * DAY });
    }

    #[test]
    fn a_clock_that_keeps_step_with_the_stopwatch_stays_confirmed_and_one_that_doesn_t_is_not() {
        let check = after_two_meetings(NOON);
        assert_eq!(check.state(NOON + 30 * DAY, 30 * DAY_MS, 4), ClockState::Confirmed);
        assert_eq!(check.state(NOON + 30 * DAY, 20 * DAY_MS, 4), ClockState::Unconfirmed, "or the phone slept");
        assert_eq!(check.state(NOON + 20 * DAY, 30 * DAY_MS, 4), ClockState::Odd { minutes: -10 * DAY });
    }
}
