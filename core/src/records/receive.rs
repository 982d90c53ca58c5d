//! How entries that another phone brings become part of what is held.

use std::collections::BTreeSet;

use super::author::is_kept;
use super::error::RecordError;
use super::judge::Scope;
use super::links::Links;
use super::settle::{Agenda, Settled};
use super::trust;
use crate::identity::{Malformed, Roster, verify_run};
use crate::model::limits::{EVENTS_MAX, FEEDS_ACTIVE_MAX, TICK_MAX};
use crate::model::op::EntryBody;
use crate::model::run::Carried;
use crate::model::{Audience, AudienceId, CircleId, DeviceKey, EntryHash, EntryState, Hold, MemberId, Position, Run};
use crate::store::{StoredEntry, Transaction};

/// What taking in runs did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Up to which number each feed is held now; only these may be acknowledged, once committed.
    pub held: Vec<(AudienceId, DeviceKey, u64)>,
    /// Feeds that have two entries with one number: nothing was taken of those.
    pub forks: Vec<(AudienceId, DeviceKey, u64)>,
    /// Audiences that have something new.
    pub audiences: BTreeSet<AudienceId>,
    /// Whether who is who may have changed.
    pub trust_changed: bool,
    /// Whether there was something in it that this phone signed and doesn't hold: then a second copy of it exists.
    pub second_copy: bool,
    /// What it did to rows.
    pub settled: Settled,
}

/// Why runs weren't taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Rejected {
    /// They aren't what their device wrote, or not for this phone: the sender is at fault.
    Malformed(&'static str),
    /// This phone's fault.
    Failed(RecordError),
}

/// Takes runs in, one transaction for all: the caller commits, and only then acknowledges.
pub struct Receiver<'a> {
    /// Where they go.
    pub tx: &'a Transaction<'a>,
    /// The circle.
    pub circle: CircleId,
    /// The owner of this phone; none before they are admitted.
    pub me: Option<MemberId>,
    /// This phone; none before it is one of the circle's.
    pub device: Option<DeviceKey>,
    /// Whose phone brought them.
    pub bearer: Option<MemberId>,
}

