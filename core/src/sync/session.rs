//! One connection with one peer: who it is, what it says, what it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::bodies::Bodies;
use super::event::{CloseReason, Effects, Event};
use super::ledger::{Ledger, ReceiveError};
use super::outbox::{Feed, Outbox, last_number};
use super::progress::Progress;
use super::run_codec;
use super::wire::{Digest, Hello, Incoming, Message, PackedRun, Scope};
use crate::model::limits::PROOF_BYTES_MAX;
use crate::model::{AudienceId, DeviceKey, ForkProof, NoiseKey, Now, Run};

/// Versions of the protocol that this phone speaks.
pub const VERSIONS: &[u8] = &[1];
/// The version of the rules by which it gives verdicts.
pub use crate::model::op::RULES;

/// Inflated bytes of runs that wait for a flush; beyond, they are committed without one.
const INBOX_BYTES_MAX: usize = 1024 * 1024;
/// Messages of an unknown kind that a peer may send. A later version sends few: it has read our `Hello`.
const UNKNOWN_MESSAGES_MAX: u32 = 256;

/// One authenticated connection with another phone.
pub struct Session {
    pub(super) role: Role,
    pub(super) stage: Stage,
    pub(super) handshake_hash: [u8; 32],
    pub(super) noise_key: NoiseKey,
    pub(super) peer: DeviceKey,
    pub(super) trust: Progress,
    pub(super) sets: Progress,
    pub(super) outbox: Outbox,
    pub(super) inbox: Vec<Run>,
    inbox_bytes: usize,
    /// Proofs of forks that came with them.
    pub(super) proofs: Vec<ForkProof>,
    /// What the peer is known to hold of each feed.
    pub(super) heads: BTreeMap<AudienceId, BTreeMap<DeviceKey, u64>>,
    /// Feeds of which the two hold different entries, and from where on ours was shown: they are let be until it is proven
    /// where they part.
    pub(super) forked: BTreeMap<Feed, u64>,
    /// How many forks of an audience the peer was shown.
    pub(super) forks_shown: BTreeMap<AudienceId, usize>,
    /// Bodies that the peer sent without, today: it doesn't have them, or holds them back.
    pub(super) held_back: Bodies,
    /// Those, and what it was asked for in this session.
    pub(super) asked: Bodies,
    pub(super) asked_ranges: usize,
    pub(super) wants_stale: bool,
    /// What may be spoken of with this peer, sorted; and whether it is to be read anew.
    pub(super) trust_ids: Vec<AudienceId>,
    pub(super) shared_ids: Vec<AudienceId>,
    pub(super) ids_stale: bool,
    /// Audiences with entries that the peer hasn't been told of.
    pub(super) news: BTreeSet<AudienceId>,
    pub(super) timer_armed: bool,
    pub(super) said_done: Option<[u8; 32]>,
    pub(super) heard_done: bool,
    pub(super) told_done: bool,
    pub(super) entries_received: u64,
    unknown_messages: u32,
    /// What the event being handled has brought about so far.
    pub(super) out: Effects,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Dialler = 0,
    Responder = 1,
}

pub(super) enum Stage {
    /// The channel doesn't stand yet, or the peer hasn't said who it is.
    Greeting,
    /// The peer has said who it is, and we don't know it: what it brings to change that is gathered, unanswered.
    Stranger {
        hello: Hello,
        proof_bytes: usize,
        answered: bool,
    },
    /// A device of a joined member.
    Open,
    Closed,
}

impl Session {
    /// The end that dialled `peer`.
    pub fn dial(peer: DeviceKey) -> Self {
        Self::new(Role::Dialler, peer)
    }

    /// The end that was dialled.
    pub fn answer() -> Self {
        Self::new(Role::Responder, DeviceKey::from_bytes([0; 32]))
    }

    fn new(role: Role, peer: DeviceKey) -> Self {
        Self {
            role,
            stage: Stage::Greeting,
            handshake_hash: [0; 32],
            noise_key: NoiseKey::from_bytes([0; 32]),
            peer,
            trust: Progress::new(),
            sets: Progress::new(),
            outbox: Outbox::new(),
            inbox: Vec::new(),
            inbox_bytes: 0,
            proofs: Vec::new(),
            heads: BTreeMap::new(),
            forked: BTreeMap::new(),
            forks_shown: BTreeMap::new(),
            held_back: Bodies::new(),
            asked: Bodies::new(),
            asked_ranges: 0,
            wants_stale: true,
            trust_ids: Vec::new(),
            shared_ids: Vec::new(),
            ids_stale: true,
            news: BTreeSet::new(),
            timer_armed: false,
            said_done: None,
            heard_done: false,
            told_done: false,
            entries_received: 0,
            unknown_messages: 0,
            out: Effects::default(),
        }
    }

