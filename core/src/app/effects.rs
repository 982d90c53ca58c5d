//! What a session wants done, performed.

use super::answers::Meeting;
use super::connection::{Connection, Stage, Stay};
use super::error::Error;
use super::owner::Owner;
use super::pairings::PairingStep;
use crate::sync::{CloseReason, Effects, Event};

impl Owner {
    /// In the order that the engine asks for: send, tell, arm, close.
    pub(super) fn perform_effects(
        &mut self,
        id: u64,
        connection: &mut Connection,
        effects: Effects,
    ) -> Result<(), Error> {
        for message in &effects.send {
            connection.send(message)?;
        }
        connection.flush();
        self.tell(Some(id), &effects.changed);
        if effects.held_back
            && let Stage::Session(session) = &connection.stage
            && let Some(device) = session.peer()
        {
            self.held_back.note(device, session.held_back(), self.system.now().today());
        }
        if let Some(met) = effects.met {
            self.rules_met.insert(met.device, met.rules);
            self.met_clock(met.member, met.wall);
        }
        if let Some(ms) = effects.timer_ms {
            connection.timer_at_ms = Some(self.watch.elapsed_ms() + ms);
        }
        if let Some(summary) = effects.done {
            connection.is_done = true;
            connection.idle_at_ms = None;
            self.write_notes()?;
            self.tidy_after_meeting();
            // When both compared last is told by `status`.
            self.tell_observers();
            self.done(connection, summary.equal)?;
            if connection.stay == Stay::UntilDone && effects.close.is_none() {
                return self.tell_session(id, connection, Event::Close);
            }
        }
        match effects.close {
            None => Ok(()),
            Some(CloseReason::Bye(_)) => {
                connection.stage = Stage::Over;
                self.say_goodbye(connection)
            }
            Some(CloseReason::PeerMisbehaved { rule }) => Err(Error::PeerMisbehaved { rule: rule.to_owned() }),
            Some(CloseReason::NotPaired) => Err(Error::NotPaired),
            Some(CloseReason::Incompatible { .. }) => Err(Error::Incompatible),
            Some(CloseReason::StoreFailed) => Err(Error::StorageUnavailable),
        }
    }

    fn done(&mut self, connection: &mut Connection, equal: bool) -> Result<(), Error> {
        let device = match &connection.stage {
            Stage::Session(session) => session.peer(),
            _ => None,
        };
        if let Some(steps) = connection.steps.take() {
            let circle = self.circle()?;
            let _ = steps.send(Ok(PairingStep::Done(circle)));
        }
        if let (Some(waiter), Some(device)) = (&connection.waiter, device) {
            let meeting = Meeting {
                device,
                member: self.roster.member_of(&device).ok_or(Error::NotPaired)?,
                bytes_sent: connection.bytes_sent,
                bytes_received: connection.bytes_received,
                duration_ms: self.watch.elapsed_ms() - connection.began_at_ms,
                equal,
            };
            let _ = waiter.send(Ok(meeting));
            connection.waiter = None;
        }
        Ok(())
    }

    /// A goodbye before both were done leaves whoever waited without an answer.
    fn say_goodbye(&mut self, connection: &mut Connection) -> Result<(), Error> {
        if connection.waiter.is_some() || connection.steps.is_some() {
            connection.flush();
            return Err(Error::PeerUnreachable);
        }
        connection.flush();
        Ok(())
    }
}
