//! Pairings under way: codes that are open, people who compare words, and the admission that is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::SyncSender;

use super::admission::write_admission;
use super::answers::{CircleView, WhoIsHere};
use super::connection::{Connection, Stage};
use super::error::Error;
use super::me::Keys;
use super::owner::Owner;
use super::pairing_problem::PairingProblem;
use crate::identity::{
    Accept, Admitted, CodeId, CodeKeeper, Here, HereAs, Invitation, Inviter, Newcomer, PairingCode, Purpose, Step,
    TERMS, terms_hash,
};
use crate::model::NoiseKey;
use crate::model::codec;
use crate::model::roster_event::{MemberStart, pop_hash};
use crate::records::{Entropy, NOWHERE};
use crate::sync::Session;

/// What the people on one side of a pairing are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PairingStep {
    /// Compare these with the other screen, then call `confirm_words`.
    Words(Vec<String>),
    /// The newcomer's: who is here, and as what they are invited. Show it with the terms, then call `accept`.
    Here(WhoIsHere),
    /// All was said, and somebody who must approve hasn't yet: see [`Kinweave::pending`](super::Kinweave::pending).
    Waiting,
    /// Admitted, and everything that is shared has been exchanged once.
    Done(CircleView),
}

pub(super) type Steps = SyncSender<Result<PairingStep, Error>>;

/// Codes that are open, and who waits for somebody to use them.
#[derive(Default)]
pub(super) struct Pairings {
    pub codes: CodeKeeper,
    waiting: BTreeMap<CodeId, (u64, Steps)>,
    /// Connections whose first handshake message was looked at.
    looked_at: BTreeSet<u64>,
}

impl Pairings {
    /// Whether this connection's first message was seen before under the same code.
    pub fn is_replay(&mut self, connection: u64, code: CodeId, ephemeral: &[u8; 32]) -> bool {
        self.looked_at.insert(connection) && self.codes.seen_ephemeral(code, ephemeral)
    }
}

/// The inviter's side, once somebody has used the code.
pub(super) struct Inviting {
    /// Names the pairing for the app's calls.
    pub pairing: u64,
    inviter: Inviter,
    invitation: Invitation,
    handshake_hash: [u8; 32],
    remote_noise_key: NoiseKey,
}

/// The newcomer's side.
pub(super) struct Joining {
    /// Names the pairing for the app's calls.
    pub pairing: u64,
    pub keys: Keys,
    pub psk: [u8; 32],
    pub display_name: String,
    pub steps: Steps,
    newcomer: Option<Newcomer>,
    pub here: Option<Here>,
    pub accept: Option<Accept>,
    handshake_hash: [u8; 32],
    remote_noise_key: Option<NoiseKey>,
}

impl Joining {
    pub fn new(pairing: u64, keys: Keys, psk: [u8; 32], display_name: String, steps: Steps) -> Self {
        Self {
            pairing,
            keys,
            psk,
            display_name,
            steps,
            newcomer: None,
            here: None,
            accept: None,
            handshake_hash: [0; 32],
            remote_noise_key: None,
        }
    }
}

/// What a person has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Words(bool),
    Accept(bool),
}

impl Owner {
    /// Opens a code.
    pub(super) fn open_code(
        &mut self,
        pairing: u64,
        invitation: Invitation,
        code: &PairingCode,
        steps: Steps,
    ) -> Result<(), Error> {
        let now_ms = self.system.now().unix_ms;
        let id = self.pairings.codes.open(code, invitation, now_ms)?;
        self.pairings.waiting.insert(id, (pairing, steps));
        Ok(())
    }

    pub(super) fn begin_inviting(
        &mut self,
        connection: &mut Connection,
        code: Option<CodeId>,
        handshake_hash: [u8; 32],
        remote_noise_key: NoiseKey,
    ) -> Result<(), Error> {
        let rejected = Error::PairingRejected { reason: PairingProblem::CodeIsDead };
        let code = code.ok_or(rejected.clone())?;
        let invitation = self.pairings.codes.completed(code, self.system.now().unix_ms).ok_or(rejected.clone())?;
        let (pairing, steps) = self.pairings.waiting.remove(&code).ok_or(rejected)?;
        connection.steps = Some(steps);
        connection.wait_for_people(self.watch.elapsed_ms());
        let nonce = crate::model::hash::cut(&self.entropy.draw("sas nonce", &NOWHERE, 0));
        let here = self.here(invitation)?;
        let mut inviter = Inviter::new(handshake_hash, remote_noise_key, nonce, here);
        let started = inviter.start()?;
        let inviting = Inviting { pairing, inviter, invitation, handshake_hash, remote_noise_key };
        connection.stage = Stage::Inviting(Box::new(inviting));
        self.inviter_steps(0, connection, started)
    }

