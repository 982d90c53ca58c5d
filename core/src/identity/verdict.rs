//! The rules by which an entry counts, waits or is refused: a pure function of what is held.

use crate::model::audience::Audience;
use crate::model::kind::{AboutRule, KindSpec, Placement, SubjectRule, YoungRule};
use crate::model::kinds;
use crate::model::limits::{BODY_BYTES_MAX, EVENT_BYTES_MAX};
use crate::model::op::{Change, Create, EntryBody, Erase, Op, Open, Writers};
use crate::model::roster_event::Fact;
use crate::model::{AudienceId, CircleId, EntryState, Hold, MemberId, Position, RecordRef, Refusal};

use super::keys::is_proven;
use super::roster::Roster;

/// What is held of a record that an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nothing yet.
    NotHere,
    /// Its place in the chain is known; its body hasn't come.
    Missing,
    /// It was erased, or is against the rules: nothing may bring it back.
    Gone,
    /// Its time here was over. Nothing of it comes back; what belongs to it, or takes its place, has a time of its own.
    Expired,
    /// Only its chain link is left, and why isn't known here.
    Stub,
    /// Its `create` counts, or would if the rest were known.
    Here {
        /// Who made it.
        author: MemberId,
        /// Whom it is about.
        subject: Option<MemberId>,
        /// Who may change it.
        writers: Writers,
    },
}

/// An entry before the court.
pub struct Case<'a> {
    /// The circle.
    pub circle: &'a CircleId,
    /// Who is who.
    pub roster: &'a Roster,
    /// The entry's audience.
    pub audience: &'a Audience,
    /// That audience's id.
    pub audience_id: &'a AudienceId,
    /// Where the entry stands.
    pub position: Position,
    /// Its body's bytes.
    pub bytes: &'a [u8],
    /// What is held of the records it names.
    pub target: &'a dyn Fn(&RecordRef) -> Target,
}

