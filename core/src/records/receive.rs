//! How entries that another phone brings become part of what is held.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::agenda::{Agenda, Settled};
use super::author::is_kept;
use super::error::RecordError;
use super::judge::Scope;
use super::links::Links;
use super::parting::{Place, Tree};
use super::trust;
use crate::identity::{Malformed, Roster, verify_fork, verify_run};
use crate::model::limits::{EVENTS_MAX, FEEDS_ACTIVE_MAX, TICK_MAX};
use crate::model::op::{EntryBody, Op};
use crate::model::run::Carried;
use crate::model::{
    Audience, AudienceId, CircleId, DeviceKey, EntryHash, EntryState, Fork, ForkProof, Hold, MemberId, Position, Run,
    Side,
};
use crate::store::{StoreError, StoredEntry, Transaction};

/// What taking in runs did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Up to which number the runs of each feed are held; only these may be acknowledged, once committed.
    pub held: Vec<(AudienceId, DeviceKey, u64)>,
    /// Feeds that are now known to have two entries with one number, or where that shows and isn't proven yet.
    pub forks: Vec<Fork>,
    /// Proofs of forks in audiences that nothing is known of yet: to be brought again with what comes next.
    pub waiting: Vec<ForkProof>,
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
    /// Who is who, by what is held before them.
    pub roster: &'a Roster,
    /// The owner of this phone; none before they are admitted.
    pub me: Option<MemberId>,
    /// This phone; none before it is one of the circle's.
    pub device: Option<DeviceKey>,
    /// Whose phone brought them.
    pub bearer: Option<MemberId>,
}

