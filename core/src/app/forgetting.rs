//! Taking away: by hand, with a week to think better of it, and by the day.

use super::answers::{AudienceUse, ClockState, Record, StorageUse, TrashItem};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::hash::cut;
use crate::model::limits::TRASH_DAYS;
use crate::model::{Body, RecordId, Row, TrashId};
use crate::records::{Draft, Entropy, NOWHERE, Scope, expire};
use crate::store::{TrashRow, Trashed};

const DAY_MS: i64 = 24 * 60 * 60_000;
const TRASH_MS: i64 = TRASH_DAYS as i64 * DAY_MS;
/// After a meeting that took something away, the file is written anew once it has been quiet for so long.
const QUIET_MS: u64 = 60_000;
const HOLD: &str = "legal_hold";

impl Kinweave {
    /// Takes a record away for good, as [`erase`](Self::erase) does, and keeps nothing of it in the trash.
    ///
    /// When it returns, no page of this phone's file holds the words, nor what would confirm a guess at them. For that the
    /// whole file is written anew, which takes a second where there is much.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] unless this member wrote it. With a storage error the record is gone all
    /// the same, and what is left to do is done when the home is next opened.
    pub fn forget(&self, id: RecordId) -> Result<(), Error> {
        self.call(move |owner| {
            owner.remove(&id, false)?;
            owner.finish_erasing()
        })
    }

    /// The same for many at once, all or none: the file is written anew once and not for each. A record that is named twice, or
    /// goes with another of them, goes once.
    ///
    /// # Errors
    /// Those of [`forget`](Self::forget), for any of them: then all are still here.
    pub fn forget_all(&self, ids: Vec<RecordId>) -> Result<(), Error> {
        self.call(move |owner| {
            owner.remove_all(&ids)?;
            owner.finish_erasing()
        })
    }

    /// What was removed with [`erase`](Self::erase) in the last 7 days on this phone, the latest first. Nobody else sees it,
    /// one's own other phones included.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn trash(&self) -> Result<Vec<TrashItem>, Error> {
        self.call(|owner| owner.trash())
    }

    /// Brings something back out of the trash: as a new record with the same words, shared with the same people. What
    /// others had added to the old one doesn't come back. They keep it no longer than they would have kept the old one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what isn't in the trash any more; [`Error::NotAllowed`] for what belonged to a record that
    /// isn't here any more.
    pub fn restore(&self, id: TrashId) -> Result<Record, Error> {
        self.call(move |owner| owner.restore(&id))
    }

    /// Empties the trash now. When it returns, no page of this phone's file holds what was in it.
    ///
    /// # Errors
    /// As for [`forget`](Self::forget).
    pub fn empty_trash(&self) -> Result<(), Error> {
        self.call(|owner| {
            owner.empty_trash(|_| true)?;
            owner.finish_erasing()
        })
    }

    /// Keeps what is here, or no longer: with a legal hold nothing runs out on this phone, and its trash stays. What is
    /// removed by hand goes, here and wherever it was shared. Nobody is told, and no other phone does anything else for it.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn set_legal_hold(&self, on: bool) -> Result<(), Error> {
        self.call(move |owner| owner.set_legal_hold(on))
    }

    /// Whether there is a legal hold on this phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn legal_hold(&self) -> Result<bool, Error> {
        self.call(|owner| owner.legal_hold())
    }

    /// How much room this home takes, and by what. It reads everything, so ask where somebody looks at it.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn storage(&self) -> Result<StorageUse, Error> {
        self.call(|owner| owner.storage())
    }
}

impl Owner {
    /// Takes a record away, into the trash or not. One transaction: a crash leaves it whole, or in the trash.
    pub(super) fn remove(&mut self, id: &RecordId, keep: bool) -> Result<(), Error> {
        let row = self.row(id)?;
        let trashed = if keep { Some(self.trashed(&row)) } else { None };
        self.write(|author, tx| {
            author.erase(tx, &row)?;
            Ok(trashed.as_ref().map_or(Ok(()), |trashed| tx.put_trash(trashed))?)
        })
    }