impl Case<'_> {
    /// The verdict, but for what only the document can tell.
    pub fn verdict(&self) -> EntryState {
        match self.judge() {
            Ok(()) => EntryState::Accepted,
            Err(state) => state,
        }
    }

    fn judge(&self) -> Result<(), EntryState> {
        let limit = if self.audience.is_trust() { EVENT_BYTES_MAX } else { BODY_BYTES_MAX };
        if self.bytes.len() > limit {
            return refuse(Refusal::TooLarge);
        }
        let body = EntryBody::decode(self.bytes).map_err(|_| EntryState::Refused(Refusal::Undecodable))?;
        let is_open = matches!(body.op, Op::Open(_));
        if is_open != (self.position.number == 1) {
            return refuse(Refusal::WrongOpen);
        }
        match (&body.op, self.audience.is_trust()) {
            (Op::Open(open), _) => self.judge_open(open)?,
            (Op::Event(event), true) => self.judge_event(&event.fact)?,
            (Op::Event(_), false) => return refuse(Refusal::WrongFeed),
            (Op::Later { .. }, _) => {}
            (_, true) => return refuse(Refusal::WrongFeed),
            (_, false) => {}
        }
        let author = self.author()?;
        match &body.op {
            Op::Create(create) => self.judge_create(&author, create),
            Op::Change(change) => self.judge_change(&author, change),
            Op::Erase(erase) => self.judge_erase(&author, erase),
            Op::Moved { from, .. } => self.judge_moved(&author, from),
            Op::Later { .. } => hold(Hold::LaterOp),
            Op::Event(event) if self.is_of_later(&event.fact) => hold(Hold::LaterOp),
            Op::Open(_) | Op::Event(_) => Ok(()),
        }
    }

    /// The member who wrote it, if that is an active device's joined member of the audience.
    fn author(&self) -> Result<MemberId, EntryState> {
        let device = &self.position.device;
        let unknown = EntryState::Held(Hold::UnknownDevice);
        // A member's first events stand in their own keys before anyone has let them in.
        if let Audience::Keys(member) = self.audience {
            let of = self.roster.member_of(device).ok_or(unknown)?;
            return if of == *member { Ok(of) } else { refuse(Refusal::NotInAudience) };
        }
        let member = self.roster.member_of(device).ok_or(unknown)?;
        let named = self.audience.named_members();
        if !named.is_empty() && !named.contains(&member) {
            return refuse(Refusal::NotInAudience);
        }
        // Roles never change under one id, so of a joined member the roster's answer is for ever.
        self.roster.role(&member).ok_or(unknown)?;
        if self.roster.may_hold(&member, self.audience) { Ok(member) } else { refuse(Refusal::NotInAudience) }
    }

    fn judge_open(&self, open: &Open) -> Result<(), EntryState> {
        let given = Audience::from_open(open.tag, &open.members);
        let right =
            open.circle == *self.circle && given.is_some_and(|given| given.id(self.circle) == *self.audience_id);
        if right { Ok(()) } else { refuse(Refusal::WrongOpen) }
    }

    fn is_of_later(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Later { .. } => true,
            Fact::DeviceRevoke(revoke) => revoke.device != self.roster.writer_of(&self.position.device),
            _ => false,
        }
    }

    /// What an event's own words show to be false. What they can't show is the roster's to fold.
    fn judge_event(&self, fact: &Fact) -> Result<(), EntryState> {
        let device = self.roster.writer_of(&self.position.device);
        let possible = match (self.audience, fact) {
            (_, Fact::Later { .. }) => true,
            (Audience::Keys(member), Fact::MemberStart(start)) => {
                start.member_id() == *member && start.keys.sign_key == device
            }
            (Audience::Keys(member), Fact::DeviceAdd(add)) => is_proven(self.circle, member, add),
            (Audience::Keys(_), Fact::DeviceConfirm(_) | Fact::DeviceRevoke(_)) => true,
            (Audience::Roster, Fact::Found(found)) => found.circle_id() == *self.circle,
            (Audience::Roster, Fact::Admit(_) | Fact::Accept { .. } | Fact::Approve(_) | Fact::AskMe(_)) => true,
            _ => false,
        };
        if possible { Ok(()) } else { refuse(Refusal::NotTheirEvent) }
    }

    fn judge_create(&self, author: &MemberId, create: &Create) -> Result<(), EntryState> {
        if create.subject.is_some_and(|subject| subject != *author) {
            return refuse(Refusal::SubjectMustBeAuthor);
        }
        if let Some(spec) = kinds::spec(&create.kind) {
            self.judge_kind(author, spec, create)?;
        }
        if let Some(replaces) = &create.replaces {
            if create.writers != Writers::Author || self.audience.is_private() {
                return refuse(Refusal::BadReplacement);
            }
            if replaces.first.audience != *self.audience_id {
                return refuse(Refusal::OtherAudience);
            }
            // A chain is one member's: known from the device even where the first create is a stub.
            match self.roster.member_of(&replaces.first.position.device) {
                None => return hold(Hold::UnknownDevice),
                Some(first) if first != *author => return refuse(Refusal::BadReplacement),
                Some(_) => {}
            }
            match (self.target)(&replaces.first) {
                Target::Gone => return Err(EntryState::Erased),
                // Whoever saw it could neither answer it nor take it away: both would wait for the same entry.
                Target::NotHere => return hold(Hold::MissingRecord),
                _ => {}
            }
        }
        match &create.about {
            None => Ok(()),
            Some(about) if about.audience != *self.audience_id => refuse(Refusal::OtherAudience),
            Some(about) => match (self.target)(about) {
                // A stub may be an older wording whose newer one hasn't come, and then its children stay.
                Target::NotHere | Target::Missing | Target::Stub => hold(Hold::MissingRecord),
                Target::Gone => Err(EntryState::Erased),
                Target::Here { .. } | Target::Expired => Ok(()),
            },
        }
    }

    fn judge_kind(&self, author: &MemberId, spec: &KindSpec, create: &Create) -> Result<(), EntryState> {
        if create.schema > spec.schema {
            return hold(Hold::LaterSchema);
        }
        let about = match spec.about {
            AboutRule::Never => create.about.is_none(),
            AboutRule::Optional => true,
            AboutRule::Required => create.about.is_some(),
        };
        let subject = match spec.subject {
            SubjectRule::Author => create.subject == Some(*author),
            SubjectRule::None => create.subject.is_none(),
        };
        if !subject {
            return refuse(Refusal::SubjectMustBeAuthor);
        }
        let placed = may_be_in(spec, self.audience, self.roster);
        if about && placed && create.writers == spec.writers { Ok(()) } else { refuse(Refusal::KindNotHere) }
    }

    fn judge_change(&self, author: &MemberId, change: &Change) -> Result<(), EntryState> {
        if change.record.audience != *self.audience_id {
            return refuse(Refusal::OtherAudience);
        }
        match (self.target)(&change.record) {
            Target::NotHere | Target::Missing => hold(Hold::MissingRecord),
            Target::Gone | Target::Stub => Err(EntryState::Erased),
            Target::Expired => Err(EntryState::Expired),
            Target::Here { writers: Writers::Audience, .. } => Ok(()),
            Target::Here { author: of, .. } if of != *author => refuse(Refusal::NotAWriter),
            Target::Here { .. } if must_replace(Writers::Author, self.audience) => refuse(Refusal::MustReplace),
            Target::Here { .. } => Ok(()),
        }
    }

    /// An erase of what isn't here waits; of what is gone already it can take nothing, so it stands.
    fn judge_erase(&self, author: &MemberId, erase: &Erase) -> Result<(), EntryState> {
        // Of more than one nothing would tell, when the others come, that it waits for them.
        let [record] = erase.records.as_slice() else { return hold(Hold::LaterOp) };
        self.judge_own(author, record, Hold::MissingRecord)
    }

    fn judge_moved(&self, author: &MemberId, from: &RecordRef) -> Result<(), EntryState> {
        self.judge_own(author, from, Hold::UnknownDevice)
    }

    /// What only its author may say of a record. Whose it is shows in the reference alone, so the verdict is the same whether its words have
    /// yet to come, are here or are gone: by the body, somebody else's erase would count where that is gone, and take newer versions that are
    /// still to come. The subject is the author, if there is one.
    fn judge_own(&self, author: &MemberId, record: &RecordRef, by_unknown: Hold) -> Result<(), EntryState> {
        if record.audience != *self.audience_id {
            return refuse(Refusal::OtherAudience);
        }
        match self.roster.member_of(&record.position.device) {
            None => hold(by_unknown),
            Some(of) if of != *author => refuse(Refusal::NotAWriter),
            Some(_) if (self.target)(record) == Target::NotHere => hold(Hold::MissingRecord),
            Some(_) => Ok(()),
        }
    }
}