    pub(super) fn begin_joining(
        &mut self,
        connection: &mut Connection,
        handshake_hash: [u8; 32],
        remote_noise_key: NoiseKey,
    ) -> Result<(), Error> {
        connection.wait_for_people(self.watch.elapsed_ms());
        let nonce = crate::model::hash::cut(&self.entropy.draw("sas nonce", &NOWHERE, 0));
        let Stage::Joining(joining) = &mut connection.stage else { return Ok(()) };
        let own = joining.keys.noise.public();
        let mut newcomer = Newcomer::new(handshake_hash, remote_noise_key, own, nonce);
        joining.handshake_hash = handshake_hash;
        joining.remote_noise_key = Some(remote_noise_key);
        let started = newcomer.start()?;
        joining.newcomer = Some(newcomer);
        self.newcomer_steps(0, connection, started)
    }

    pub(super) fn inviter_receives(
        &mut self,
        id: u64,
        connection: &mut Connection,
        message: &[u8],
    ) -> Result<(), Error> {
        connection.wait_for_people(self.watch.elapsed_ms());
        let Stage::Inviting(inviting) = &mut connection.stage else { return Ok(()) };
        let steps = inviting.inviter.receive(message)?;
        self.inviter_steps(id, connection, steps)
    }

    pub(super) fn newcomer_receives(
        &mut self,
        id: u64,
        connection: &mut Connection,
        message: &[u8],
    ) -> Result<(), Error> {
        connection.wait_for_people(self.watch.elapsed_ms());
        let Stage::Joining(joining) = &mut connection.stage else { return Ok(()) };
        let Some(newcomer) = &mut joining.newcomer else { return Err(Error::internal("joining")) };
        let steps = newcomer.receive(message)?;
        self.newcomer_steps(id, connection, steps)
    }

    /// A person's word, on either side.
    pub(super) fn decide(&mut self, pairing: u64, decision: Decision) -> Result<(), Error> {
        let of_pairing = |connection: &Connection| match &connection.stage {
            Stage::Inviting(inviting) => inviting.pairing == pairing,
            Stage::Joining(joining) => joining.pairing == pairing,
            _ => false,
        };
        let id = self.connections.iter().find(|(_, connection)| of_pairing(connection)).map(|(id, _)| *id);
        let over = Error::PairingRejected { reason: PairingProblem::Over };
        let id = id.ok_or(over.clone())?;
        let mut connection = self.connections.remove(&id).ok_or(over)?;
        let outcome = self.decide_on(id, &mut connection, decision);
        let answer = match &outcome {
            // A second tap ends no pairing.
            Err(Error::PairingRejected { reason: PairingProblem::OutOfOrder }) => {
                self.connections.insert(id, connection);
                return outcome;
            }
            outcome => outcome.clone(),
        };
        self.settle_connection(id, connection, outcome);
        answer
    }

    fn decide_on(&mut self, id: u64, connection: &mut Connection, decision: Decision) -> Result<(), Error> {
        match (&mut connection.stage, decision) {
            (Stage::Inviting(inviting), Decision::Words(same)) => {
                let steps = inviting.inviter.confirm_words(same)?;
                self.inviter_steps(id, connection, steps)?;
                if same { Ok(()) } else { Err(Error::PairingRejected { reason: PairingProblem::WordsDiffer }) }
            }
            (Stage::Joining(joining), Decision::Words(same)) => {
                let newcomer = joining.newcomer.as_mut().ok_or(Error::internal("joining"))?;
                let steps = newcomer.confirm_words(same)?;
                self.newcomer_steps(id, connection, steps)?;
                if same { Ok(()) } else { Err(Error::PairingRejected { reason: PairingProblem::WordsDiffer }) }
            }
            (Stage::Joining(joining), Decision::Accept(true)) => {
                let here =
                    joining.here.as_ref().ok_or(Error::PairingRejected { reason: PairingProblem::OutOfOrder })?;
                let keys = joining.keys.public();
                let accept = match here.invitation {
                    HereAs::NewMember { .. } => {
                        let nonce = self.entropy.draw("member nonce", &NOWHERE, 0);
                        Accept::Member(MemberStart { nonce: crate::model::hash::cut(&nonce), keys })
                    }
                    HereAs::OwnDevice { member } => {
                        let pop = pop_hash(&here.circle, &member, &keys, &joining.handshake_hash);
                        Accept::Device { keys, pop: joining.keys.sign.sign(Purpose::Possession, &pop) }
                    }
                };
                joining.accept = Some(accept);
                let newcomer = joining.newcomer.as_mut().ok_or(Error::internal("joining"))?;
                let steps = newcomer.accept(accept)?;
                self.newcomer_steps(id, connection, steps)
            }
            (Stage::Joining(joining), Decision::Accept(false)) => {
                let newcomer = joining.newcomer.as_mut().ok_or(Error::internal("joining"))?;
                let steps = newcomer.refuse()?;
                self.newcomer_steps(id, connection, steps)?;
                Err(Error::PairingRejected { reason: PairingProblem::Declined })
            }
            _ => Err(Error::PairingRejected { reason: PairingProblem::OutOfOrder }),
        }
    }

