//! A ledger in memory, with real hash chains, and a wire in a loop.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use super::{Bodies, Ledger, ReceiveError, Received, Standing, StoreFailed};
use crate::model::entry::{commitment, entry_hash, genesis};
use crate::model::hash::hash;
use crate::model::limits::SIGNED_EVERY;
use crate::model::run::Carried;
use crate::model::{
    AudienceId, CircleId, DeviceKey, EntryHash, FeedId, Fork, ForkProof, Head, MemberId, NoiseKey, Now, Run,
};
use crate::model::{Signature, Vector, Zone};

const CIRCLE: CircleId = CircleId::from_bytes([0xc1; 32]);
/// The one trust audience of these tests: each entry's body is a device that its writer admits.
pub(super) const ROSTER: AudienceId = AudienceId::from_bytes([0; 32]);

pub(super) fn device(name: u8) -> DeviceKey {
    DeviceKey::from_bytes([name; 32])
}

pub(super) fn noise(name: u8) -> NoiseKey {
    NoiseKey::from_bytes([name ^ 0xff; 32])
}

/// A set of devices; as in the protocol its id is a hash of who is in it.
pub(super) fn set(names: &[u8]) -> AudienceId {
    AudienceId::from_bytes(hash("audience", &[names]))
}

pub(super) fn now() -> Now {
    Now { unix_ms: 1_770_000_000_000, zone: Zone::UTC }
}

/// Not Ed25519, which belongs to another room: enough to be missed where it must be and wrong where it is.
fn signature(device: &DeviceKey, bytes: &[u8]) -> Signature {
    let half = hash("sig", &[device.as_bytes(), bytes]);
    Signature::from_slice(&[half, half].concat()).unwrap()
}

#[derive(Clone)]
struct Entry {
    carried: Carried,
    hash: EntryHash,
    signature: Option<Signature>,
}

#[derive(Clone)]
pub(super) struct Memory {
    pub(super) name: u8,
    pub(super) founders: Vec<u8>,
    pub(super) met: bool,
    members: BTreeMap<AudienceId, Vec<u8>>,
    feeds: BTreeMap<AudienceId, BTreeMap<DeviceKey, Vec<Entry>>>,
    pub(super) noted: BTreeMap<(DeviceKey, AudienceId), Vector>,
    pub(super) receives: usize,
    pub(super) forks: usize,
    /// Audiences of which nothing is taken, without a word.
    pub(super) deaf: BTreeSet<AudienceId>,
}

impl Memory {
    pub(super) fn new(name: u8, founders: &[u8]) -> Self {
        Self {
            name,
            founders: founders.to_vec(),
            met: true,
            members: BTreeMap::new(),
            feeds: BTreeMap::new(),
            noted: BTreeMap::new(),
            receives: 0,
            forks: 0,
            deaf: BTreeSet::new(),
        }
    }

    fn append(&mut self, audience: AudienceId, body: Vec<u8>) {
        let own = device(self.name);
        let feed = self.feeds.entry(audience).or_default().entry(own).or_default();
        let id = FeedId::of(&CIRCLE, &own, &audience);
        let (number, previous) = (feed.len() as u64 + 1, feed.last().map_or(genesis(&id), |entry| entry.hash));
        let salt = [number as u8; 16];
        let hash = entry_hash(&id, number, &previous, &commitment(&salt, &body));
        let signature = Some(signature(&own, hash.as_bytes()));
        feed.push(Entry { carried: Carried::Whole { salt, body }, hash, signature });
    }

    /// Writes an entry into a set; the first one opens the feed.
    pub(super) fn write(&mut self, names: &[u8], body: &[u8]) {
        let audience = set(names);
        if self.entries(&audience, self.name).is_empty() {
            self.members.insert(audience, names.to_vec());
            self.append(audience, names.to_vec());
        }
        self.append(audience, body.to_vec());
    }

    pub(super) fn admit(&mut self, name: u8) {
        self.append(ROSTER, vec![name]);
    }

    /// Turns a body into a stub; `open` as if it had never come.
    pub(super) fn forget(&mut self, audience: AudienceId, name: u8, number: u64, open: bool) {
        let feed = self.feeds.get_mut(&audience).unwrap().get_mut(&device(name)).unwrap();
        let entry = &mut feed[number as usize - 1];
        let commitment = entry.carried.commitment();
        entry.carried = if open { Carried::StubOpen(commitment) } else { Carried::StubFinal(commitment) };
    }

    fn entries(&self, audience: &AudienceId, name: u8) -> &[Entry] {
        let feed = self.feeds.get(audience).and_then(|feeds| feeds.get(&device(name)));
        feed.map_or(&[], Vec::as_slice)
    }