    /// The device at the other end, once it has proved to be that of a joined member.
    pub fn peer(&self) -> Option<DeviceKey> {
        matches!(self.stage, Stage::Open).then_some(self.peer)
    }

    /// The device that was dialled and hasn't said a word: it may not know us any more.
    pub fn unanswered(&self) -> Option<DeviceKey> {
        (self.role == Role::Dialler && matches!(self.stage, Stage::Greeting)).then_some(self.peer)
    }

    /// The bodies that the peer sent without, today.
    pub fn held_back(&self) -> &Bodies {
        &self.held_back
    }

    /// Whether the session is over.
    pub fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed)
    }

    /// Takes one event. After [`Effects::close`] every further one has no effect.
    pub fn handle(&mut self, now: Now, ledger: &mut impl Ledger, event: Event) -> Effects {
        if self.is_closed() {
            return Effects::default();
        }
        // What a message brings about waits for the flush, so that the answers to a burst share frames.
        let more_to_come = matches!(event, Event::Message(_));
        let ours = matches!(event, Event::Close);
        match self.take(now, ledger, event) {
            Ok(()) if more_to_come => {
                let send = std::mem::take(&mut self.out.send);
                let effects = std::mem::take(&mut self.out);
                self.out.send = send;
                return effects;
            }
            Ok(()) => {}
            Err(reason) => {
                self.stage = Stage::Closed;
                (self.inbox, self.proofs) = (Vec::new(), Vec::new());
                // Who speaks another version is told ours. Who misbehaves, or is a stranger, is told nothing.
                if !ours && !matches!(reason, CloseReason::Incompatible { .. }) {
                    self.out.send.clear();
                }
                self.out.close = Some(reason);
            }
        }
        std::mem::take(&mut self.out)
    }

    fn take(&mut self, now: Now, ledger: &mut dyn Ledger, event: Event) -> Result<(), CloseReason> {
        match event {
            Event::Established { handshake_hash, remote_noise_key } => {
                (self.handshake_hash, self.noise_key) = (handshake_hash, remote_noise_key);
                if self.role == Role::Dialler {
                    self.greet(now, ledger);
                }
                Ok(())
            }
            Event::Message(bytes) => self.hear(now, ledger, &bytes),
            Event::Flush => self.flush(now, ledger),
            Event::NewEntries(audiences) => self.note_news(ledger, &audiences),
            Event::Timer => {
                self.timer_armed = false;
                if !matches!(self.stage, Stage::Open) {
                    return Ok(());
                }
                self.push_news(ledger);
                self.advance(ledger)
            }
            Event::Close => {
                // To a stranger not even a goodbye: it would tell that somebody is here.
                if matches!(self.stage, Stage::Open) {
                    self.send(&Message::Bye(0));
                }
                Err(CloseReason::Bye(0))
            }
        }
    }

    pub(super) fn send(&mut self, message: &Message) {
        self.out.send.push(message.encode());
    }

    fn hear(&mut self, now: Now, ledger: &mut dyn Ledger, bytes: &[u8]) -> Result<(), CloseReason> {
        let message = match Incoming::decode(bytes).ok_or("a message that can't be read")? {
            Incoming::Known(message) => message,
            Incoming::Other => {
                self.unknown_messages += 1;
                return if self.unknown_messages > UNKNOWN_MESSAGES_MAX {
                    Err("too many messages of an unknown kind".into())
                } else {
                    Ok(())
                };
            }
        };
        match (&mut self.stage, message) {
            (Stage::Greeting, Message::Hello(hello)) => self.hear_hello(now, ledger, hello),
            (Stage::Greeting, _) => Err("a message before Hello".into()),
            (Stage::Stranger { answered: true, .. }, _) => Err(CloseReason::NotPaired),
            (Stage::Stranger { proof_bytes, .. }, Message::Run(run)) => {
                *proof_bytes += bytes.len().max(usize::try_from(run.raw_bytes).unwrap_or(usize::MAX));
                if *proof_bytes > PROOF_BYTES_MAX { Err(CloseReason::NotPaired) } else { self.hear_run(ledger, run) }
            }
            (Stage::Stranger { answered, .. }, Message::Digest(digest)) => {
                // The digests come last, the one of sets as the very last: with it the proof is complete.
                *answered = digest.scope == Scope::Sets;
                self.hear_digest(&digest)
            }
            (Stage::Stranger { .. }, _) => Err(CloseReason::NotPaired),
            (Stage::Open, message) => self.hear_open(ledger, message),
            (Stage::Closed, _) => Ok(()),
        }
    }

    fn hear_open(&mut self, ledger: &mut dyn Ledger, message: Message) -> Result<(), CloseReason> {
        match message {
            Message::Hello(_) => Err("a second Hello".into()),
            Message::Digest(digest) => self.hear_digest(&digest),
            Message::Digests(list) => Ok(self.sets.hear()?.hear_list(list.into_inner())?),
            Message::Have(have) => {
                let round = self.progress(have.scope).hear()?;
                if have.scope == Scope::Sets && round.their_list.is_none() {
                    return Err("a Have of sets without a list".into());
                }
                Ok(round.hear_haves(have.parts.into_inner(), have.last)?)
            }
            Message::Run(run) => self.hear_run(ledger, run),
            Message::Served(scope) => {
                let round = self.progress(scope).round.as_mut().ok_or("Served without a round")?;
                Ok(round.hear_served(scope)?)
            }
            Message::Ack(ack) => self.hear_ack(ledger, ack),
            Message::Proof(proof) => self.hear_proof(proof.into()),
            Message::Done(_) => {
                self.heard_done = true;
                Ok(())
            }
            Message::Bye(code) => {
                // It may share a portion of bytes with the last that there was to say, which counts first.
                self.commit(ledger)?;
                self.advance(ledger)?;
                Err(CloseReason::Bye(code))
            }
        }
    }

    fn hear_digest(&mut self, digest: &Digest) -> Result<(), CloseReason> {
        // A stranger's digest is compared only once it is none any more; until then nothing is held against it.
        if self.progress(digest.scope).hear_digest(digest)? {
            self.heard_done = false;
            self.told_done = false;
        }
        Ok(())
    }

    /// Keeps a run until the flush, so that a burst costs one transaction; without one only if they become too many.
    fn hear_run(&mut self, ledger: &mut dyn Ledger, run: PackedRun) -> Result<(), CloseReason> {
        let bytes = usize::try_from(run.raw_bytes).unwrap_or(usize::MAX);
        let run = run_codec::unpack(run)?;
        last_number(&run).ok_or("a run of numbers that no feed has")?;
        self.inbox_bytes = self.inbox_bytes.saturating_add(bytes);
        self.inbox.push(run);
        if self.inbox_bytes > INBOX_BYTES_MAX && matches!(self.stage, Stage::Open) {
            self.commit(ledger)?;
        }
        Ok(())
    }

    fn flush(&mut self, now: Now, ledger: &mut dyn Ledger) -> Result<(), CloseReason> {
        if matches!(self.stage, Stage::Stranger { answered: true, .. }) {
            self.judge_proof(now, ledger)?;
        }
        if matches!(self.stage, Stage::Open) {
            self.commit(ledger)?;
            self.advance(ledger)?;
        }
        Ok(())
    }

    pub(super) fn take_inbox(&mut self) -> Vec<Run> {
        self.inbox_bytes = 0;
        std::mem::take(&mut self.inbox)
    }

    pub(super) fn progress(&mut self, scope: Scope) -> &mut Progress {
        match scope {
            Scope::Trust => &mut self.trust,
            Scope::Sets => &mut self.sets,
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never what waits to be committed: this is what ends up in a log.
        let stage = match self.stage {
            Stage::Greeting => "greeting",
            Stage::Stranger { .. } => "stranger",
            Stage::Open => "open",
            Stage::Closed => "closed",
        };
        write!(f, "Session({:?}, {stage})", self.role)
    }
}

impl From<&'static str> for CloseReason {
    fn from(rule: &'static str) -> Self {
        Self::PeerMisbehaved { rule }
    }
}

impl From<ReceiveError> for CloseReason {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Malformed(rule) => Self::PeerMisbehaved { rule },
            ReceiveError::StoreFailed => Self::StoreFailed,
        }
    }
}
