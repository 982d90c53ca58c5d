//! Whether somebody really signed two entries at one number.

use super::keys::{Purpose, verify};
use crate::model::limits::{NUMBER_MAX, SIGNED_EVERY};
use crate::model::{CircleId, ForkProof, Side, SideProof};

/// The two sides that `proof` proves; none if it proves nothing.
pub fn verify_fork(circle: &CircleId, proof: &ForkProof) -> Option<[Side; 2]> {
    let sides = proof.sides(circle)?;
    let is_signed = |side: &SideProof| {
        let count = side.commitments.len() as u64;
        let is_short = count <= SIGNED_EVERY && proof.from.saturating_add(count) <= NUMBER_MAX;
        let last = proof.ends(circle, side).map(|(_, last)| last).filter(|_| is_short);
        last.is_some_and(|last| verify(&proof.device, Purpose::Entry, last.as_bytes(), &side.signature))
    };
    proof.sides.iter().all(is_signed).then_some(sides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::SignKey;
    use crate::model::entry::{entry_hash, genesis};
    use crate::model::{AudienceId, Commitment, FeedId};

    fn a_fork() -> (CircleId, ForkProof) {
        let (circle, audience) = (CircleId::from_bytes([1; 32]), AudienceId::from_bytes([2; 32]));
        let key = SignKey::from_bytes(&[3; 32]);
        let feed = FeedId::of(&circle, &key.device(), &audience);
        let previous = genesis(&feed);
        let side = |bytes: &[u8]| {
            let commitments: Vec<_> = bytes.iter().map(|byte| Commitment::from_bytes([*byte; 32])).collect();
            let hashes = (1..).zip(&commitments);
            let last = hashes.fold(previous, |before, (number, it)| entry_hash(&feed, number, &before, it));
            SideProof { commitments, signature: key.sign(Purpose::Entry, last.as_bytes()) }
        };
        let sides = [side(&[4, 5, 6]), side(&[7])];
        (circle, ForkProof { audience, device: key.device(), from: 1, previous, sides })
    }

    #[test]
    fn two_signed_sides_prove_a_fork_and_nothing_else_does() {
        let (circle, proof) = a_fork();
        let sides = verify_fork(&circle, &proof).unwrap();
        assert_ne!(sides[0].key(), sides[1].key());
        let wrong = |change: fn(&mut ForkProof)| {
            let mut proof = proof.clone();
            change(&mut proof);
            verify_fork(&circle, &proof)
        };
        assert_eq!(wrong(|proof| proof.sides[1] = proof.sides[0].clone()), None, "the same twice");
        assert_eq!(wrong(|proof| proof.sides[0].commitments.truncate(2)), None, "another end than was signed");
        assert_eq!(wrong(|proof| proof.sides[0].commitments.clear()), None);
        assert_eq!(wrong(|proof| proof.from = 2), None, "at another number");
        assert_eq!(wrong(|proof| proof.from = u64::MAX), None);
        assert_eq!(wrong(|proof| proof.device = SignKey::from_bytes(&[9; 32]).device()), None, "somebody else");
        assert_eq!(wrong(|proof| proof.previous = crate::model::EntryHash::from_bytes([9; 32])), None);
    }
}
