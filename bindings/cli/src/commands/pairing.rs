//! Letting somebody in, and joining: one pairing at a time, step by step.

use std::net::SocketAddr;
use std::time::Duration;

use kinweave_core::app::{Invitation, Pairing, PairingStep};
use kinweave_core::model::{AgeBand, Role};
use serde_json::json;

use super::Session;
use super::phones::{not_there, own_address};
use crate::answer::{Answer, Failure};
use crate::args::{Age, Invite};
use crate::print;
use crate::words::say;

/// As long as a code lives: two people, a staircase and a pair of glasses lie between two steps.
const STEP_WAIT: Duration = Duration::from_secs(600);

impl Session {
    pub(super) fn invite(&mut self, invite: &Invite) -> Result<Answer, Failure> {
        let invitation = match (&invite.guardian, invite.young) {
            _ if invite.own_device => Invitation::OwnDevice,
            (Some(guardian), Some(age)) => Invitation::NewMember {
                role: Role::YoungMember(match age {
                    Age::From13To17 => AgeBand::From13To17,
                    Age::Under13 => AgeBand::Under13,
                }),
                guardian: Some(self.person(guardian)?.member),
            },
            _ => Invitation::NewMember { role: Role::Member, guardian: None },
        };
        let address = invite.listen.unwrap_or_else(|| SocketAddr::new(own_address(), 0));
        let pairing = self.app.invite(invitation, address).map_err(|error| not_there(error, address))?;
        let code = pairing.code().unwrap_or_default();
        self.pairing = Some(pairing);
        Answer::new(&json!({ "code": code }), print::code(&code))
    }

    pub(super) fn join(&mut self, code: &str, name: &str) -> Result<Answer, Failure> {
        self.pairing = Some(self.app.join(code, name)?);
        Answer::new(&json!({ "joining": true }), "")
    }

    /// Waits for the next step. What ends the pairing also ends it here.
    pub(super) fn next(&mut self) -> Result<Answer, Failure> {
        let step = match self.under_way()?.next(STEP_WAIT) {
            Ok(step) => step,
            Err(error) => {
                self.pairing = None;
                return Err(error.into());
            }
        };
        match step {
            PairingStep::Words(words) => {
                let text = print::words(&words);
                Answer::new(&json!({ "step": "words", "words": words }), text)
            }
            PairingStep::Here(here) => {
                let text = print::here(&here);
                Answer::new(&json!({ "step": "here", "here": here }), text)
            }
            PairingStep::Waiting => {
                self.pairing = None;
                Answer::new(&json!({ "step": "waiting" }), say("pairing.waiting", &[]))
            }
            PairingStep::Done(circle) => {
                self.pairing = None;
                let text = format!("{}\n\n{}", say("pairing.done", &[]), print::circle(&circle));
                Answer::new(&json!({ "step": "done", "circle": circle }), text)
            }
        }
    }

    pub(super) fn confirm(&mut self, same: bool) -> Result<Answer, Failure> {
        self.under_way()?.confirm_words(same)?;
        if !same {
            self.pairing = None;
            return Err(Failure::say(4, "words_differ", &[]));
        }
        Answer::new(&json!({ "confirmed": true }), "")
    }

    pub(super) fn accept(&mut self) -> Result<Answer, Failure> {
        self.under_way()?.accept()?;
        Answer::new(&json!({ "accepted": true }), "")
    }

    pub(super) fn decline(&mut self) -> Result<Answer, Failure> {
        self.under_way()?.decline()?;
        self.pairing = None;
        Answer::new(&json!({ "declined": true }), "")
    }

    fn under_way(&self) -> Result<&Pairing, Failure> {
        self.pairing.as_ref().ok_or_else(|| Failure::say(1, "no_pairing", &[]))
    }
}