    pub(super) fn body(&self, audience: &AudienceId, name: u8, number: u64) -> Option<&Carried> {
        self.entries(audience, name).get(number as usize - 1).map(|entry| &entry.carried)
    }

    pub(super) fn joined(&self) -> BTreeSet<u8> {
        let roster = self.feeds.get(&ROSTER).into_iter().flat_map(|feeds| feeds.values().flatten());
        let admitted = roster.filter_map(|entry| match &entry.carried {
            Carried::Whole { body, .. } => body.first().copied(),
            _ => None,
        });
        self.founders.iter().copied().chain(admitted).collect()
    }

    fn verify(run: &Run) -> Option<Vec<Entry>> {
        let id = FeedId::of(&CIRCLE, &run.device, &run.audience);
        if run.from == 0 || run.entries.is_empty() || (run.from == 1 && run.previous != genesis(&id)) {
            return None;
        }
        let signatures: BTreeMap<_, _> = run.signatures.iter().copied().collect();
        let (mut previous, mut entries) = (run.previous, Vec::new());
        let last = run.from + run.entries.len() as u64 - 1;
        for (number, carried) in (run.from..).zip(&run.entries) {
            previous = entry_hash(&id, number, &previous, &carried.commitment());
            let due = number == last || number.is_multiple_of(SIGNED_EVERY);
            let given = signatures.get(&number).copied();
            if due && given != Some(signature(&run.device, previous.as_bytes())) {
                return None;
            }
            entries.push(Entry { carried: carried.clone(), hash: previous, signature: given });
        }
        Some(entries)
    }

    fn take(&mut self, run: &Run, received: &mut Received) -> Result<(), ReceiveError> {
        let entries = Self::verify(run).ok_or(ReceiveError::Malformed("a run whose chain doesn't hold"))?;
        let audience = run.audience;
        if audience != ROSTER && !self.members.contains_key(&audience) {
            let names = match run.entries.first() {
                Some(Carried::Whole { body, .. }) if run.from == 1 && set(body) == audience => body.clone(),
                _ => return Err(ReceiveError::Malformed("a run of an unknown set")),
            };
            if !names.contains(&self.name) {
                return Err(ReceiveError::Malformed("a run of a set that isn't ours"));
            }
            self.members.insert(audience, names);
        }
        if self.deaf.contains(&audience) {
            return Ok(());
        }
        let feed = self.feeds.entry(audience).or_default().entry(run.device).or_default();
        let mut changed = false;
        for (number, entry) in (run.from..).zip(entries) {
            let index = number as usize - 1;
            let id = FeedId::of(&CIRCLE, &run.device, &audience);
            let previous = if index == 0 { Some(genesis(&id)) } else { feed.get(index - 1).map(|entry| entry.hash) };
            let fork = number == run.from && previous.is_some_and(|hash| hash != run.previous);
            let length = feed.len();
            match feed.get_mut(index) {
                _ if fork => {}
                Some(held) if held.hash == entry.hash => {
                    if matches!(held.carried, Carried::StubOpen(_)) && held.carried != entry.carried {
                        held.carried = entry.carried;
                        changed = true;
                    }
                    held.signature = held.signature.or(entry.signature);
                    continue;
                }
                None if index == length => {
                    feed.push(entry);
                    changed = true;
                    continue;
                }
                None => return Err(ReceiveError::Malformed("a run beyond the end")),
                Some(_) => {}
            }
            self.forks += 1;
            received.forks.push(Fork { audience, device: run.device, is_proven: false });
            break;
        }
        if received.forks.iter().all(|fork| fork.device != run.device) {
            received.committed.push((audience, run.device, run.from + run.entries.len() as u64 - 1));
        }
        if changed {
            received.changed.push(audience);
            received.trust_changed |= audience == ROSTER;
        }
        Ok(())
    }
}

impl Ledger for Memory {
    fn own_device(&self) -> DeviceKey {
        device(self.name)
    }

    fn sign_hello(&self, transcript: &[u8; 32]) -> Signature {
        signature(&device(self.name), transcript)
    }

    fn verify_hello(&self, device: &DeviceKey, transcript: &[u8; 32], given: &Signature) -> bool {
        signature(device, transcript) == *given
    }

    fn standing(&self, device: &DeviceKey, noise_key: &NoiseKey) -> Standing {
        let name = device.as_bytes()[0];
        match self.joined().contains(&name) {
            true if *noise_key == noise(name) => Standing::Joined(MemberId::from_bytes([name; 32])),
            true => Standing::Mismatch,
            false => Standing::Unknown,
        }
    }

    fn has_met(&self, _: &DeviceKey) -> bool {
        self.met
    }

    fn trust_audiences(&self) -> Vec<AudienceId> {
        vec![ROSTER]
    }

