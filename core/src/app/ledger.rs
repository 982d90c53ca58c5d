//! What the sync engine sees of this phone: the store, and the rules.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::answers::SecondCopy;
use super::asked::Asked;
use super::held_back::HeldBack;
use super::me::Me;
use crate::identity::{Purpose, Roster, verify};
use crate::model::limits::PROOF_BYTES_MAX;
use crate::model::{
    Audience, AudienceId, Date, DeviceKey, EntryHash, ForkProof, MemberId, NoiseKey, Position, Run, Signature, Vector,
};
use crate::records::{Expiry, Receiver, Rejected, fork_proofs, run, trust, whole_feed};
use crate::store::{Reader, Store, StoreError};
use crate::sync::{Bodies, Ledger, ReceiveError, Received, Standing, StoreFailed};

/// Heads that peers have shown, until they are written down together, and when they did: milliseconds since 1970.
pub(super) type Notes = BTreeMap<DeviceKey, BTreeMap<AudienceId, (Vector, i64)>>;

/// What is known of a peer's feeds grows by what it has shown.
pub(super) fn raise(known: &mut Vector, shown: &Vector) {
    for (device, head) in shown {
        let known = known.entry(*device).or_insert(*head);
        if head.number > known.number {
            *known = *head;
        }
    }
}

/// A view of this phone for one call of the engine.
pub(super) struct LedgerView<'a> {
    pub store: &'a mut Store,
    pub me: &'a Me,
    pub roster: &'a mut Roster,
    pub notes: &'a mut Notes,
    pub held_back: &'a HeldBack,
    pub asked: &'a RefCell<Asked>,
    pub second_copy: &'a mut Option<SecondCopy>,
    /// The time of this phone, in milliseconds since 1970.
    pub now_ms: i64,
    /// The date of this phone, by which bodies run out.
    pub today: Date,
    /// Whether others confirm that date.
    pub is_date_sure: bool,
}

impl LedgerView<'_> {
    fn read<T: Default>(&self, read: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> T {
        self.store.read().and_then(|reader| read(&reader)).unwrap_or_default()
    }

    fn standing_in(roster: &Roster, device: &DeviceKey, noise_key: &NoiseKey) -> Standing {
        match (roster.joined_member_of(device), roster.noise_key(device)) {
            (Some(member), Some(known)) if known == *noise_key => Standing::Joined(member),
            (Some(_), _) => Standing::Mismatch,
            _ => Standing::Unknown,
        }
    }

    fn take(
        &mut self,
        bearer: Option<MemberId>,
        proofs: &[ForkProof],
        runs: &[Run],
        commit_if: impl FnOnce(&Roster) -> bool,
    ) -> Result<crate::records::Received, ReceiveError> {
        let failed = |_: StoreError| ReceiveError::StoreFailed;
        let tx = self.store.begin().map_err(failed)?;
        let (me, device) = (Some(self.me.member), Some(self.me.device()));
        let receiver = Receiver { tx: &tx, circle: self.me.circle, roster: self.roster, me, device, bearer };
        let received = receiver.receive(proofs, runs).map_err(|rejected| match rejected {
            Rejected::Malformed(rule) => ReceiveError::Malformed(rule),
            Rejected::Failed(_) => ReceiveError::StoreFailed,
        })?;
        let second_copy = self.second_copy.or(received.second_copy.then_some(SecondCopy { noticed_on: self.today }));
        if let Some(noticed) = second_copy.filter(|_| self.second_copy.is_none()) {
            noticed.save(&tx).map_err(failed)?;
        }
        if received.trust_changed {
            let roster = trust::roster(&tx, &self.me.circle).map_err(failed)?;
            if !commit_if(&roster) {
                return Ok(received);
            }
            tx.commit().map_err(failed)?;
            *self.roster = roster;
        } else {
            tx.commit().map_err(failed)?;
        }
        *self.second_copy = second_copy;
        Ok(received)
    }
}

