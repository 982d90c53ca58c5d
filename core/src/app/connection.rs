//! One connection: a channel, and what is being said on it.

use std::sync::mpsc::SyncSender;

use super::answers::Meeting;
use super::error::Error;
use super::log::LogLevel;
use super::owner::Owner;
use super::pairing_problem::PairingProblem;
use super::pairings::{Inviting, Joining};
use super::ports::Pipe;
use crate::channel::{Channel, ChannelError, ChannelEvent, PairingAnswer, Purpose, Responder};
use crate::identity::CodeId;
use crate::model::limits::{HANDSHAKE_MS, IDLE_MS, PAIRING_IDLE_MS, STRANGERS_MAX};
use crate::model::{Audience, AudienceId, DeviceKey};
use crate::records::{Entropy, NOWHERE};
use crate::sync::{Event, Session};

/// Who waits for the end of a meeting.
pub(super) type Waiter = SyncSender<Result<Meeting, Error>>;

/// How long a connection stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stay {
    /// Until both are done, as a meeting.
    UntilDone,
    /// For what comes later too.
    Connected,
}

/// What is being said.
pub(super) enum Stage {
    /// Somebody connected; the channel will tell what for. The codes that were open then.
    Answering(Vec<CodeId>),
    /// We dialled this device.
    Dialling(DeviceKey),
    /// We are inviting somebody.
    Inviting(Box<Inviting>),
    /// We are joining.
    Joining(Box<Joining>),
    /// Entries are exchanged.
    Session(Box<Session>),
    /// It is over.
    Over,
}

/// A connection.
pub(super) struct Connection {
    pipe: Box<dyn Pipe>,
    channel: Channel,
    pub stage: Stage,
    pub waiter: Option<Waiter>,
    pub stay: Stay,
    pub is_done: bool,
    pub bytes_sent: u64,
    pub bytes_received: u64,
    /// Whether whoever connected said that it wants to pair: their first byte, in clear.
    tries_to_pair: bool,
    pub began_at_ms: u64,
    pub timer_at_ms: Option<u64>,
    pub idle_at_ms: Option<u64>,
    /// Tells a pairing's people what happens, on either side.
    pub steps: Option<super::pairings::Steps>,
}

impl Connection {
    fn new(pipe: Box<dyn Pipe>, channel: Channel, stage: Stage, now_ms: u64) -> Self {
        Self {
            pipe,
            channel,
            stage,
            waiter: None,
            stay: Stay::Connected,
            is_done: false,
            bytes_sent: 0,
            bytes_received: 0,
            tries_to_pair: false,
            began_at_ms: now_ms,
            timer_at_ms: None,
            idle_at_ms: Some(now_ms + IDLE_MS),
            steps: None,
        }
    }

    /// Queues a message.
    pub fn send(&mut self, message: &[u8]) -> Result<(), Error> {
        self.channel.send(message).map_err(|_| Error::PeerUnreachable)
    }

    /// Lets people take their time.
    pub fn wait_for_people(&mut self, now_ms: u64) {
        self.idle_at_ms = Some(now_ms + PAIRING_IDLE_MS);
    }

    pub fn flush(&mut self) {
        let bytes = self.channel.take_output();
        if !bytes.is_empty() {
            self.bytes_sent += bytes.len() as u64;
            self.pipe.write(bytes);
        }
    }

    fn fail(&mut self, error: Error) {
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.send(Err(error.clone()));
        }
        if let Some(steps) = self.steps.take() {
            let _ = steps.send(Err(error));
        }
        self.stage = Stage::Over;
    }
}

impl Owner {
    pub(super) fn accept(&mut self, id: u64, pipe: Box<dyn Pipe>) {
        let seed = self.draw("channel");
        let codes = self.pairings.codes.psks(self.system.now().unix_ms);
        let Some(me) = &self.me else { return };
        let answers: Vec<_> =
            codes.iter().map(|(_, psk)| PairingAnswer { static_key: &me.keys.noise, psk: **psk }).collect();
        let channel = Channel::accept(Responder { session_key: &me.keys.noise, pairing: &answers }, seed);
        let stage = Stage::Answering(codes.iter().map(|(code, _)| *code).collect());
        let now_ms = self.watch.elapsed_ms();
        let mut connection = Connection::new(pipe, channel, stage, now_ms);
        connection.idle_at_ms = Some(now_ms + HANDSHAKE_MS);
        self.make_room_for_a_stranger();
        self.connections.insert(id, connection);
    }

    /// Whoever waits longest without saying who they are goes first.
    fn make_room_for_a_stranger(&mut self) {
        let strangers = self.connections.iter().filter(|(_, it)| matches!(it.stage, Stage::Answering(_)));
        let strangers: Vec<u64> = strangers.map(|(id, _)| *id).collect();
        if let Some(oldest) = strangers.first().filter(|_| strangers.len() >= STRANGERS_MAX) {
            self.connections.remove(oldest);
        }
    }

