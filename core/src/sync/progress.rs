//! How far two phones have come in one scope: digests exchanged, rounds completed.

use std::collections::{BTreeMap, BTreeSet};

use super::wire::{AUDIENCES_MAX, Digest, HavePart, Scope, ShortId};
use crate::model::limits::{AUDIENCES_PER_PAIR_MAX, FEEDS_ACTIVE_MAX, WANT_RANGES_MAX};
use crate::model::{AudienceId, Vector};

/// Rounds in a row without becoming equal, after which a session lets it be. Honest phones need two or three; more
/// only while others bring news all the time.
const ROUNDS_IN_A_ROW_MAX: u32 = 16;

/// Heads that a peer may name in one round. They wait in memory until it is our turn.
const HAVE_LINES_PER_ROUND_MAX: usize = AUDIENCES_MAX + AUDIENCES_PER_PAIR_MAX * FEEDS_ACTIVE_MAX;

/// How the digests of both sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standstill {
    /// Something is under way, or the peer's digest is still to come.
    NotYet,
    /// Both hold the same.
    Equal,
    /// Unequal, and another round may help.
    Differ,
    /// Unequal, and the last round changed nothing on either side.
    Stuck,
}

/// One scope of a session.
pub(super) struct Progress {
    /// Rounds completed. Both sides count alike, because both take part in every round.
    pub(super) completed: u32,
    /// The digest sent last.
    pub(super) mine: Option<[u8; 32]>,
    /// What `mine` was made of: equal digests prove exactly this of the peer.
    pub(super) snapshot: BTreeMap<AudienceId, Vector>,
    /// The digest heard last, and after how many rounds.
    theirs: Option<(u32, [u8; 32])>,
    pub(super) round: Option<Round>,
    /// Both digests as they stood when the last round began.
    before: Option<([u8; 32], [u8; 32])>,
    in_a_row: u32,
    /// Whether what is held may differ from `mine`.
    pub(super) stale: bool,
    /// Whether the peer has once been seen to hold all of `snapshot`: then a feed it hasn't shown is one it lacks.
    pub(super) matched: bool,
    /// The digest of which the ledger has been told that the peer's is equal.
    pub(super) noted: Option<[u8; 32]>,
}

/// A round under way.
#[derive(Default)]
pub(super) struct Round {
    /// This side has opened: sent its list, or where there is none its `Have`s.
    pub(super) opened: bool,
    pub(super) haves_sent: bool,
    pub(super) served: bool,
    pub(super) their_list: Option<BTreeMap<ShortId, [u8; 8]>>,
    /// Heard and not yet answered.
    pub(super) their_haves: Vec<HavePart>,
    pub(super) their_haves_ended: bool,
    /// The trust audiences of which they hold something; the others they get whole.
    pub(super) named: BTreeSet<AudienceId>,
    pub(super) unnamed_sent: bool,
    pub(super) they_served: bool,
    their_wants: usize,
    their_lines: usize,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            completed: 0,
            mine: None,
            snapshot: BTreeMap::new(),
            theirs: None,
            round: None,
            before: None,
            in_a_row: 0,
            stale: true,
            matched: false,
            noted: None,
        }
    }

    /// The peer's latest digest.
    pub(super) fn their_digest(&self) -> Option<[u8; 32]> {
        self.theirs.map(|(_, digest)| digest)
    }

    /// How the two sides compare now.
    pub(super) fn standstill(&self) -> Standstill {
        match (self.mine, self.theirs) {
            (Some(mine), Some((round, theirs))) if self.round.is_none() && round == self.completed => {
                if mine == theirs {
                    Standstill::Equal
                } else if self.before == Some((mine, theirs)) {
                    Standstill::Stuck
                } else {
                    Standstill::Differ
                }
            }
            _ => Standstill::NotYet,
        }
    }

    /// Begins a round on our side, unless there have been too many: then things are left as they are.
    pub(super) fn begin(&mut self) -> bool {
        self.before = self.mine.zip(self.their_digest());
        if self.in_a_row == ROUNDS_IN_A_ROW_MAX {
            self.in_a_row = 0;
            return false;
        }
        self.in_a_row += 1;
        self.round = Some(Round::default());
        true
    }

    /// Nothing is left to do: the next rounds are counted from here.
    pub(super) fn rest(&mut self) {
        self.in_a_row = 0;
    }

    /// Ends a round on our side, if both have said all.
    pub(super) fn complete(&mut self) -> bool {
        let complete = self.round.as_ref().is_some_and(|round| round.served && round.they_served);
        if complete {
            self.round = None;
            self.completed = self.completed.saturating_add(1);
        }
        complete
    }

    /// Takes the peer's digest; whether it is another than before.
    pub(super) fn hear_digest(&mut self, heard: &Digest) -> Result<bool, &'static str> {
        let ahead = self.round.as_ref().is_some_and(|round| round.they_served);
        if heard.round != self.completed.saturating_add(u32::from(ahead)) {
            return Err("a digest of a round that isn't this one");
        }
        let changed = self.their_digest() != Some(heard.digest);
        self.theirs = Some((heard.round, heard.digest));
        Ok(changed)
    }

    /// The round that a message of the peer belongs to: the one under way, or one that the peer begins with it.
    pub(super) fn hear(&mut self) -> Result<&mut Round, &'static str> {
        if self.round.is_none() {
            // Before its digest of the last round is here, the peer can't know that there is to be another.
            if self.theirs.is_none_or(|(round, _)| round != self.completed) || self.mine.is_none() {
                return Err("a round begins before the last has ended");
            }
            self.before = self.mine.zip(self.their_digest());
        }
        Ok(self.round.get_or_insert_default())
    }
}

impl Round {
    /// Takes part of what the peer has and wants.
    pub(super) fn hear_haves(&mut self, parts: Vec<HavePart>, last: bool) -> Result<(), &'static str> {
        let ranges = |part: &HavePart| part.wants.iter().map(|(_, ranges)| ranges.len()).sum::<usize>();
        self.their_wants += parts.iter().map(ranges).sum::<usize>();
        self.their_lines += parts.iter().map(|part| 1 + part.heads.len()).sum::<usize>();
        let too_much = self.their_wants > WANT_RANGES_MAX || self.their_lines > HAVE_LINES_PER_ROUND_MAX;
        if self.their_haves_ended || too_much {
            return Err("more in a Have than a round may hold");
        }
        self.their_haves_ended = last;
        self.named.extend(parts.iter().map(|part| part.audience));
        self.their_haves.extend(parts);
        Ok(())
    }

    /// Takes the peer's list of audiences.
    pub(super) fn hear_list(&mut self, list: Vec<(ShortId, [u8; 8])>) -> Result<(), &'static str> {
        if self.their_list.is_some() || self.they_served {
            return Err("a second list in one round");
        }
        self.their_list = Some(list.into_iter().collect());
        Ok(())
    }

    /// Takes the peer's word that it has answered all. Without a list before, in a scope that has one, the peer
    /// declines the round: it won't name its sets now.
    pub(super) fn hear_served(&mut self, scope: Scope) -> Result<(), &'static str> {
        let declined = scope == Scope::Sets && self.their_list.is_none();
        if self.they_served || !(self.their_haves_ended || declined) {
            return Err("Served at the wrong time");
        }
        self.they_served = true;
        if declined {
            self.haves_sent = true;
            self.their_haves_ended = true;
        }
        Ok(())
    }
}
