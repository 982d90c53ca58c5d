//! Feeds of which two phones hold different entries: each shows the other its own, until both know where they part.

use super::event::CloseReason;
use super::ledger::Ledger;
use super::session::Session;
use super::wire::{Message, Scope};
use crate::model::limits::SIGNED_EVERY;
use crate::model::{AudienceId, DeviceKey, Fork, ForkProof, Run};

/// Proofs between two commits. An honest peer has shown few before it is quiet.
const PROOFS_MAX: usize = 1_024;

impl Session {
    pub(super) fn hear_proof(&mut self, proof: ForkProof) -> Result<(), CloseReason> {
        self.proofs.push(proof);
        if self.proofs.len() > PROOFS_MAX { Err("too many proofs".into()) } else { Ok(()) }
    }

    /// Shows the peer where feeds of an audience part, before anything of their sides: it couldn't tell whose they are.
    pub(super) fn show_forks(&mut self, audience: &AudienceId, ledger: &dyn Ledger) {
        let proofs = ledger.fork_proofs(audience);
        let shown = self.forks_shown.entry(*audience).or_insert(0);
        if proofs.len() > *shown {
            *shown = proofs.len();
            proofs.into_iter().for_each(|proof| self.send(&Message::Proof(proof.into())));
        }
    }

    /// Two entries in one place, as the peer's heads or runs say. Ours goes to the peer from well before that place, so that
    /// one of the two finds where they part; from further back each time that this was too late.
    pub(super) fn show_side(&mut self, audience: AudienceId, device: DeviceKey, at: u64, ledger: &dyn Ledger) {
        let Some(head) = ledger.vector(&audience).get(&device).copied() else { return };
        let feed = (audience, device);
        let back = match self.forked.get(&feed) {
            Some(shown) => at.min(*shown).saturating_sub(4 * (head.number.saturating_sub(*shown) + SIGNED_EVERY)),
            None => at.saturating_sub(SIGNED_EVERY),
        };
        let from = back.max(1);
        if self.forked.get(&feed).is_none_or(|shown| from < *shown) {
            self.forked.insert(feed, from);
            let scope = if self.trust_ids.binary_search(&audience).is_ok() { Scope::Trust } else { Scope::Sets };
            self.outbox.push_feed(scope, feed, from - 1, head.number);
        }
    }

    /// What the peer's runs and proofs have shown.
    pub(super) fn note_fork(&mut self, fork: &Fork, runs: &[Run], ledger: &dyn Ledger) {
        let Fork { audience, device, is_proven } = *fork;
        if is_proven {
            self.forked.remove(&(audience, device));
            self.show_forks(&audience, ledger);
            return;
        }
        let of_feed = runs.iter().filter(|run| (run.audience, run.device) == (audience, device));
        if let Some(first) = of_feed.map(|run| run.from).min() {
            self.show_side(audience, device, first, ledger);
        }
    }
}