/// Whether records with these writers are edited by replacement here: words that only I write, held by others, must
/// leave no older wording with them.
pub fn must_replace(writers: Writers, audience: &Audience) -> bool {
    writers == Writers::Author && !audience.is_private()
}

/// Whether records of this kind may be in `audience`.
pub fn may_be_in(spec: &KindSpec, audience: &Audience, roster: &Roster) -> bool {
    let is_young = |member: &MemberId| roster.role(member).is_some_and(|role| role.is_young());
    match (spec.audience, audience) {
        (Placement::Journal, audience) => matches!(audience, Audience::Journal(_)),
        (Placement::Home, audience) => *audience == Audience::Home,
        (Placement::HomeAdults, audience) => *audience == Audience::HomeAdults,
        (_, Audience::Roster | Audience::Keys(_) | Audience::Journal(_)) => false,
        (_, Audience::Home | Audience::HomeAdults) => false,
        (_, Audience::Me(_)) => true,
        (Placement::OnlyMe, Audience::Set(_)) => false,
        (_, Audience::Set(members)) => spec.young != YoungRule::Never || !members.iter().any(is_young),
    }
}

fn refuse<T>(rule: Refusal) -> Result<T, EntryState> {
    Err(EntryState::Refused(rule))
}

fn hold<T>(reason: Hold) -> Result<T, EntryState> {
    Err(EntryState::Held(reason))
}