    fn inviter_steps(&mut self, id: u64, connection: &mut Connection, steps: Vec<Step>) -> Result<(), Error> {
        for step in steps {
            match step {
                Step::Send(message) => connection.send(&message)?,
                Step::ShowWords(words) => show(connection, PairingStep::Words(words.map(str::to_owned).into())),
                Step::ShowHere(_) => {}
                Step::Admit(accept) => {
                    let Stage::Inviting(inviting) = &connection.stage else { return Ok(()) };
                    let (invitation, hash) = (inviting.invitation, inviting.handshake_hash);
                    let admit = self.write(|author, tx| write_admission(author, tx, invitation, &accept, hash))?;
                    let proof = self.with_ledger(|ledger| crate::sync::Ledger::proof(ledger)).unwrap_or_default();
                    let admitted = Admitted { admit, proof: codec::encode(&proof) };
                    let Stage::Inviting(inviting) = &mut connection.stage else { return Ok(()) };
                    let steps = inviting.inviter.admitted(admitted)?;
                    self.inviter_steps(id, connection, steps)?;
                }
                Step::Finished(_) => {
                    let Stage::Inviting(inviting) = &connection.stage else { return Ok(()) };
                    let (hash, noise_key) = (inviting.handshake_hash, inviting.remote_noise_key);
                    connection.wait_for_people(self.watch.elapsed_ms());
                    self.go_on_as_session(id, connection, Session::answer(), hash, noise_key)?;
                }
            }
        }
        connection.flush();
        Ok(())
    }

    fn newcomer_steps(&mut self, id: u64, connection: &mut Connection, steps: Vec<Step>) -> Result<(), Error> {
        for step in steps {
            match step {
                Step::Send(message) => connection.send(&message)?,
                Step::ShowWords(words) => show(connection, PairingStep::Words(words.map(str::to_owned).into())),
                Step::ShowHere(here) => {
                    if let Stage::Joining(joining) = &mut connection.stage {
                        joining.here = Some(here.clone());
                    }
                    let Here { circle_name, invitation, people, inviter, .. } = here;
                    // Its hash is the one that came, or the message would have been refused.
                    let terms = TERMS.to_owned();
                    let here = WhoIsHere { circle_name, invitation, people, inviter, terms };
                    show(connection, PairingStep::Here(here));
                }
                Step::Admit(_) => {}
                Step::Finished(admitted) => {
                    let stage = std::mem::replace(&mut connection.stage, Stage::Over);
                    let Stage::Joining(joining) = stage else { return Ok(()) };
                    let hash = joining.handshake_hash;
                    let noise_key = joining.remote_noise_key.ok_or(Error::internal("joining"))?;
                    let inviter = joining.here.as_ref().map(|here| here.inviter_keys.sign_key);
                    let inviter = inviter.ok_or(Error::internal("joining"))?;
                    self.become_member(*joining, &admitted)?;
                    self.go_on_as_session(id, connection, Session::dial(inviter), hash, noise_key)?;
                }
            }
        }
        connection.flush();
        Ok(())
    }

    fn here(&self, invitation: Invitation) -> Result<Here, Error> {
        let me = self.me.as_ref().ok_or(Error::NoCircle)?;
        let circle = self.circle()?;
        let named = |name: &str, id: String| if name.is_empty() { id } else { name.to_owned() };
        let people = circle.people.iter().map(|person| crate::identity::PersonHere {
            member: person.member,
            name: named(&person.name, person.member.short()),
            role: person.role,
        });
        Ok(Here {
            circle: me.circle,
            circle_name: named(&circle.name, me.circle.short()),
            invitation: invitation.as_told_by(me.member),
            people: people.collect(),
            terms: terms_hash(),
            inviter: me.member,
            inviter_keys: me.keys.public(),
        })
    }
}

fn show(connection: &Connection, step: PairingStep) {
    if let Some(steps) = &connection.steps {
        // Nobody may be looking any more; the pairing then ends by itself.
        let _ = steps.try_send(Ok(step));
    }
}
