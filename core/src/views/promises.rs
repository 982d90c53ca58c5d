//! What became of a promise, day by day, from the words of both sides. Neither side can overwrite the other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use serde::Serialize;

use crate::model::kinds::{Commitment, CommitmentEvent, PromiseEvent};
use crate::model::limits::PAGE_ROWS_MAX;
use crate::model::{Date, MemberId, RecordId};

/// Somebody's word about a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseWord {
    /// Whose.
    pub by: MemberId,
    /// What they said.
    pub event: CommitmentEvent,
    /// The tick of its entry, which orders the words of one member.
    pub tick: u64,
    /// Its id, for words of one tick.
    pub id: RecordId,
}

/// One day on which a promise is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PromiseSlot {
    /// The day.
    pub due_on: Date,
    /// The last day on which it can still be told: `due_on` and its hours of grace.
    pub open_until: Date,
    /// What became of it.
    pub outcome: SlotOutcome,
}

/// What became of a promise on one of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum SlotOutcome {
    /// Its day is still to come.
    Upcoming,
    /// It is due, or within its grace.
    Open,
    /// Kept; where there is a witness, they saw it.
    Kept,
    /// Its owner kept it, and its witness hasn't said yet what they saw.
    Unconfirmed,
    /// Moved to another day, where it is due again. Never counts against anyone.
    Moved,
    /// Not kept, and said so before.
    MissedWithNotice,
    /// Not kept.
    Missed,
    /// Owner and witness saw it differently; it stays so until both have called it settled.
    SeenDifferently,
    /// They saw it differently, and both have called it settled.
    Settled,
    /// Nobody said anything in time. That isn't missed.
    NotRecorded,
}

impl SlotOutcome {
    /// The key of its phrase.
    pub const fn phrase_key(self) -> &'static str {
        match self {
            Self::Upcoming => "promise.outcome.upcoming",
            Self::Open => "promise.outcome.open",
            Self::Kept => "promise.outcome.kept",
            Self::Unconfirmed => "promise.outcome.unconfirmed",
            Self::Moved => "promise.outcome.moved",
            Self::MissedWithNotice => "promise.outcome.missed_with_notice",
            Self::Missed => "promise.outcome.missed",
            Self::SeenDifferently => "promise.outcome.seen_differently",
            Self::Settled => "promise.outcome.settled",
            Self::NotRecorded => "promise.outcome.not_recorded",
        }
    }
}

/// Whether the witness whom the promise names has accepted, and not resigned since.
pub fn has_witness(promise: &Commitment, words: &[PromiseWord]) -> bool {
    let about_it = |word: &&PromiseWord| Some(word.by) == promise.witness && !word.event.event.is_of_a_day();
    let last = words.iter().filter(about_it).max_by_key(|word| (word.tick, word.id));
    last.is_some_and(|word| word.event.event == PromiseEvent::WitnessAccepted)
}

/// The days on which a promise of `owner` is due within `window`, both ends included, and what became of each: the
/// oldest first. Of more than [`PAGE_ROWS_MAX`] days the first so many.
///
/// A day to which it was moved is one of them. Words of anyone but its owner and the witness it names count for nothing.
pub fn promise_slots(
    promise: &Commitment,
    owner: MemberId,
    words: &[PromiseWord],
    window: (Date, Date),
    today: Date,
) -> Vec<PromiseSlot> {
    let last = promise.ends_on.map_or(window.1, |ends_on| ends_on.min(window.1));
    let mut days: BTreeSet<Date> = match &promise.recurrence {
        Some(recurrence) => {
            recurrence.occurrences(promise.starts_on, (window.0, last), PAGE_ROWS_MAX as usize).into_iter().collect()
        }
        None => [promise.starts_on].into(),
    };
    let owners = |word: &&PromiseWord| word.by == owner;
    days.extend(words.iter().filter(owners).filter_map(|word| word.event.moved_to));
    let bears_witness = has_witness(promise, words);
    let mut by_day = BTreeMap::<Date, Vec<&PromiseWord>>::new();
    for word in words {
        by_day.entry(word.event.due_on.unwrap_or(Date::MIN)).or_default().push(word);
    }
    let slot = |due_on: Date| {
        let grace_days = u64::from(promise.grace_hours.unwrap_or(0)).div_ceil(24);
        let open_until = due_on.checked_add_days(Days::new(grace_days)).unwrap_or(due_on);
        let said = by_day.get(&due_on).map_or(&[][..], Vec::as_slice);
        let outcome = said_of(promise, owner, said, bears_witness).unwrap_or(match () {
            () if today < due_on => SlotOutcome::Upcoming,
            () if today <= open_until => SlotOutcome::Open,
            () => SlotOutcome::NotRecorded,
        });
        PromiseSlot { due_on, open_until, outcome }
    };
    days.range(window.0..=window.1).take(PAGE_ROWS_MAX as usize).map(|due_on| slot(*due_on)).collect()
}

