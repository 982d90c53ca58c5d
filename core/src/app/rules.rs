//! Rules that hang on more than one record, or on who is in the circle: asked before anything is written here.
//!
//! What another phone may write is judged by `identity::verdict` alone. These keep people from mistakes, not phones from
//! forgeries: so each read that depends on one, such as a promise's, asks again.

use super::error::{Error, Rule};
use super::owner::Owner;
use crate::model::kinds::{Commitment, CommitmentEvent};
use crate::model::{Audience, Body, InvalidInput, InvalidReason, MemberId, Row};
use crate::views::promise_slots;

impl Owner {
    /// Whether `body` may be written for these people, belonging to `about`.
    pub(super) fn check_rules(&self, body: &Body, audience: &Audience, about: Option<&Row>) -> Result<(), Error> {
        match body {
            // Young people hear how a day is in one word, and never more.
            Body::CheckIn(check_in) if self.has_young(audience) && !check_in.is_band_only() => {
                Err(Error::NotAllowed { rule: Rule::AudienceNotAllowed })
            }
            Body::Setback(setback) => self.check_not_ahead("started_on", setback.started_on),
            Body::Commitment(commitment) => self.check_witness(commitment),
            Body::CommitmentEvent(event) => match about {
                Some(promise) => self.check_word(promise, event),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// The same for a record that is there.
    pub(super) fn check_edit(&self, row: &Row, body: &Body) -> Result<(), Error> {
        let audience = self.audience_of(&row.audience)?;
        let reader = self.store.read()?;
        let about = match &row.about {
            Some(about) => reader.row_of(about)?,
            None => None,
        };
        self.check_rules(body, &audience, about.as_ref())
    }

    pub(super) fn has_young(&self, audience: &Audience) -> bool {
        let is_young = |member: &MemberId| self.roster.role(member).is_some_and(|role| role.is_young());
        matches!(audience, Audience::Set(members) if members.iter().any(is_young))
    }

    fn check_not_ahead(&self, field: &str, date: crate::model::Date) -> Result<(), Error> {
        let today = self.system.now().today();
        if date > today { Err(InvalidInput::new(field, InvalidReason::OutOfRange).into()) } else { Ok(()) }
    }

    /// A witness is an adult, and somebody else.
    fn check_witness(&self, commitment: &Commitment) -> Result<(), Error> {
        let Some(witness) = commitment.witness else { return Ok(()) };
        let me = self.me()?.member;
        match self.roster.member(&witness).map(|member| member.role.is_young()) {
            Some(true) => Err(Error::NotAllowed { rule: Rule::AdultsOnly }),
            Some(false) if witness != me => Ok(()),
            _ => Err(InvalidInput::new("witness", InvalidReason::OutOfRange).into()),
        }
    }

    /// Of a promise, its owner says what became of it and its witness what they saw; both of a day on which it is due.
    fn check_word(&self, promise: &Row, event: &CommitmentEvent) -> Result<(), Error> {
        let Body::Commitment(commitment) = Body::from_fields(&promise.kind, promise.fields.clone()) else {
            return Err(InvalidInput::new("about", InvalidReason::Malformed).into());
        };
        self.check_not_ahead("on", event.on)?;
        let me = self.me()?.member;
        let as_owner = promise.author == me && event.event.is_owners();
        let as_witness = commitment.witness == Some(me) && event.event.is_witness();
        if !as_owner && !as_witness {
            return Err(Error::NotAllowed { rule: Rule::NotTheirWord });
        }
        let Some(due_on) = event.due_on else { return Ok(()) };
        let said = self.words_about(promise)?;
        let is_due = !promise_slots(&commitment, promise.author, &said, (due_on, due_on), due_on).is_empty();
        if is_due { Ok(()) } else { Err(InvalidInput::new("due_on", InvalidReason::OutOfRange).into()) }
    }
}