    pub(super) fn dial(&mut self, id: u64, pipe: Box<dyn Pipe>, device: DeviceKey, stay: Stay, waiter: Waiter) {
        let seed = self.draw("channel");
        let noise_key = self.roster.noise_key(&device);
        let (Some(me), Some(noise_key)) = (&self.me, noise_key) else {
            let _ = waiter.send(Err(Error::NotPaired));
            return;
        };
        match Channel::initiate_session(&me.keys.noise, &noise_key, seed) {
            Ok(channel) => {
                let stage = Stage::Dialling(device);
                let mut connection = Connection::new(pipe, channel, stage, self.watch.elapsed_ms());
                connection.waiter = Some(waiter);
                connection.stay = stay;
                connection.flush();
                self.connections.insert(id, connection);
            }
            Err(_) => drop(waiter.send(Err(Error::internal("dialling")))),
        }
    }

    pub(super) fn join(&mut self, id: u64, pipe: Box<dyn Pipe>, joining: Joining) {
        let seed = self.draw("channel");
        let steps = joining.steps.clone();
        match Channel::initiate_pairing(&joining.keys.noise, joining.psk, seed) {
            Ok(channel) => {
                let stage = Stage::Joining(Box::new(joining));
                let mut connection = Connection::new(pipe, channel, stage, self.watch.elapsed_ms());
                connection.steps = Some(steps);
                connection.stay = Stay::UntilDone;
                connection.flush();
                self.connections.insert(id, connection);
            }
            Err(_) => drop(steps.send(Err(Error::internal("joining")))),
        }
    }

    pub(super) fn bytes(&mut self, id: u64, bytes: &[u8]) {
        let Some(mut connection) = self.connections.remove(&id) else { return };
        if connection.bytes_received == 0 {
            connection.tries_to_pair = bytes.first() == Some(&(Purpose::Pairing as u8));
        }
        connection.bytes_received += bytes.len() as u64;
        // Until it is known who is there, no byte wins time: else a few that drip would keep a place for ever.
        if !matches!(connection.stage, Stage::Answering(_)) {
            connection.idle_at_ms = (!connection.is_done).then(|| self.watch.elapsed_ms() + IDLE_MS);
        }
        let outcome = self.receive(id, &mut connection, bytes);
        self.settle_connection(id, connection, outcome);
    }

    pub(super) fn hung_up(&mut self, id: u64) {
        if let Some(mut connection) = self.connections.remove(&id) {
            if let Stage::Session(session) = &connection.stage
                && let Some(device) = session.unanswered()
            {
                let _ = self.introduce_again(&device);
            }
            self.fail(&mut connection, Error::PeerUnreachable);
            let _ = self.write_notes();
        }
    }

    /// Next time this phone shows who it is, as at the first time: a phone that was restored from an old backup may not know.
    fn introduce_again(&mut self, device: &DeviceKey) -> Result<(), Error> {
        let roster = self.me()?.audience(&Audience::Roster);
        let tx = self.store.begin()?;
        tx.forget_peer_vector(device, &roster)?;
        Ok(tx.commit()?)
    }

    pub(super) fn new_entries(&mut self, id: u64, audiences: &[AudienceId]) {
        self.session_event(id, Event::NewEntries(audiences.to_vec()));
    }

    pub(super) fn next_deadline_ms(&self) -> Option<u64> {
        let timers = self.connections.values().flat_map(|connection| [connection.timer_at_ms, connection.idle_at_ms]);
        timers.flatten().chain(self.next_tidying_ms()).min()
    }

