//! The pairing codes open on this device: how long, how often and by whom each may be used.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::code::PairingCode;
use super::pairing_message::{Invitation, PairingError};
use crate::model::limits::{PAIRING_CODE_MS, PAIRING_TRIES_MAX, PAIRINGS_MAX};

/// First messages remembered under one code. A family needs one or two; the rest is somebody at play.
const EPHEMERALS_MAX: usize = 16;

/// Names an open code. An index wouldn't do: while a handshake is under way, codes before its own may die.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeId(u64);

/// The pairing codes open on this device. It forgets them when the process ends, and so do the people.
#[derive(Default)]
pub struct CodeKeeper {
    open: Vec<OpenCode>,
    opened: u64,
}

struct OpenCode {
    id: CodeId,
    psk: Zeroizing<[u8; 32]>,
    invitation: Invitation,
    opened_at_ms: i64,
    bad_tries: u32,
    ephemerals: BTreeSet<[u8; 32]>,
}

impl CodeKeeper {
    /// Opens a code that was just drawn.
    pub fn open(&mut self, code: &PairingCode, invitation: Invitation, now_ms: i64) -> Result<CodeId, PairingError> {
        self.drop_dead(now_ms);
        if self.open.len() >= PAIRINGS_MAX {
            return Err(PairingError::TooManyCodes);
        }
        self.opened += 1;
        let (id, psk, ephemerals) = (CodeId(self.opened), Zeroizing::new(code.psk()), BTreeSet::new());
        self.open.push(OpenCode { id, psk, invitation, opened_at_ms: now_ms, bad_tries: 0, ephemerals });
        Ok(id)
    }

    /// What a connection may be answered to now. The caller keeps the ids for as long as the connection lives.
    pub fn psks(&mut self, now_ms: i64) -> Vec<(CodeId, Zeroizing<[u8; 32]>)> {
        self.drop_dead(now_ms);
        self.open.iter().map(|code| (code.id, code.psk.clone())).collect()
    }

    /// Somebody tried to pair and knew none of the codes. It counts against each, since it may have been meant for any.
    pub fn bad_try(&mut self, now_ms: i64) {
        self.open.iter_mut().for_each(|code| code.bad_tries += 1);
        self.drop_dead(now_ms);
    }

    /// Whether this ephemeral key, whose message authenticated under the code, was here before; it is now.
    ///
    /// Then the caller drops the connection without a byte. So it does for a code that has died meanwhile, and past
    /// more keys than are remembered: forgetting the oldest instead would let a recording in again.
    pub fn seen_ephemeral(&mut self, id: CodeId, ephemeral: &[u8; 32]) -> bool {
        let Some(code) = self.open.iter_mut().find(|code| code.id == id) else { return true };
        code.ephemerals.len() >= EPHEMERALS_MAX || !code.ephemerals.insert(*ephemeral)
    }

    /// A handshake under the code is complete, and the code dies. What it was opened for; `None` if it was dead
    /// already, and then the channel is closed: of two phones with one code, the second gets nothing.
    pub fn completed(&mut self, id: CodeId, now_ms: i64) -> Option<Invitation> {
        self.drop_dead(now_ms);
        let index = self.open.iter().position(|code| code.id == id)?;
        Some(self.open.remove(index).invitation)
    }

    /// The person takes the code back.
    pub fn close(&mut self, id: CodeId) {
        self.open.retain(|code| code.id != id);
    }

    /// A clock set back past the opening kills a code too; otherwise it would live on for as long again.
    fn drop_dead(&mut self, now_ms: i64) {
        self.open.retain(|code| {
            let is_fresh = (0..PAIRING_CODE_MS).contains(&now_ms.saturating_sub(code.opened_at_ms));
            is_fresh && code.bad_tries < PAIRING_TRIES_MAX
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    const WHAT_FOR: Invitation = Invitation::NewMember { role: Role::Member, guardian: None };

    fn a_code(byte: u8) -> PairingCode {
        PairingCode { addresses: vec![], secret: [byte; 16] }
    }

    #[test]
    fn a_code_dies_of_age_of_five_bad_tries_and_of_a_clock_set_back() {
        let mut keeper = CodeKeeper::default();
        let id = keeper.open(&a_code(1), WHAT_FOR, 1_000).unwrap();
        assert_eq!(keeper.psks(1_000 + PAIRING_CODE_MS - 1), [(id, Zeroizing::new(a_code(1).psk()))]);
        assert_eq!(keeper.psks(1_000 + PAIRING_CODE_MS), []);
        keeper.open(&a_code(2), WHAT_FOR, 0).unwrap();
        (1..PAIRING_TRIES_MAX).for_each(|_| keeper.bad_try(1));
        assert_eq!(keeper.psks(1).len(), 1);
        keeper.bad_try(1);
        assert_eq!(keeper.psks(1), []);
        let late = keeper.open(&a_code(3), WHAT_FOR, 0).unwrap();
        assert_eq!(keeper.completed(late, PAIRING_CODE_MS), None, "the handshake took too long");
        keeper.open(&a_code(4), WHAT_FOR, 1_000).unwrap();
        assert_eq!(keeper.psks(999), []);
    }

    #[test]
    fn a_code_works_once_and_a_few_are_open_at_a_time() {
        let mut keeper = CodeKeeper::default();
        let ids = [1, 2, 3].map(|byte| keeper.open(&a_code(byte), WHAT_FOR, 0).unwrap());
        assert_eq!(keeper.open(&a_code(4), WHAT_FOR, 0), Err(PairingError::TooManyCodes));
        assert_eq!(keeper.completed(ids[0], 1), Some(WHAT_FOR));
        assert_eq!(keeper.completed(ids[0], 1), None);
        keeper.close(ids[1]);
        assert_eq!(keeper.psks(1).iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[2]]);
        assert_ne!(keeper.open(&a_code(1), Invitation::OwnDevice, 2), Ok(ids[0]));
    }

    #[test]
    fn a_replayed_ephemeral_is_noticed_under_its_code() {
        let mut keeper = CodeKeeper::default();
        let [one, two] = [1, 2].map(|byte| keeper.open(&a_code(byte), WHAT_FOR, 0).unwrap());
        assert!(!keeper.seen_ephemeral(one, &[7; 32]));
        assert!(keeper.seen_ephemeral(one, &[7; 32]));
        assert!(!keeper.seen_ephemeral(two, &[7; 32]));
        let let_in = (0..100).filter(|byte| !keeper.seen_ephemeral(two, &[100 + byte; 32])).count();
        assert_eq!(let_in, EPHEMERALS_MAX - 1, "what is remembered is bounded");
        keeper.close(one);
        assert!(keeper.seen_ephemeral(one, &[8; 32]), "a dead code answers nobody");
    }
}