    /// One transaction for all.
    fn remove_all(&mut self, ids: &[RecordId]) -> Result<(), Error> {
        let rows = ids.iter().map(|id| self.row(id)).collect::<Result<Vec<_>, _>>()?;
        self.write(|author, tx| {
            tx.expect_to_go(rows.len())?;
            for row in &rows {
                if tx.row_by_first(&row.audience, row.first.position)?.is_some() {
                    author.erase(tx, row)?;
                }
            }
            Ok(())
        })
    }

    fn trashed(&mut self, row: &Row) -> TrashRow {
        let item = Trashed {
            kind: row.kind.clone(),
            fields: row.fields.clone(),
            audience: row.audience,
            about: row.about,
            expires_on: row.expires_on,
            date: row.date,
        };
        let id = TrashId::from_bytes(cut(&self.entropy.draw("trash", &NOWHERE, 0)));
        TrashRow { id, removed_at_ms: self.system.now().unix_ms, item }
    }

    fn trash(&self) -> Result<Vec<TrashItem>, Error> {
        self.me()?;
        let reader = self.store.read()?;
        let shown = |TrashRow { id, removed_at_ms, item }| {
            let Trashed { kind, fields, audience, date, .. } = item;
            let known = reader.audience(&audience)?.ok_or(Error::internal("trash without its audience"))?;
            Ok(TrashItem {
                id,
                body: Body::from_fields(&kind, fields),
                kind,
                date,
                audience: self.audience_view(&audience, &known),
                removed_at_ms,
                until_ms: removed_at_ms.saturating_add(TRASH_MS),
            })
        };
        reader.trash()?.into_iter().map(shown).collect()
    }

    fn restore(&mut self, id: &TrashId) -> Result<Record, Error> {
        let trash = self.store.read()?.trash()?;
        let item = trash.into_iter().find(|row| row.id == *id).map(|row| row.item);
        let item = item.ok_or_else(|| Error::NotFound { id: id.to_string() })?;
        let body = Body::from_fields(&item.kind, item.fields);
        let audience = self.audience_of(&item.audience)?;
        if let Body::RecoveryCard(_) = body {
            // There is one card a member: it comes back in the place of the one there is.
            let card = self.put_card(&body, &audience)?;
            self.empty_trash(|row| row.id == *id)?;
            return Ok(card);
        }
        let row = self.write(|author, tx| {
            let parent = match &item.about {
                Some(about) => tx.row_of(about)?,
                None => None,
            };
            let about = parent.map(|parent| parent.first);
            let draft = Draft { body: &body, audience: &audience, about, expires_on: item.expires_on };
            let row = author.create(tx, &draft)?;
            tx.delete_trash(id)?;
            Ok(row)
        })?;
        self.record(row)
    }

    fn empty_trash(&mut self, is_due: impl Fn(&TrashRow) -> bool) -> Result<(), Error> {
        self.me()?;
        let tx = self.store.begin()?;
        let trash = tx.trash()?;
        let mut is_changed = false;
        for row in trash.iter().filter(|row| is_due(row)) {
            tx.delete_trash(&row.id)?;
            is_changed = true;
        }
        tx.commit()?;
        if is_changed {
            self.tell_observers();
        }
        Ok(())
    }

    fn set_legal_hold(&mut self, on: bool) -> Result<(), Error> {
        self.me()?;
        let tx = self.store.begin()?;
        if on {
            tx.set_meta(HOLD, &[1])?
        } else {
            tx.delete_meta(HOLD)?
        }
        tx.commit()?;
        self.tell_observers();
        if on { Ok(()) } else { self.sweep() }
    }

    pub(super) fn legal_hold(&self) -> Result<bool, Error> {
        self.me()?;
        Ok(self.store.read()?.meta(HOLD)?.is_some())
    }