impl Receiver<'_> {
    /// Verifies the runs and takes them in. Nothing of a malformed one is stored if the caller then rolls back.
    pub fn receive(&self, proofs: &[ForkProof], runs: &[Run]) -> Result<Received, Rejected> {
        let mut received = Received::default();
        let mut agenda = Agenda::default();
        let mut roster = Cow::Borrowed(self.roster);
        for proof in proofs {
            match self.known_or_opened(&proof.audience, runs)? {
                Some(audience) => {
                    self.check_mine(&audience, &roster)?;
                    self.learn(proof, &mut agenda, &mut received)?;
                }
                // Nothing is kept of an audience that nobody has told of: there are as many as somebody likes to invent.
                None => received.waiting.push(proof.clone()),
            }
        }
        if !received.forks.is_empty() {
            roster = Cow::Owned(trust::roster(self.tx, &self.circle).map_err(failed)?);
        }
        // Who is who comes first, so that what the newcomers among it wrote counts at once.
        for trust_first in [true, false] {
            for run in runs {
                let Some(audience) = self.audience(run, runs)? else {
                    // Whether it is one of trust isn't known, and so not how many signatures it must have.
                    let sides = self.tx.sides_of(&run.audience, &run.device).map_err(failed)?;
                    self.verify(run, false, &sides).or_else(|_| self.verify(run, true, &sides))?;
                    continue;
                };
                if audience.is_trust() == trust_first {
                    self.check_mine(&audience, &roster)?;
                    self.take(run, &audience, &roster, &mut agenda, &mut received)?;
                }
            }
            if trust_first && received.trust_changed {
                roster = Cow::Owned(self.fold_anew(&roster, &mut agenda)?);
            }
        }
        if !received.forks.is_empty() {
            // Against what was known before the first proof: what waited for its sides counts now.
            roster = Cow::Owned(self.fold_anew(self.roster, &mut agenda)?);
        }
        let scope = Scope { circle: &self.circle, roster: &roster };
        received.settled = agenda.settle(self.tx, scope).map_err(failed)?;
        Ok(received)
    }

    /// Takes in a proof that a device wrote two things at one number. It may come before anything of that feed is here.
    fn learn(&self, proof: &ForkProof, agenda: &mut Agenda, received: &mut Received) -> Result<(), Rejected> {
        let sides = verify_fork(&self.circle, proof).ok_or(Rejected::Malformed("a proof that proves nothing"))?;
        let mut tree = Tree::of(self.tx, &proof.audience, &proof.device).map_err(failed)?;
        if tree.learn(sides, proof, agenda).map_err(Rejected::Failed)? {
            let (audience, device) = (proof.audience, proof.device);
            received.forks.push(Fork { audience, device, is_proven: true });
            received.audiences.insert(proof.audience);
            received.trust_changed = true;
            received.second_copy |= self.device == Some(proof.device);
        }
        Ok(())
    }

    /// The run's audience: known, or given by an `open` that this run or one beside it begins with. None for a feed of
    /// which only stubs are left from its beginning on, in an audience that nobody has told of: its `open` may have been
    /// refused by an honest bearer, so it waits until somebody else's tells the audience.
    fn audience(&self, run: &Run, runs: &[Run]) -> Result<Option<Audience>, Rejected> {
        if let Some(audience) = self.known_or_opened(&run.audience, runs)? {
            return Ok(Some(audience));
        }
        match run.entries.first() {
            Some(Carried::StubFinal(_) | Carried::StubOpen(_)) if run.from == 1 => Ok(None),
            _ => Err(Rejected::Malformed("an audience without a beginning")),
        }
    }

    fn known_or_opened(&self, id: &AudienceId, runs: &[Run]) -> Result<Option<Audience>, Rejected> {
        if let Some(known) = self.tx.audience(id).map_err(failed)? {
            return Ok(Some(known));
        }
        let opened = runs.iter().filter(|run| run.audience == *id).filter_map(Run::opened_audience);
        Ok(opened.into_iter().find(|audience| audience.id(&self.circle) == *id))
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

    fn verify(&self, run: &Run, every: bool, sides: &[Side]) -> Result<Vec<EntryHash>, Rejected> {
        verify_run(&self.circle, run, every, sides).map_err(|malformed| {
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
        let mut tree = Tree::of(self.tx, &run.audience, &run.device).map_err(failed)?;
        let hashes = self.verify(run, audience.is_trust(), tree.sides())?;
        self.tx.put_audience(&run.audience, audience).map_err(failed)?;
        let mut held = self.held(run, &run.device)?;
        if self.is_full(run, audience, held)? {
            // Somebody filled it, and most likely not the bearer: nothing is taken, and the session goes on.
            return Ok(());
        }
        let is_mine = self.device == Some(tree.device());
        let Some(mut feed) = tree.holding(&run.device, run.from, &run.previous).map_err(failed)? else {
            if run.from > held + 1 && tree.sides().is_empty() {
                return Err(Rejected::Malformed("a gap before the run"));
            }
            // It parts from what is held further back than it begins.
            received.forks.push(Fork { audience: run.audience, device: run.device, is_proven: false });
            received.second_copy |= is_mine;
            return Ok(());
        };
        let told = self.may_tell(run, roster);
        let (mut previous, mut last, mut tick) = (run.previous, run.from - 1, 0);
        // What was the head until now is signed, and of a run its last entry and a few.
        let mut is_head_signed = true;
        if feed != run.device {
            held = self.held(run, &feed)?;
        }
        for ((number, carried), hash) in (run.from..).zip(&run.entries).zip(&hashes) {
            let place = tree.place(feed, held, (number, previous, *hash), agenda).map_err(Rejected::Failed)?;
            let side = match place {
                Place::Feed(side) => side,
                Place::NewSide(side) => {
                    let (audience, device) = (run.audience, tree.device());
                    received.forks.push(Fork { audience, device, is_proven: true });
                    received.second_copy |= is_mine;
                    received.audiences.insert(run.audience);
                    // Whose a side is follows from who is who.
                    received.trust_changed = true;
                    side
                }
                Place::Nowhere => break,
            };
            if side != feed {
                (feed, held) = (side, self.held(run, &side)?);
                is_head_signed = true;
            }
            previous = *hash;
            let position = Position { device: feed, number };
            let (entry, is_create) = self.stored(run, audience, position, *hash, carried, told).map_err(failed)?;
            let is_new = number > held;
            if if is_new { self.append(&entry, audience, held > 0 && is_head_signed)? } else { self.fill(&entry)? } {
                received.audiences.insert(run.audience);
                received.trust_changed |= audience.is_trust();
                received.second_copy |= is_mine && is_new;
                tick = entry.tick.max(tick);
                match entry.record {
                    Some(root) if is_create => agenda.add_arrived(run.audience, root),
                    _ => agenda.add(&entry),
                }
                if feed != tree.device() {
                    tree.relink(position, agenda).map_err(Rejected::Failed)?;
                }
                if entry.body.is_none() {
                    // What waits for the record that begins here can now know that it is only a stub.
                    agenda.add_record(run.audience, position);
                }
            }
            if is_new {
                is_head_signed = entry.signature.is_some();
            }
            held = held.max(number);
            last = number;
        }
        self.tx.raise_tick(&run.audience, tick).map_err(failed)?;
        if last >= run.from {
            received.held.push((run.audience, run.device, last));
        }
        Ok(())
    }

    /// The entry as it is stored before it is judged, and whether a record, or a version of one, begins with it.
    fn stored(
        &self,
        run: &Run,
        audience: &Audience,
        position: Position,
        hash: EntryHash,
        carried: &Carried,
        told: bool,
    ) -> Result<(StoredEntry, bool), StoreError> {
        let (body, state) = match carried {
            Carried::Whole { salt, body } => (Some((*salt, body.clone())), unjudged(audience)),
            Carried::StubFinal(_) if told => (None, EntryState::Told),
            Carried::StubFinal(_) | Carried::StubOpen(_) => (None, EntryState::Missing),
        };
        let decoded = body.as_ref().and_then(|(_, bytes)| EntryBody::decode(bytes).ok());
        let links = decoded.as_ref().map(|body| Links::of(self.tx, body, position)).transpose()?.unwrap_or_default();
        let is_create = decoded.as_ref().is_some_and(|body| matches!(body.op, Op::Create(_)));
        let entry = StoredEntry {
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
        };
        Ok((entry, is_create))
    }

    /// Up to which number a feed is held.
    fn held(&self, run: &Run, feed: &DeviceKey) -> Result<u64, Rejected> {
        let head = self.tx.head(&run.audience, feed).map_err(failed)?;
        Ok(head.map_or(0, |head| head.number))
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

    /// Whether the bearer's word that a body is gone for good is to be taken: the author's own devices know, and mine.
    fn may_tell(&self, run: &Run, roster: &Roster) -> bool {
        let author = roster.member_of(&run.device);
        self.bearer.is_some() && (self.bearer == author || self.bearer == self.me)
    }

    fn append(&self, entry: &StoredEntry, audience: &Audience, is_head_signed: bool) -> Result<bool, Rejected> {
        let Position { device, number } = entry.position;
        self.tx.append(entry).map_err(failed)?;
        // The old head's signature goes, unless it is one that stays. A side of a fork has none when it begins.
        if is_head_signed && !is_kept(audience, number - 1) {
            let old = Position { device, number: number - 1 };
            self.tx.set_signature(&entry.audience, old, None).map_err(failed)?;
        }
        Ok(true)
    }

    /// Puts a body, or the word that it is gone, where one was missing.
    fn fill(&self, entry: &StoredEntry) -> Result<bool, Rejected> {
        let held = self.tx.entry(&entry.audience, entry.position).map_err(failed)?;
        match held.map(|held| held.state) {
            Some(EntryState::Missing) => {}
            // It belongs to what has gone with something else, and only its author's or one's own phones can know (decisions/0033).
            Some(EntryState::Held(Hold::MissingRecord)) if entry.state == EntryState::Told => {}
            _ => return Ok(false),
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

/// What has become of an entry that isn't judged yet, which it is before the commit. Most are accepted, and need not be written a second
/// time. Who is who counts nothing that isn't judged.
fn unjudged(audience: &Audience) -> EntryState {
    if audience.is_trust() { EntryState::Held(Hold::UnknownDevice) } else { EntryState::Accepted }
}

fn failed(error: StoreError) -> Rejected {
    Rejected::Failed(RecordError::Store(error))
}