    /// Wakes sessions whose time has come, and ends connections in which nothing happens.
    pub(super) fn wake(&mut self) {
        let now_ms = self.watch.elapsed_ms();
        let is_due = |at: Option<u64>| at.is_some_and(|at| at <= now_ms);
        let due = |at: fn(&Connection) -> Option<u64>| {
            let due = self.connections.iter().filter(|(_, connection)| is_due(at(connection)));
            due.map(|(id, _)| *id).collect::<Vec<_>>()
        };
        let (timers, idle) = (due(|connection| connection.timer_at_ms), due(|connection| connection.idle_at_ms));
        for id in timers {
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.timer_at_ms = None;
            }
            self.session_event(id, Event::Timer);
        }
        for id in idle {
            self.hung_up(id);
        }
    }

    fn session_event(&mut self, id: u64, event: Event) {
        let Some(mut connection) = self.connections.remove(&id) else { return };
        let outcome = self.tell_session(id, &mut connection, event);
        self.settle_connection(id, connection, outcome);
    }

    /// Ends it with an error; or, if it is a pairing in which all was said and somebody else has yet to approve, with
    /// that.
    fn fail(&self, connection: &mut Connection, error: Error) {
        let is_waiting = self.roster.pending().values().any(|pending| pending.accepted);
        if is_waiting
            && matches!(connection.stage, Stage::Session(_))
            && let Some(steps) = connection.steps.take()
        {
            let _ = steps.try_send(Ok(super::pairings::PairingStep::Waiting));
        }
        self.log.say(LogLevel::Info, format!("a connection ended: {error}"));
        connection.fail(error);
    }

    pub(super) fn settle_connection(&mut self, id: u64, mut connection: Connection, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) => connection.flush(),
            Err(error) => self.fail(&mut connection, error),
        }
        if matches!(connection.stage, Stage::Over) {
            let _ = self.write_notes();
        } else {
            self.connections.insert(id, connection);
        }
    }

    fn receive(&mut self, id: u64, connection: &mut Connection, bytes: &[u8]) -> Result<(), Error> {
        let events = match connection.channel.receive(bytes) {
            Ok(events) => events,
            Err(error) => return Err(self.channel_failed(connection, error)),
        };
        if let (Stage::Answering(codes), Some(index)) = (&connection.stage, connection.channel.pairing_code())
            && let (Some(code), Some(ephemeral)) = (codes.get(index), connection.channel.remote_ephemeral())
            && self.pairings.is_replay(id, *code, &ephemeral)
        {
            return Err(Error::PairingRejected { reason: PairingProblem::Replayed });
        }
        for event in events {
            match event {
                ChannelEvent::Established { purpose, handshake_hash, remote_static } => {
                    self.established(id, connection, purpose, handshake_hash, remote_static)?;
                }
                ChannelEvent::Message(message) => match &mut connection.stage {
                    Stage::Inviting(_) => self.inviter_receives(id, connection, &message)?,
                    Stage::Joining(_) => self.newcomer_receives(id, connection, &message)?,
                    Stage::Session(_) => self.tell_session(id, connection, Event::Message(message))?,
                    _ => return Err(Error::PeerMisbehaved { rule: "a message too early".to_owned() }),
                },
            }
        }
        match connection.stage {
            Stage::Session(_) => self.tell_session(id, connection, Event::Flush),
            _ => Ok(()),
        }
    }

    fn channel_failed(&mut self, connection: &Connection, error: ChannelError) -> Error {
        match (&connection.stage, error) {
            // A session that fails says nothing about a code; only a wrong code does.
            (Stage::Answering(_), ChannelError::WrongKey | ChannelError::BadTag) if connection.tries_to_pair => {
                self.pairings.codes.bad_try(self.system.now().unix_ms);
                Error::PairingRejected { reason: PairingProblem::WrongCode }
            }
            (Stage::Joining(_), _) => Error::PairingRejected { reason: PairingProblem::WrongCode },
            (_, ChannelError::NoCommonVersion) => Error::Incompatible,
            (_, ChannelError::WrongKey) => Error::NotPaired,
            _ => Error::PeerMisbehaved { rule: "channel".to_owned() },
        }
    }

    fn established(
        &mut self,
        id: u64,
        connection: &mut Connection,
        purpose: Purpose,
        handshake_hash: [u8; 32],
        remote_noise_key: crate::model::NoiseKey,
    ) -> Result<(), Error> {
        let event = Event::Established { handshake_hash, remote_noise_key };
        match (&mut connection.stage, purpose) {
            (Stage::Dialling(device), Purpose::Session) => {
                connection.stage = Stage::Session(Box::new(Session::dial(*device)));
                self.tell_session(id, connection, event)
            }
            (Stage::Answering(_), Purpose::Session) => {
                connection.stage = Stage::Session(Box::new(Session::answer()));
                self.tell_session(id, connection, event)
            }
            (Stage::Answering(codes), Purpose::Pairing) => {
                let index = connection.channel.pairing_code();
                let code = index.and_then(|index| codes.get(index)).copied();
                self.begin_inviting(connection, code, handshake_hash, remote_noise_key)
            }
            (Stage::Joining(_), Purpose::Pairing) => self.begin_joining(connection, handshake_hash, remote_noise_key),
            _ => Err(Error::PeerMisbehaved { rule: "another purpose".to_owned() }),
        }
    }

    /// From here on the channel is a session.
    pub(super) fn go_on_as_session(
        &mut self,
        id: u64,
        connection: &mut Connection,
        session: Session,
        handshake_hash: [u8; 32],
        remote_noise_key: crate::model::NoiseKey,
    ) -> Result<(), Error> {
        connection.stage = Stage::Session(Box::new(session));
        self.tell_session(id, connection, Event::Established { handshake_hash, remote_noise_key })?;
        self.tell_session(id, connection, Event::Flush)
    }

    pub(super) fn tell_session(&mut self, id: u64, connection: &mut Connection, event: Event) -> Result<(), Error> {
        let Stage::Session(session) = &mut connection.stage else { return Ok(()) };
        let now = self.system.now();
        let Some(effects) = self.with_ledger(|ledger| session.handle(now, ledger, event)) else {
            return Err(Error::Closed);
        };
        self.perform_effects(id, connection, effects)
    }

    fn draw(&mut self, purpose: &str) -> [u8; 32] {
        self.entropy.draw(purpose, &NOWHERE, 0)
    }
}