    fn storage(&self) -> Result<StorageUse, Error> {
        self.me()?;
        let reader = self.store.read()?;
        let file = reader.file_space()?;
        let mut audiences = Vec::new();
        for space in reader.audience_space()? {
            let known = reader.audience(&space.audience)?.ok_or(Error::internal("an audience that isn't there"))?;
            let audience = self.audience_view(&space.audience, &known);
            audiences.push(AudienceUse { audience, entries: space.entries, stubs: space.stubs, bytes: space.bytes });
        }
        audiences.sort_by_key(|it| std::cmp::Reverse(it.bytes));
        Ok(StorageUse {
            database_bytes: file.database_bytes,
            free_bytes: file.free_bytes,
            trash_bytes: file.trash_bytes,
            log_bytes: self.store.log_bytes()?,
            audiences,
        })
    }

    /// Takes away what is over by today: old trash, and what others shared until a day that has passed. After every
    /// opening, waking, meeting and midnight.
    pub(super) fn sweep(&mut self) -> Result<(), Error> {
        let Some(me) = &self.me else { return Ok(()) };
        let now = self.system.now();
        self.swept_on = Some(now.today());
        if self.legal_hold()? {
            return Ok(());
        }
        let clock = self.clock_state();
        if clock == ClockState::Confirmed {
            let tx = self.store.begin()?;
            let scope = Scope { circle: &me.circle, roster: &self.roster };
            let settled = expire(&tx, scope, &me.member, now.today())?;
            tx.commit()?;
            self.tell(None, &settled.changed.into_iter().collect::<Vec<_>>());
        }
        // The trash waits for no witness, or somebody who meets nobody could get rid of nothing.
        if !matches!(clock, ClockState::Odd { .. }) {
            self.mend_trash(now.unix_ms)?;
            self.empty_trash(|row| row.removed_at_ms.saturating_add(TRASH_MS) <= now.unix_ms)?;
        }
        Ok(())
    }

    /// What was removed while this clock was ahead would otherwise stay until the day that it showed then.
    fn mend_trash(&mut self, now_ms: i64) -> Result<(), Error> {
        let tx = self.store.begin()?;
        for row in tx.trash()?.into_iter().filter(|row| row.removed_at_ms > now_ms) {
            tx.put_trash(&TrashRow { removed_at_ms: now_ms, ..row })?;
        }
        Ok(tx.commit()?)
    }

    /// Makes what was taken away leave every page of the file.
    pub(super) fn finish_erasing(&mut self) -> Result<(), Error> {
        self.finish_erasing_at_ms = None;
        self.store.finish_erasing()?;
        Ok(())
    }

    /// The sweep and all that follows from it. What fails here, for want of room on the disk say, is tried again at the
    /// next opening or midnight: it is no reason to keep somebody from their records.
    pub(super) fn tidy(&mut self) {
        let _ = self.sweep();
        let _ = self.finish_erasing();
    }

    /// Tidies up on the first occasion of a day.
    pub(super) fn tidy_if_new_day(&mut self) {
        if self.me.is_some() && self.swept_on != Some(self.system.now().today()) {
            self.tidy();
        }
    }

    /// Both phones of a meeting are done: what it showed of clocks may let something go. The file is written anew only
    /// once it is quiet: people who are connected may take away more.
    pub(super) fn tidy_after_meeting(&mut self) {
        let _ = self.sweep();
        if self.store.owes_erasing().unwrap_or(false) {
            self.finish_erasing_at_ms = Some(self.watch.elapsed_ms() + QUIET_MS);
        }
    }

    /// When, by the stopwatch, there is next something to tidy up.
    pub(super) fn next_tidying_ms(&self) -> Option<u64> {
        let midnight = self.me.as_ref().map(|_| self.watch.elapsed_ms() + self.system.now().ms_until_midnight());
        [midnight, self.finish_erasing_at_ms].into_iter().flatten().min()
    }

    /// Does what is due by now.
    pub(super) fn tidy_what_is_due(&mut self) {
        self.tidy_if_new_day();
        if self.finish_erasing_at_ms.is_some_and(|at| at <= self.watch.elapsed_ms()) {
            let _ = self.finish_erasing();
        }
    }
}
