//! Who is who: both say it, both prove it, and until it is proved nothing is answered.

use std::collections::BTreeSet;

use super::bounded::Bounded;
use super::event::{CloseReason, Meeting};
use super::ledger::{Ledger, Standing};
use super::session::{RULES, Role, Session, Stage, VERSIONS};
use super::wire::{Hello, Message, Scope};
use crate::model::Now;
use crate::model::hash::hash;
use crate::model::limits::MESSAGE_BYTES_MAX;

impl Session {
    /// Says who we are and where we stand, in one burst: it should fit the smallest frame.
    pub(super) fn greet(&mut self, now: Now, ledger: &dyn Ledger) {
        let hello = Hello {
            versions: Bounded::cut(VERSIONS.to_vec()),
            rules: RULES,
            message_bytes_max: MESSAGE_BYTES_MAX as u32,
            wall: now.wall(),
            sign_key: ledger.own_device(),
            signature: ledger.sign_hello(&self.transcript(self.role)),
        };
        self.send(&Message::Hello(hello));
        if self.role == Role::Dialler && !ledger.has_met(&self.peer) {
            for run in ledger.proof() {
                if let Some(packed) = self.outbox.send(&run) {
                    self.send(&Message::Run(packed));
                }
            }
        }
        self.read_ids(ledger);
        self.send_digest(Scope::Trust, ledger, true);
        self.send_digest(Scope::Sets, ledger, true);
    }

    /// What a `Hello` signs: this channel and this end of it, so that none can be sent again, or back.
    fn transcript(&self, role: Role) -> [u8; 32] {
        hash("hello", &[&self.handshake_hash, &[role as u8]])
    }

    pub(super) fn hear_hello(&mut self, now: Now, ledger: &dyn Ledger, hello: Hello) -> Result<(), CloseReason> {
        let theirs = if self.role == Role::Dialler { Role::Responder } else { Role::Dialler };
        if !ledger.verify_hello(&hello.sign_key, &self.transcript(theirs), &hello.signature) {
            return Err("a Hello that its device didn't sign".into());
        }
        let standing = ledger.standing(&hello.sign_key, &self.noise_key);
        match (self.role, standing) {
            (Role::Dialler, Standing::Joined(_)) if hello.sign_key == self.peer => {
                self.open(now, ledger, &hello, standing)
            }
            (Role::Responder, Standing::Joined(_)) => self.open(now, ledger, &hello, standing),
            (Role::Responder, Standing::Unknown) => {
                self.stage = Stage::Stranger { hello, proof_bytes: 0, answered: false };
                Ok(())
            }
            _ => Err(CloseReason::NotPaired),
        }
    }

    /// The peer is a device of a joined member: from here on we answer.
    fn open(&mut self, now: Now, ledger: &dyn Ledger, hello: &Hello, standing: Standing) -> Result<(), CloseReason> {
        let Standing::Joined(member) = standing else { return Err(CloseReason::NotPaired) };
        self.peer = hello.sign_key;
        self.stage = Stage::Open;
        self.held_back = ledger.held_back_today(&self.peer);
        self.asked = self.held_back.clone();
        if self.role == Role::Responder {
            self.greet(now, ledger);
        }
        if !hello.versions.iter().any(|version| VERSIONS.contains(version)) {
            let latest = |versions: &[u8]| versions.iter().copied().max().unwrap_or(0);
            return Err(CloseReason::Incompatible { theirs: latest(&hello.versions), ours: latest(VERSIONS) });
        }
        let message_bytes_max = usize::try_from(hello.message_bytes_max).unwrap_or(usize::MAX);
        self.outbox.message_bytes_max = message_bytes_max.min(MESSAGE_BYTES_MAX);
        self.out.met = Some(Meeting { device: self.peer, member, wall: hello.wall, rules: hello.rules });
        Ok(())
    }

    /// Decides about a stranger by what it brought. Until this says yes, it has been sent no byte.
    pub(super) fn judge_proof(&mut self, now: Now, ledger: &mut dyn Ledger) -> Result<(), CloseReason> {
        let Stage::Stranger { hello, .. } = std::mem::replace(&mut self.stage, Stage::Greeting) else {
            return Ok(());
        };
        let runs = self.take_inbox();
        match ledger.receive_proof(&hello.sign_key, &self.noise_key, &runs) {
            Ok(standing @ Standing::Joined(_)) => {
                self.open(now, ledger, &hello, standing)?;
                self.out.changed.extend(runs.iter().map(|run| run.audience).collect::<BTreeSet<_>>());
                self.acknowledge(&runs, &[]);
                Ok(())
            }
            Ok(Standing::Unknown | Standing::Mismatch) => Err(CloseReason::NotPaired),
            Err(error) => Err(error.into()),
        }
    }
}
