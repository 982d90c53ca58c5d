//! The entries that make somebody a member, or a device one of its member's: the inviter's half and the newcomer's.

use std::collections::{BTreeMap, BTreeSet};

use super::error::Error;
use super::me::Me;
use super::owner::Owner;
use super::pairing_problem::PairingProblem;
use super::pairings::Joining;
use crate::identity::{Accept, Admitted, Invitation, Roster};
use crate::model::codec;
use crate::model::kinds::{DeviceName, MemberProfile};
use crate::model::op::Op;
use crate::model::roster_event::{Admit, DeviceAdd, Fact, RosterEvent, Seen};
use crate::model::{Audience, EntryHash, Now, Run};
use crate::records::{Author, Draft, Entropy, Received, Receiver, RecordError, Rejected, trust};
use crate::store::Transaction;

impl Owner {
    /// Writes down who I am now, what proves it, and my own yes; all in one transaction.
    pub(super) fn become_member(&mut self, joining: Joining, admitted: &Admitted) -> Result<(), Error> {
        let not_proven = || Error::PairingRejected { reason: PairingProblem::NotProven };
        let Joining { keys, here: Some(here), accept: Some(accept), display_name, .. } = joining else {
            return Err(not_proven());
        };
        let (member, own) = match &accept {
            Accept::Member(start) => (start.member_id(), Fact::MemberStart(*start)),
            Accept::Device { .. } => (here.inviter, Fact::DeviceConfirm(admitted.admit)),
        };
        let me = Me { circle: here.circle, member, keys, former: None };
        let runs = codec::decode::<Vec<Run>>(&admitted.proof).ok_or_else(not_proven)?;
        let now = self.system.now();
        let tx = self.store.begin()?;
        me.save(&tx)?;
        receive_proof(&tx, &me, &runs).map_err(|_| not_proven())?;
        let nobody = Roster::default();
        let mut author = author(&me, &nobody, &mut self.entropy, now);
        let event = |fact| Op::Event(RosterEvent { seen: Seen::default(), fact });
        author.append(&tx, &Audience::Keys(member), event(own))?;
        if matches!(accept, Accept::Member(_)) {
            let yes = Fact::Accept { admit: admitted.admit, terms: here.terms };
            author.append(&tx, &Audience::Roster, event(yes))?;
        }
        let roster = trust::roster(&tx, &me.circle)?;
        if roster.joined_member_of(&me.device()) == Some(member) {
            let mut author = self::author(&me, &roster, &mut self.entropy, now);
            // What a person calls themselves is for everyone; what they call one of their phones for themselves.
            let (body, audience) = match &accept {
                Accept::Member(_) => (MemberProfile::named(&display_name).into(), Audience::Home),
                Accept::Device { .. } => (DeviceName::of(me.device(), &display_name).into(), Audience::Me(member)),
            };
            author.create(&tx, &Draft { body: &body, audience: &audience, about: None, expires_on: None })?;
        }
        tx.commit()?;
        (self.me, self.roster) = (Some(me), roster);
        self.tell_observers();
        Ok(())
    }
}

/// The inviter's half of an admission, or of a new device.
pub(super) fn write_admission(
    author: &mut Author<'_>,
    tx: &Transaction<'_>,
    invitation: Invitation,
    accept: &Accept,
    handshake_hash: [u8; 32],
) -> Result<EntryHash, RecordError> {
    let (audience, fact) = match (invitation, accept) {
        (Invitation::NewMember { role, guardian }, Accept::Member(start)) => {
            let admit = Admit { member: start.member_id(), role, approvers: Vec::new(), guardian, continues: None };
            (Audience::Roster, Fact::Admit(admit))
        }
        (Invitation::OwnDevice, Accept::Device { keys, pop }) => {
            let add = DeviceAdd { keys: *keys, handshake_hash, pop: *pop };
            (Audience::Keys(author.member), Fact::DeviceAdd(add))
        }
        _ => return Err(RecordError::Internal("an answer to another invitation")),
    };
    let seen = seen(author, tx)?;
    Ok(author.append(tx, &audience, Op::Event(RosterEvent { seen, fact }))?.hash)
}

fn receive_proof(tx: &Transaction<'_>, me: &Me, runs: &[Run]) -> Result<Received, Rejected> {
    let nobody = &Roster::default();
    Receiver { tx, circle: me.circle, roster: nobody, me: None, device: None, bearer: None }.receive(&[], runs)
}

pub(super) fn author<'a>(me: &'a Me, roster: &'a Roster, entropy: &'a mut dyn Entropy, now: Now) -> Author<'a> {
    let touched = BTreeSet::new();
    Author { circle: me.circle, member: me.member, key: &me.keys.sign, roster, now, entropy, touched }
}

/// What this phone knows of who is who, for the event that it is about to write.
pub(super) fn seen(author: &Author<'_>, tx: &Transaction<'_>) -> Result<Seen, RecordError> {
    let heads = |audience: &Audience| -> Result<Vec<_>, RecordError> {
        let mut seen = BTreeMap::<_, u64>::new();
        for (feed, head) in tx.vector(&audience.id(&author.circle))? {
            let number = seen.entry(author.roster.writer_of(&feed)).or_default();
            *number = head.number.max(*number);
        }
        Ok(seen.into_iter().collect())
    };
    Ok(Seen { keys: heads(&Audience::Keys(author.member))?, roster: heads(&Audience::Roster)? })
}