impl Ledger for LedgerView<'_> {
    fn own_device(&self) -> DeviceKey {
        self.me.device()
    }

    fn sign_hello(&self, transcript: &[u8; 32]) -> Signature {
        self.me.keys.sign.sign(Purpose::Hello, transcript)
    }

    fn verify_hello(&self, device: &DeviceKey, transcript: &[u8; 32], signature: &Signature) -> bool {
        verify(device, Purpose::Hello, transcript, signature)
    }

    fn standing(&self, device: &DeviceKey, noise_key: &NoiseKey) -> Standing {
        Self::standing_in(self.roster, device, noise_key)
    }

    fn has_met(&self, device: &DeviceKey) -> bool {
        let roster = self.me.audience(&Audience::Roster);
        self.read(|reader| reader.has_met(device, &roster))
    }

    fn trust_audiences(&self) -> Vec<AudienceId> {
        let audiences = self.read(|reader| reader.audiences());
        audiences.into_iter().filter(|(_, audience)| audience.is_trust()).map(|(id, _)| id).collect()
    }

    fn shared_audiences(&self, peer: &DeviceKey) -> Vec<AudienceId> {
        let Some(member) = self.roster.joined_member_of(peer) else { return Vec::new() };
        let shared = |audience: &Audience| {
            !audience.is_trust()
                && self.roster.may_hold(&member, audience)
                && self.roster.may_hold(&self.me.member, audience)
        };
        let audiences = self.read(|reader| reader.audiences());
        audiences.into_iter().filter(|(_, audience)| shared(audience)).map(|(id, _)| id).collect()
    }

    fn vector(&self, audience: &AudienceId) -> Vector {
        Asked::heads(self.asked, self.store, audience).unwrap_or_default()
    }

    fn hash_at(&self, audience: &AudienceId, device: &DeviceKey, number: u64) -> Option<EntryHash> {
        let position = Position { device: *device, number };
        self.read(|reader| reader.entry(audience, position)).map(|entry| entry.hash)
    }

    fn run(
        &self,
        peer: &DeviceKey,
        audience: &AudienceId,
        device: &DeviceKey,
        from: u64,
        to: u64,
        budget_bytes: usize,
    ) -> Option<Run> {
        let run = self.read(|reader| run(reader, &self.me.circle, audience, device, from, to, budget_bytes))?;
        // Who isn't known as anyone's device is sent who is who, and nothing of that runs out.
        let Some(keeper) = self.roster.member_of(peer) else { return Some(run) };
        let expiry = Expiry { roster: self.roster, today: self.today };
        self.read(|reader| expiry.withhold(reader, run, &keeper, self.is_date_sure).map(Some))
    }

    fn wants(&self, audience: &AudienceId) -> Vec<(DeviceKey, Vec<(u64, u64)>)> {
        Asked::missing(self.asked, self.store, audience).unwrap_or_default()
    }

    fn held_back_today(&self, peer: &DeviceKey) -> Bodies {
        self.held_back.of(peer, self.today)
    }

    /// All of who is who, if it fits: whoever is met then learns at once of everyone else too. Else what leads from the
    /// circle's founder to this device.
    fn proof(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut left = PROOF_BYTES_MAX;
        let mut audiences: Vec<_> = self.trust_audiences();
        let own = self.me.audience(&Audience::Keys(self.me.member));
        audiences.sort_by_key(|audience| *audience != own);
        for audience in audiences {
            for feed in self.vector(&audience).into_keys() {
                let circle = &self.me.circle;
                let Some(run) = self.read(|reader| whole_feed(reader, circle, &audience, &feed)) else { continue };
                let bytes: usize = run.entries.iter().map(crate::model::run::Carried::wire_bytes).sum();
                let bytes = bytes + run.signatures.len() * 72 + 128;
                if bytes > left {
                    continue;
                }
                left -= bytes;
                runs.push(run);
            }
        }
        runs
    }

    fn receive_proof(
        &mut self,
        device: &DeviceKey,
        noise_key: &NoiseKey,
        runs: &[Run],
    ) -> Result<Standing, ReceiveError> {
        let mut standing = Standing::Unknown;
        if !runs.iter().all(|run| self.is_trust(run)) {
            return Err(ReceiveError::Malformed("a proof of something else"));
        }
        self.take(None, &[], runs, |roster| {
            standing = Self::standing_in(roster, device, noise_key);
            // Whoever waits for an approval is no member yet, but the approver must be able to hear of them.
            let member = roster.member_of(device);
            let waits = roster.pending().values().any(|it| it.accepted && Some(it.member) == member);
            waits || matches!(standing, Standing::Joined(_))
        })?;
        Ok(standing)
    }

    fn fork_proofs(&self, audience: &AudienceId) -> Vec<ForkProof> {
        self.read(|reader| fork_proofs(reader, audience))
    }

    fn receive(&mut self, peer: &DeviceKey, proofs: &[ForkProof], runs: &[Run]) -> Result<Received, ReceiveError> {
        let received = self.take(self.roster.joined_member_of(peer), proofs, runs, |_| true)?;
        Ok(Received {
            committed: received.held,
            forks: received.forks,
            waiting: received.waiting,
            changed: received.audiences.into_iter().collect(),
            trust_changed: received.trust_changed,
        })
    }

    fn note_peer_vector(
        &mut self,
        peer: &DeviceKey,
        audience: &AudienceId,
        vector: &Vector,
    ) -> Result<(), StoreFailed> {
        let (shown, seen_at_ms) = self.notes.entry(*peer).or_default().entry(*audience).or_default();
        raise(shown, vector);
        *seen_at_ms = self.now_ms;
        Ok(())
    }
}

impl LedgerView<'_> {
    /// Whether the run's audience says who is who: known so, or by the `open` it begins with.
    fn is_trust(&self, run: &Run) -> bool {
        let known = self.read(|reader| reader.audience(&run.audience));
        known.or_else(|| run.opened_audience()).is_some_and(|audience| audience.is_trust())
    }
}
