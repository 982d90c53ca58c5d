//! Whether a run of entries is what its feed's device wrote: the hashes link up and the signatures hold.

use crate::model::entry::{entry_hash, genesis};
use crate::model::limits::{NUMBER_MAX, RUN_ENTRIES_MAX, SIGNED_EVERY};
use crate::model::{CircleId, EntryHash, FeedId, Run, Side};

use super::keys::{Purpose, verify};

/// The run isn't something that its feed's device wrote: whoever sent it is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// No entries, too many, or numbers that no feed has.
    Numbers,
    /// It starts with something else than the feed's beginning.
    Beginning,
    /// A signature is missing where one must travel, stands where none is due, or doesn't hold.
    Signature,
}

/// The hash of each entry of `run`, if its signatures hold.
///
/// A signature must stand at the run's last entry and at each number that [`SIGNED_EVERY`] divides; in keys and roster
/// feeds (`every`) at each. Where the feed has forked, its `sides` vouch for the entry before them, and the run may be that of one
/// of them. Whether `run.previous` is the hash held here is not asked: if it isn't, the feed has forked,
/// and that is the writer's doing, not the sender's.
pub fn verify_run(circle: &CircleId, run: &Run, every: bool, sides: &[Side]) -> Result<Vec<EntryHash>, Malformed> {
    let count = u64::try_from(run.entries.len()).map_err(|_| Malformed::Numbers)?;
    let last = run.from.checked_add(count).and_then(|end| end.checked_sub(1)).ok_or(Malformed::Numbers)?;
    if run.entries.is_empty() || run.entries.len() > RUN_ENTRIES_MAX || run.from == 0 || last > NUMBER_MAX {
        return Err(Malformed::Numbers);
    }
    let writer = sides.iter().find(|side| side.key() == run.device).map_or(run.device, |side| side.device);
    let feed = FeedId::of(circle, &writer, &run.audience);
    if run.from == 1 && run.previous != genesis(&feed) {
        return Err(Malformed::Beginning);
    }
    let mut hashes = Vec::with_capacity(run.entries.len());
    let mut signatures = run.signatures.iter().peekable();
    let mut previous = run.previous;
    for (number, entry) in (run.from..).zip(&run.entries) {
        previous = entry_hash(&feed, number, &previous, &entry.commitment());
        hashes.push(previous);
        let is_vouched = sides.iter().any(|side| side.from == number + 1 && side.previous == previous);
        let due = every || (number == last && !is_vouched) || number.is_multiple_of(SIGNED_EVERY);
        match signatures.next_if(|(at, _)| *at == number) {
            Some((_, signature))
                if (due || is_vouched) && verify(&writer, Purpose::Entry, previous.as_bytes(), signature) => {}
            None if !due => {}
            _ => return Err(Malformed::Signature),
        }
    }
    if signatures.next().is_some() { Err(Malformed::Signature) } else { Ok(hashes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::keys::SignKey;
    use crate::model::AudienceId;
    use crate::model::run::Carried;

    fn a_run(length: u8) -> (CircleId, Run) {
        let (circle, audience) = (CircleId::from_bytes([1; 32]), AudienceId::from_bytes([2; 32]));
        let key = SignKey::from_bytes(&[3; 32]);
        let feed = FeedId::of(&circle, &key.device(), &audience);
        let mut run = Run {
            audience,
            device: key.device(),
            from: 1,
            previous: genesis(&feed),
            entries: vec![],
            signatures: vec![],
        };
        let mut previous = run.previous;
        for number in 1..=u64::from(length) {
            let entry = Carried::Whole { salt: [number as u8; 16], body: vec![number as u8; 30] };
            previous = entry_hash(&feed, number, &previous, &entry.commitment());
            run.entries.push(entry);
            if number.is_multiple_of(SIGNED_EVERY) || number == u64::from(length) {
                run.signatures.push((number, key.sign(Purpose::Entry, previous.as_bytes())));
            }
        }
        (circle, run)
    }

    #[test]
    fn a_true_run_verifies_with_any_body_turned_into_a_stub() {
        let (circle, mut run) = a_run(70);
        let hashes = verify_run(&circle, &run, false, &[]).unwrap();
        for index in 0..run.entries.len() {
            run.entries[index] = Carried::StubFinal(run.entries[index].commitment());
        }
        assert_eq!(verify_run(&circle, &run, false, &[]), Ok(hashes));
    }

    #[test]
    fn any_change_to_any_entry_is_found() {
        let (circle, run) = a_run(70);
        for index in 0..run.entries.len() {
            let mut forged = run.clone();
            forged.entries[index] = Carried::Whole { salt: [0; 16], body: b"forged".to_vec() };
            assert_eq!(verify_run(&circle, &forged, false, &[]), Err(Malformed::Signature), "entry {index}");
        }
        let mut swapped = run.clone();
        swapped.entries.swap(3, 4);
        assert!(verify_run(&circle, &swapped, false, &[]).is_err());
        let mut moved = run.clone();
        moved.audience = AudienceId::from_bytes([9; 32]);
        assert!(verify_run(&circle, &moved, false, &[]).is_err());
        let mut unsigned = run.clone();
        unsigned.signatures.remove(0);
        assert!(verify_run(&circle, &unsigned, false, &[]).is_err());
        let mut far = run;
        far.from = u64::MAX;
        assert_eq!(verify_run(&circle, &far, false, &[]), Err(Malformed::Numbers));
    }
}