    fn shared_audiences(&self, peer: &DeviceKey) -> Vec<AudienceId> {
        let peer = peer.as_bytes()[0];
        if !self.joined().contains(&peer) {
            return Vec::new();
        }
        let shared = self.members.iter().filter(|(_, names)| names.contains(&peer) && names.contains(&self.name));
        shared.map(|(audience, _)| *audience).collect()
    }

    fn vector(&self, audience: &AudienceId) -> Vector {
        let feeds = self.feeds.get(audience).into_iter().flatten();
        let heads = feeds.filter_map(|(device, entries)| {
            Some((*device, Head { number: entries.len() as u64, hash: entries.last()?.hash }))
        });
        heads.collect()
    }

    fn hash_at(&self, audience: &AudienceId, device: &DeviceKey, number: u64) -> Option<EntryHash> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        Some(self.feeds.get(audience)?.get(device)?.get(index)?.hash)
    }

    fn run(
        &self,
        _: &DeviceKey,
        audience: &AudienceId,
        device: &DeviceKey,
        from: u64,
        to: u64,
        budget_bytes: usize,
    ) -> Option<Run> {
        let entries = self.feeds.get(audience)?.get(device)?;
        let start = usize::try_from(from).ok()?.checked_sub(1)?;
        let (mut end, mut bytes) = (None, 0);
        for (index, entry) in entries.iter().enumerate().skip(start) {
            if let Carried::Whole { body, .. } = &entry.carried {
                bytes += body.len();
            }
            let beyond = index as u64 >= to || bytes > budget_bytes;
            if beyond && end.is_some() {
                break;
            }
            if entry.signature.is_some() {
                end = Some(index);
            }
        }
        let taken = &entries[start..=end?];
        let previous = match start {
            0 => genesis(&FeedId::of(&CIRCLE, device, audience)),
            _ => entries[start - 1].hash,
        };
        let last = start + taken.len();
        let signed = (from..).zip(taken).filter(|(number, _)| *number == last as u64 || number % SIGNED_EVERY == 0);
        let signatures = signed.filter_map(|(number, entry)| Some((number, entry.signature?))).collect();
        let entries = taken.iter().map(|entry| entry.carried.clone()).collect();
        Some(Run { audience: *audience, device: *device, from, previous, entries, signatures })
    }

    fn wants(&self, audience: &AudienceId) -> Vec<(DeviceKey, Vec<(u64, u64)>)> {
        let feeds = self.feeds.get(audience).into_iter().flatten();
        let wants = feeds.map(|(device, entries)| {
            let open = (1..).zip(entries).filter(|(_, entry)| matches!(entry.carried, Carried::StubOpen(_)));
            (*device, open.map(|(number, _)| (number, number)).collect::<Vec<_>>())
        });
        wants.filter(|(_, ranges)| !ranges.is_empty()).collect()
    }

    fn proof(&self) -> Vec<Run> {
        let feeds = self.vector(&ROSTER);
        let own = device(self.name);
        feeds.iter().filter_map(|(device, head)| self.run(&own, &ROSTER, device, 1, head.number, 1 << 16)).collect()
    }

    fn receive_proof(&mut self, device: &DeviceKey, noise: &NoiseKey, runs: &[Run]) -> Result<Standing, ReceiveError> {
        let mut with = self.clone();
        with.receive(device, &[], runs)?;
        // Only who is already known may admit.
        if with.feeds.get(&ROSTER).into_iter().flatten().any(|(by, _)| !self.joined().contains(&by.as_bytes()[0])) {
            return Ok(Standing::Unknown);
        }
        let standing = with.standing(device, noise);
        if let Standing::Joined(_) = standing {
            *self = with;
        }
        Ok(standing)
    }

    fn fork_proofs(&self, _: &AudienceId) -> Vec<ForkProof> {
        Vec::new()
    }

    fn receive(&mut self, _: &DeviceKey, _: &[ForkProof], runs: &[Run]) -> Result<Received, ReceiveError> {
        let (mut with, mut received) = (self.clone(), Received::default());
        for run in runs {
            with.take(run, &mut received)?;
        }
        with.receives += 1;
        *self = with;
        Ok(received)
    }

    fn held_back_today(&self, _: &DeviceKey) -> Bodies {
        Bodies::new()
    }

    fn note_peer_vector(&mut self, peer: &DeviceKey, audience: &AudienceId, shown: &Vector) -> Result<(), StoreFailed> {
        let noted = self.noted.entry((*peer, *audience)).or_default();
        for (device, head) in shown {
            let held = noted.entry(*device).or_insert(*head);
            if head.number > held.number {
                *held = *head;
            }
        }
        Ok(())
    }
}