impl Receiver<'_> {
    /// Verifies the runs and takes them in. Nothing of a malformed one is stored if the caller then rolls back.
    pub fn receive(&self, runs: &[Run]) -> Result<Received, Rejected> {
        let mut received = Received::default();
        let mut agenda = Agenda::default();
        let mut roster = trust::roster(self.tx, &self.circle).map_err(failed)?;
        // Who is who comes first, so that what the newcomers among it wrote counts at once.
        for trust_first in [true, false] {
            for run in runs {
                let Some(audience) = self.audience(run, runs)? else {
                    // Whether it is one of trust isn't known, and so not how many signatures it must have.
                    self.verify(run, false).or_else(|_| self.verify(run, true))?;
                    continue;
                };
                if audience.is_trust() == trust_first {
                    self.check_mine(&audience, &roster)?;
                    self.take(run, &audience, &roster, &mut agenda, &mut received)?;
                }
            }
            if trust_first && received.trust_changed {
                roster = self.fold_anew(&roster, &mut agenda)?;
            }
        }
        let scope = Scope { circle: &self.circle, roster: &roster };
        received.settled = agenda.settle(self.tx, scope).map_err(failed)?;
        Ok(received)
    }

    /// The run's audience: known, or given by an `open` that this run or one beside it begins with. None for a feed of
    /// which only stubs are left from its beginning on, in an audience that nobody has told of: its `open` may have been
    /// refused by an honest bearer, so it waits until somebody else's tells the audience.
    fn audience(&self, run: &Run, runs: &[Run]) -> Result<Option<Audience>, Rejected> {
        if let Some(known) = self.tx.audience(&run.audience).map_err(failed)? {
            return Ok(Some(known));
        }
        let is_right = |audience: &Audience| audience.id(&self.circle) == run.audience;
        let beside = runs.iter().filter(|beside| beside.audience == run.audience);
        if let Some(audience) = beside.filter_map(Run::opened_audience).find(is_right) {
            return Ok(Some(audience));
        }
        match run.entries.first() {
            Some(Carried::StubFinal(_) | Carried::StubOpen(_)) if run.from == 1 => Ok(None),
            _ => Err(Rejected::Malformed("an audience without a beginning")),
        }
    }

    /// A set must be one that I am in.
    fn check_mine(&self, audience: &Audience, roster: &Roster) -> Result<(), Rejected> {
        let mine = match self.me {
            // All members read who is who, and a newcomer must before anyone calls them one.
            _ if audience.is_trust() => true,
            Some(me) => roster.may_hold(&me, audience),
            None => false,
        };
        if mine { Ok(()) } else { Err(Rejected::Malformed("an audience that I am not in")) }
    }

    fn verify(&self, run: &Run, every: bool) -> Result<Vec<EntryHash>, Rejected> {
        verify_run(&self.circle, run, every).map_err(|malformed| {
            Rejected::Malformed(match malformed {
                Malformed::Numbers => "numbers that no run has",
                Malformed::Beginning => "a feed with another beginning",
                Malformed::Signature => "a signature that doesn't hold",
            })
        })
    }

    fn take(
        &self,
        run: &Run,
        audience: &Audience,
        roster: &Roster,
        agenda: &mut Agenda,
        received: &mut Received,
    ) -> Result<(), Rejected> {
        let hashes = self.verify(run, audience.is_trust())?;
        self.tx.put_audience(&run.audience, audience).map_err(failed)?;
        let head = self.tx.head(&run.audience, &run.device).map_err(failed)?;
        let held = head.map_or(0, |head| head.number);
        if self.is_full(run, audience, held)? {
            // Somebody filled it, and most likely not the bearer: nothing is taken, and the session goes on.
            return Ok(());
        }
        if run.from > held + 1 {
            return Err(Rejected::Malformed("a gap before the run"));
        }
        if self.is_fork(run, &hashes, held)? {
            received.forks.push((run.audience, run.device, run.from));
            received.second_copy |= self.device == Some(run.device);
            return Ok(());
        }
        let told = self.may_tell(run, roster);
        for ((number, carried), hash) in (run.from..).zip(&run.entries).zip(&hashes) {
            let position = Position { device: run.device, number };
            let entry = stored(run, position, *hash, carried, told);
            let taken = if number > held { self.append(&entry, audience, held) } else { self.fill(&entry) };
            if taken? {
                received.audiences.insert(run.audience);
                received.trust_changed |= audience.is_trust();
                self.tx.raise_tick(&run.audience, entry.tick).map_err(failed)?;
                agenda.add(&entry);
                if entry.body.is_none() {
                    // What waits for the record that begins here can now know that it is only a stub.
                    agenda.add_record(run.audience, position);
                }
            }
        }
        let last = run.from + run.entries.len() as u64 - 1;
        received.second_copy |= self.device == Some(run.device) && last > held;
        received.held.push((run.audience, run.device, last.max(held)));
        Ok(())
    }

    /// Whether the run is more than an audience, or the circle's who-is-who, may hold.
    fn is_full(&self, run: &Run, audience: &Audience, held: u64) -> Result<bool, Rejected> {
        if held == 0 && self.tx.vector(&run.audience).map_err(failed)?.len() >= FEEDS_ACTIVE_MAX {
            return Ok(true);
        }
        if !audience.is_trust() {
            return Ok(false);
        }
        let events = self.tx.trust_entries().map_err(failed)?.len();
        Ok(events + run.entries.len() > EVENTS_MAX)
    }

    /// Whether the run, true by itself, parts from what is held.
    fn is_fork(&self, run: &Run, hashes: &[EntryHash], held: u64) -> Result<bool, Rejected> {
        let hash_at = |number| {
            let position = Position { device: run.device, number };
            self.tx.entry(&run.audience, position).map_err(failed).map(|entry| entry.map(|entry| entry.hash))
        };
        if run.from > 1 && hash_at(run.from - 1)? != Some(run.previous) {
            return Ok(true);
        }
        for (number, hash) in (run.from..=held).zip(hashes) {
            if hash_at(number)? != Some(*hash) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the bearer's word that a body is gone for good is to be taken: the author's own devices know, and mine.
    fn may_tell(&self, run: &Run, roster: &Roster) -> bool {
        let author = roster.member_of(&run.device);
        self.bearer.is_some() && (self.bearer == author || self.bearer == self.me)
    }

    fn append(&self, entry: &StoredEntry, audience: &Audience, held: u64) -> Result<bool, Rejected> {
        let Position { device, number } = entry.position;
        self.tx.append(entry).map_err(failed)?;
        // The old head's signature goes, unless it is one that stays.
        if number > 1 && number == held + 1 && !is_kept(audience, number - 1) {
            let old = Position { device, number: number - 1 };
            self.tx.set_signature(&entry.audience, old, None).map_err(failed)?;
        }
        Ok(true)
    }

    /// Puts a body, or the word that it is gone, where one was missing.
    fn fill(&self, entry: &StoredEntry) -> Result<bool, Rejected> {
        let held = self.tx.entry(&entry.audience, entry.position).map_err(failed)?;
        if held.is_none_or(|held| held.state != EntryState::Missing) {
            return Ok(false);
        }
        match &entry.body {
            Some((salt, body)) => self.tx.fill_body(entry, salt, body).map_err(failed)?,
            None if entry.state == EntryState::Missing => return Ok(false),
            None => self.tx.set_state(&entry.audience, entry.position, entry.state).map_err(failed)?,
        }
        Ok(true)
    }

    /// Folds who is who again, and puts on the agenda what may count now.
    fn fold_anew(&self, before: &Roster, agenda: &mut Agenda) -> Result<Roster, Rejected> {
        let roster = trust::roster(self.tx, &self.circle).map_err(failed)?;
        for entry in self.tx.trust_entries().map_err(failed)? {
            agenda.add(&entry);
        }
        if roster != *before {
            for (audience, _) in self.tx.audiences().map_err(failed)? {
                for entry in self.tx.held(&audience).map_err(failed)? {
                    if entry.state == EntryState::Held(Hold::UnknownDevice) {
                        agenda.add(&entry);
                    }
                }
            }
        }
        Ok(roster)
    }
}

/// The entry as it is stored before it is judged.
fn stored(run: &Run, position: Position, hash: EntryHash, carried: &Carried, told: bool) -> StoredEntry {
    let (body, state) = match carried {
        Carried::Whole { salt, body } => (Some((*salt, body.clone())), EntryState::Held(Hold::UnknownDevice)),
        Carried::StubFinal(_) if told => (None, EntryState::Told),
        Carried::StubFinal(_) | Carried::StubOpen(_) => (None, EntryState::Missing),
    };
    let decoded = body.as_ref().and_then(|(_, bytes)| EntryBody::decode(bytes).ok());
    let links = decoded.as_ref().map(|body| Links::of(body, position)).unwrap_or_default();
    StoredEntry {
        audience: run.audience,
        position,
        hash,
        commitment: carried.commitment(),
        body,
        signature: run.signatures.iter().find(|(at, _)| *at == position.number).map(|(_, signature)| *signature),
        state,
        tick: decoded.map_or(0, |body| body.tick.min(TICK_MAX)),
        record: links.record,
        about: links.about,
    }
}

fn failed(error: crate::store::StoreError) -> Rejected {
    Rejected::Failed(RecordError::Store(error))
}
