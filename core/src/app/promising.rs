//! Promises: what both sides say of them, and what became of them.

use std::collections::BTreeMap;

use chrono::Days;

use super::answers::{KeptView, NewRecord, PromiseView, Record};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::{Commitment, CommitmentEvent};
use crate::model::{Body, Date, MemberId, RecordId, Row};
use crate::store::RowQuery;
use crate::views::{KEPT_WINDOWS_DAYS, KeptCounts, PromiseSlot, PromiseWord, SlotOutcome, has_witness, promise_slots};

/// So far ahead and back goes the list of a promise's days.
const AHEAD_DAYS: u64 = 7;
const BACK_DAYS: u64 = 28;

impl Kinweave {
    /// Says what became of a promise on one of its days, what its witness saw, or that one will bear witness. Each is a
    /// record of its own: neither side can overwrite the other, and of one's own words the last counts.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] for a word that is the other side's to say; [`Error::InvalidInput`] on `due_on`
    /// for a day on which it isn't due, and on `about` for a record that is no promise.
    pub fn promise_event(&self, commitment: RecordId, event: CommitmentEvent) -> Result<Record, Error> {
        self.call(move |owner| owner.add(&NewRecord::new(event).about(commitment)))
    }

    /// Every promise that one made, was made, or bears witness to, with its days from four weeks before `date` to a week
    /// after it. None of them is judged: each day has what both sides said of it.
    pub fn promises(&self, date: Date) -> Result<Vec<PromiseView>, Error> {
        self.call(move |owner| owner.promises(date))
    }

    /// How promises went between the owner of this phone and each other person, both ways, over 28 and 90 days.
    ///
    /// Never a score of a person: never ranked, never added up over several.
    pub fn kept_promises(&self, date: Date) -> Result<Vec<KeptView>, Error> {
        self.call(move |owner| owner.kept_promises(date))
    }
}

impl Owner {
    pub(super) fn promises(&self, date: Date) -> Result<Vec<PromiseView>, Error> {
        let _reader = self.store.read()?;
        let window = (back(date, BACK_DAYS), date.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(date));
        let me = self.me()?.member;
        let mut views = Vec::new();
        for (row, promise) in self.commitments()? {
            let said = self.words_about(&row)?;
            let has_answered = said.iter().any(|word| word.by == me && !word.event.event.is_of_a_day());
            views.push(PromiseView {
                owner: row.author,
                slots: promise_slots(&promise, row.author, &said, window, date),
                has_witness: has_witness(&promise, &said),
                asks_me: promise.witness == Some(me) && !has_answered,
                commitment: self.record(row)?,
            });
        }
        Ok(views)
    }

    fn kept_promises(&self, date: Date) -> Result<Vec<KeptView>, Error> {
        let me = self.me()?.member;
        let mut slots = BTreeMap::<(MemberId, MemberId, u32), Vec<PromiseSlot>>::new();
        for (row, promise) in self.commitments()? {
            let said = self.words_about(&row)?;
            for days in KEPT_WINDOWS_DAYS {
                let window = (back(date, u64::from(days) - 1), date);
                let told = promise_slots(&promise, row.author, &said, window, date);
                for to in promise.to.iter().filter(|to| **to != row.author && (**to == me || row.author == me)) {
                    slots.entry((row.author, *to, days)).or_default().extend(&told);
                }
            }
        }
        let view = |((from, to, window_days), slots): ((MemberId, MemberId, u32), Vec<PromiseSlot>)| {
            let counts = KeptCounts::of(&slots);
            let asks_for_smaller = from == me && counts.may_be_too_large();
            KeptView { from, to, window_days, counts, band: counts.band(), asks_for_smaller }
        };
        Ok(slots.into_iter().map(view).collect())
    }

    /// The promises whose owner, or whose witness, has something to say on this date.
    pub(super) fn promises_due(&self, date: Date) -> Result<Vec<PromiseView>, Error> {
        let me = self.me()?.member;
        let mut due = self.promises(date)?;
        for view in &mut due {
            let is_owner = view.owner == me;
            let is_witness = view.has_witness
                && view.commitment.body.to_fields().get("witness") == serde_json::to_value(me).ok().as_ref();
            view.slots.retain(|slot| match slot.outcome {
                SlotOutcome::Open => is_owner,
                SlotOutcome::Unconfirmed => is_witness,
                _ => false,
            });
        }
        due.retain(|view| !view.slots.is_empty());
        Ok(due)
    }

    /// What was said about a promise, by whomever.
    pub(super) fn words_about(&self, promise: &Row) -> Result<Vec<PromiseWord>, Error> {
        let rows = self.all_rows(RowQuery::about(self.scope()?, &promise.first))?;
        let word = |row: Row| match Body::from_fields(&row.kind, row.fields) {
            Body::CommitmentEvent(event) => Some(PromiseWord { by: row.author, event, tick: row.tick, id: row.id }),
            _ => None,
        };
        Ok(rows.into_iter().filter_map(word).collect())
    }

    fn commitments(&self) -> Result<Vec<(Row, Commitment)>, Error> {
        let promise = |row: Row| match Body::from_fields(&row.kind, row.fields.clone()) {
            Body::Commitment(promise) => Some((row, promise)),
            _ => None,
        };
        Ok(self.rows_of(&["commitment"])?.into_iter().filter_map(promise).collect())
    }
}

fn back(date: Date, days: u64) -> Date {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}
