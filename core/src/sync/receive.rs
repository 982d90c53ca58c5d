//! Runs that arrive, and the answers to those we sent.

use std::collections::{BTreeMap, BTreeSet};

use super::bounded::Bounded;
use super::event::CloseReason;
use super::ledger::{Ledger, Standing};
use super::outbox::last_number;
use super::session::Session;
use super::wire::{Ack, Message, Scope};
use crate::model::limits::FEEDS_MAX;
use crate::model::run::Carried;
use crate::model::{AudienceId, DeviceKey, Head, Run, Vector};

impl Session {
    /// Makes durable what has arrived, and only then says so.
    pub(super) fn commit(&mut self, ledger: &mut dyn Ledger) -> Result<(), CloseReason> {
        let (runs, proofs) = (self.take_inbox(), std::mem::take(&mut self.proofs));
        if runs.is_empty() && proofs.is_empty() {
            return Ok(());
        }
        let mut received = ledger.receive(&self.peer, &proofs, &runs)?;
        self.proofs.append(&mut received.waiting);
        self.note_stubs(&runs);
        for fork in &received.forks {
            self.note_fork(fork, &runs, ledger);
        }
        if received.trust_changed {
            self.trust.stale = true;
            self.sets.stale = true;
        }
        for audience in &received.changed {
            let trust = self.trust_ids.binary_search(audience).is_ok();
            self.progress(if trust { Scope::Trust } else { Scope::Sets }).stale = true;
        }
        if !received.changed.is_empty() {
            // A set becomes known by its first entry, so what may be spoken of can grow with any of them.
            self.ids_stale = true;
            self.wants_stale = true;
        }
        if !runs.is_empty() {
            self.acknowledge(&runs, &received.committed);
        }
        let known = self.out.changed.iter().copied().collect::<BTreeSet<_>>();
        self.out.changed.extend(received.changed.into_iter().filter(|audience| !known.contains(audience)));
        // Last, because what has changed is told even where it ends the session.
        if received.trust_changed { self.recheck_standing(ledger) } else { Ok(()) }
    }

    /// What came without its body need not be asked for: the peer doesn't have it, or holds it back. Also where it says that it is
    /// gone for good, and isn't the one to say so.
    fn note_stubs(&mut self, runs: &[Run]) {
        for run in runs {
            for (number, carried) in (run.from..).zip(&run.entries) {
                if matches!(carried, Carried::StubOpen(_) | Carried::StubFinal(_)) {
                    self.held_back.add((run.audience, run.device), number, number);
                    self.asked.add((run.audience, run.device), number, number);
                    self.out.held_back = true;
                }
            }
        }
    }

    /// Who is revoked or removed by what we have just learnt is served no more.
    pub(super) fn recheck_standing(&self, ledger: &dyn Ledger) -> Result<(), CloseReason> {
        match ledger.standing(&self.peer, &self.noise_key) {
            Standing::Joined(_) => Ok(()),
            _ => Err(CloseReason::NotPaired),
        }
    }

    /// Answers for all of `runs`, naming what of them is durable.
    pub(super) fn acknowledge(&mut self, runs: &[Run], committed: &[(AudienceId, DeviceKey, u64)]) {
        let mut last = BTreeMap::new();
        for run in runs {
            self.entries_received = self.entries_received.saturating_add(run.entries.len() as u64);
            let end = last.entry((run.audience, run.device)).or_insert(0_u64);
            *end = last_number(run).unwrap_or(0).max(*end);
        }
        let mut feeds: BTreeMap<AudienceId, Vec<(DeviceKey, u64)>> = BTreeMap::new();
        for (audience, device, number) in committed {
            // What others brought beyond it is no answer to this peer.
            if let Some(end) = last.get(&(*audience, *device)) {
                feeds.entry(*audience).or_default().push((*device, *number.min(end)));
                self.note_head(*audience, *device, *number.min(end));
            }
        }
        let feeds = feeds.into_iter().map(|(audience, feeds)| (audience, Bounded::cut(feeds))).collect();
        let runs = u32::try_from(runs.len()).unwrap_or(u32::MAX);
        self.send(&Message::Ack(Ack { runs, feeds: Bounded::cut(feeds) }));
    }

    pub(super) fn hear_ack(&mut self, ledger: &mut dyn Ledger, ack: Ack) -> Result<(), CloseReason> {
        self.outbox.answered(ack.runs)?;
        for (audience, feeds) in ack.feeds.iter() {
            let mut shown = Vector::new();
            for (device, number) in feeds.iter() {
                if !self.outbox.was_sent(&(*audience, *device), *number) {
                    return Err("acknowledged more than was sent".into());
                }
                self.note_head(*audience, *device, *number);
                if let Some(hash) = ledger.hash_at(audience, device, *number) {
                    shown.insert(*device, Head { number: *number, hash });
                }
            }
            ledger.note_peer_vector(&self.peer, audience, &shown)?;
        }
        Ok(())
    }

    pub(super) fn note_head(&mut self, audience: AudienceId, device: DeviceKey, number: u64) {
        let heads = self.heads.entry(audience).or_default();
        if heads.len() < FEEDS_MAX || heads.contains_key(&device) {
            let head = heads.entry(device).or_insert(0);
            *head = number.max(*head);
        }
    }
}