/// What both sides said of one day; none if its owner said nothing.
fn said_of(promise: &Commitment, owner: MemberId, said: &[&PromiseWord], bears_witness: bool) -> Option<SlotOutcome> {
    let last = |by: Option<MemberId>, counts: fn(PromiseEvent) -> bool| {
        let words = said.iter().filter(|word| Some(word.by) == by && counts(word.event.event));
        words.max_by_key(|word| (word.tick, word.id)).map(|word| word.event.event)
    };
    let is_settled_by = |by| said.iter().any(|word| Some(word.by) == by && word.event.event == PromiseEvent::Settled);
    let own = last(Some(owner), |event| event.is_owners() && event != PromiseEvent::Settled)?;
    let seen = last(promise.witness, |event| {
        matches!(event, PromiseEvent::Confirmed | PromiseEvent::SawItDifferently | PromiseEvent::Thanked)
    });
    Some(match (own, seen) {
        (PromiseEvent::Kept, Some(PromiseEvent::SawItDifferently)) => {
            let both = is_settled_by(Some(owner)) && is_settled_by(promise.witness);
            if both { SlotOutcome::Settled } else { SlotOutcome::SeenDifferently }
        }
        // Whoever gives thanks for it has seen it.
        (PromiseEvent::Kept, Some(_)) => SlotOutcome::Kept,
        (PromiseEvent::Kept, None) if bears_witness => SlotOutcome::Unconfirmed,
        (PromiseEvent::Kept, None) => SlotOutcome::Kept,
        (PromiseEvent::Moved, _) => SlotOutcome::Moved,
        (PromiseEvent::MissedWithNotice, _) => SlotOutcome::MissedWithNotice,
        _ => SlotOutcome::Missed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: MemberId = MemberId::from_bytes([1; 32]);
    const WITNESS: MemberId = MemberId::from_bytes([2; 32]);
    const OTHER: MemberId = MemberId::from_bytes([3; 32]);

    fn march(day: u32) -> Date {
        Date::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn sundays() -> Commitment {
        Commitment {
            title: "call Mum".to_owned(),
            to: [WITNESS].into(),
            recurrence: "FREQ=WEEKLY".parse().ok(),
            starts_on: march(1),
            ends_on: None,
            witness: Some(WITNESS),
            grace_hours: Some(24),
        }
    }

    struct Said(Vec<PromiseWord>);

    impl Said {
        fn say(mut self, by: MemberId, event: PromiseEvent, due: u32) -> Self {
            let due_on = event.is_of_a_day().then(|| march(due));
            let moved_to = (event == PromiseEvent::Moved).then(|| march(due + 2));
            let event = CommitmentEvent { due_on, event, on: march(due), moved_to, note: None };
            let tick = self.0.len() as u64;
            self.0.push(PromiseWord { by, event, tick, id: RecordId::from_bytes([tick as u8; 32]) });
            self
        }

        fn on(&self, day: u32, today: u32) -> SlotOutcome {
            let slots = promise_slots(&sundays(), OWNER, &self.0, (march(1), march(31)), march(today));
            slots.iter().find(|slot| slot.due_on == march(day)).unwrap().outcome
        }
    }

    #[test]
    fn each_day_has_what_both_sides_said_of_it() {
        use PromiseEvent::*;
        let said = || Said(Vec::new());
        let asked = || said().say(WITNESS, WitnessAccepted, 1);
        let cases = [
            (said(), SlotOutcome::Open),
            (said().say(OWNER, Kept, 8), SlotOutcome::Kept),
            (asked().say(OWNER, Kept, 8), SlotOutcome::Unconfirmed),
            (asked().say(OWNER, Kept, 8).say(WITNESS, Confirmed, 8), SlotOutcome::Kept),
            (asked().say(OWNER, Kept, 8).say(WITNESS, Thanked, 8), SlotOutcome::Kept),
            (asked().say(OWNER, Kept, 8).say(WITNESS, SawItDifferently, 8), SlotOutcome::SeenDifferently),
            (asked().say(WITNESS, SawItDifferently, 8).say(OWNER, Kept, 8), SlotOutcome::SeenDifferently),
            (asked().say(WITNESS, WitnessResigned, 2).say(OWNER, Kept, 8), SlotOutcome::Kept),
            (said().say(OWNER, Moved, 8), SlotOutcome::Moved),
            (said().say(OWNER, MissedWithNotice, 8), SlotOutcome::MissedWithNotice),
            (said().say(OWNER, Missed, 8), SlotOutcome::Missed),
            (said().say(OWNER, Missed, 8).say(OWNER, Kept, 8), SlotOutcome::Kept),
            (said().say(OTHER, Kept, 8), SlotOutcome::Open),
            (said().say(OWNER, Kept, 8).say(OTHER, SawItDifferently, 8), SlotOutcome::Kept),
            (said().say(WITNESS, SawItDifferently, 8), SlotOutcome::Open),
        ];
        for (index, (said, outcome)) in cases.into_iter().enumerate() {
            assert_eq!(said.on(8, 8), outcome, "case {index}");
        }
    }

    #[test]
    fn it_takes_both_to_settle() {
        use PromiseEvent::*;
        let differ = || Said(Vec::new()).say(OWNER, Kept, 8).say(WITNESS, SawItDifferently, 8);
        assert_eq!(differ().say(OWNER, Settled, 8).on(8, 8), SlotOutcome::SeenDifferently);
        assert_eq!(differ().say(OTHER, Settled, 8).say(OWNER, Settled, 8).on(8, 8), SlotOutcome::SeenDifferently);
        assert_eq!(differ().say(WITNESS, Settled, 8).say(OWNER, Settled, 8).on(8, 8), SlotOutcome::Settled);
    }

    #[test]
    fn after_its_grace_a_day_is_not_recorded_and_that_is_not_missed() {
        let nothing = Said(Vec::new());
        assert_eq!(nothing.on(8, 7), SlotOutcome::Upcoming);
        assert_eq!(nothing.on(8, 9), SlotOutcome::Open);
        assert_eq!(nothing.on(8, 10), SlotOutcome::NotRecorded);
    }

    #[test]
    fn a_moved_promise_is_due_again_and_can_be_kept() {
        let moved = Said(Vec::new()).say(OWNER, PromiseEvent::Moved, 8);
        assert_eq!((moved.on(8, 10), moved.on(10, 10)), (SlotOutcome::Moved, SlotOutcome::Open));
        assert_eq!(moved.say(OWNER, PromiseEvent::Kept, 10).on(10, 12), SlotOutcome::Kept);
    }
}
