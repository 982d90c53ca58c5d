//! What a session needs from whoever holds the entries and knows the rules.

use super::bodies::Bodies;
use crate::model::{AudienceId, DeviceKey, EntryHash, Fork, ForkProof, MemberId, NoiseKey, Run, Signature, Vector};

/// What a device is to us, by our own roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No active device of a joined member.
    Unknown,
    /// An active device of this joined member, on the Noise key that was certified with it.
    Joined(MemberId),
    /// A known device, on a Noise key that isn't its own.
    Mismatch,
}

/// What became of received runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Feeds of these runs and up to which number each is now held. Durable.
    pub committed: Vec<(AudienceId, DeviceKey, u64)>,
    /// Feeds of which there is more than one side.
    pub forks: Vec<Fork>,
    /// Proofs that can't be placed yet: to be brought again with what comes next.
    pub waiting: Vec<ForkProof>,
    /// Audiences in which anything is different now, a body that was missing included.
    pub changed: Vec<AudienceId>,
    /// Whether any event of a roster or keys feed came in.
    pub trust_changed: bool,
}

/// Runs weren't received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiveError {
    /// They are against the rule named here, and whoever sent them is at fault. Nothing of them was stored.
    Malformed(&'static str),
    /// The disk is at fault.
    StoreFailed,
}

/// The disk is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreFailed;

/// What this phone holds, and the rules by which it takes more.
pub trait Ledger {
    /// This device.
    fn own_device(&self) -> DeviceKey;

    /// Signs the transcript of a `Hello`.
    fn sign_hello(&self, transcript: &[u8; 32]) -> Signature;

    /// Whether `device` signed this transcript of a `Hello`.
    fn verify_hello(&self, device: &DeviceKey, transcript: &[u8; 32], signature: &Signature) -> bool;

    /// What `device`, speaking on a channel of `noise_key`, is to us.
    fn standing(&self, device: &DeviceKey, noise_key: &NoiseKey) -> Standing;

    /// Whether `device` is known to have our keys and roster, so that no proof need be sent.
    fn has_met(&self, device: &DeviceKey) -> bool;

    /// The roster and the keys of all members: what every joined member may hold.
    fn trust_audiences(&self) -> Vec<AudienceId>;

    /// The audiences of records that `peer` and this device may both hold, by our own roster; sorted.
    fn shared_audiences(&self, peer: &DeviceKey) -> Vec<AudienceId>;

    /// What is held of an audience; empty if nothing.
    fn vector(&self, audience: &AudienceId) -> Vector;

    /// The hash of an entry that is held.
    fn hash_at(&self, audience: &AudienceId, device: &DeviceKey, number: u64) -> Option<EntryHash>;

    /// Entries of a feed for `peer`, from number `from`.
    ///
    /// Ends at a signed number: the last one at or before `to` that keeps the bodies within `budget_bytes`, else the
    /// first one after `from`. Signatures are included. `None` if there is nothing to send.
    fn run(
        &self,
        peer: &DeviceKey,
        audience: &AudienceId,
        device: &DeviceKey,
        from: u64,
        to: u64,
        budget_bytes: usize,
    ) -> Option<Run>;

    /// Bodies that are missing and not gone for good, newest first.
    fn wants(&self, audience: &AudienceId) -> Vec<(DeviceKey, Vec<(u64, u64)>)>;

    /// The bodies that `peer` sent without, today: before tomorrow it isn't asked for them again.
    fn held_back_today(&self, peer: &DeviceKey) -> Bodies;

    /// What proves to a device that doesn't know us that we are an active device of a joined member, at most
    /// [`PROOF_BYTES_MAX`](crate::model::limits::PROOF_BYTES_MAX).
    fn proof(&self) -> Vec<Run>;

    /// Takes a proof if `device` is joined by it. Stores nothing otherwise.
    fn receive_proof(
        &mut self,
        device: &DeviceKey,
        noise_key: &NoiseKey,
        runs: &[Run],
    ) -> Result<Standing, ReceiveError>;

    /// What proves the forks that are known in an audience; mostly nothing.
    fn fork_proofs(&self, audience: &AudienceId) -> Vec<ForkProof>;

    /// Verifies proofs and runs and commits them in one transaction; stores nothing if one of them is malformed.
    ///
    /// Runs come in the order in which they were sent, may repeat what is held, and may overlap.
    fn receive(&mut self, peer: &DeviceKey, proofs: &[ForkProof], runs: &[Run]) -> Result<Received, ReceiveError>;

    /// Remembers what `peer` has shown to hold. `vector` may lack feeds, and heads noted before are never lowered by
    /// it; where nothing is new, nothing need be written.
    fn note_peer_vector(&mut self, peer: &DeviceKey, audience: &AudienceId, vector: &Vector)
    -> Result<(), StoreFailed>;
}
