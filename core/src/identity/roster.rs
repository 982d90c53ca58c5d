//! Who is who: the fold of all keys and roster events held.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::limits::{DEVICES_PER_MEMBER_MAX, MEMBERS_MAX};
use crate::model::roster_event::{Admit, Fact, RosterEvent};
use crate::model::{Audience, CircleId, DeviceKey, DeviceKeys, EntryHash, MemberId, NoiseKey, Position, Role, Side};

use super::keys::is_proven;

/// A keys or roster event and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustEvent {
    /// [`Audience::Keys`] or [`Audience::Roster`].
    pub audience: Audience,
    /// Where in it.
    pub position: Position,
    /// Its entry's hash.
    pub hash: EntryHash,
    /// What it says.
    pub event: RosterEvent,
    /// Whether a verdict has found it to count. A proof in it holds then, and isn't checked again at every opening.
    pub is_accepted: bool,
}

/// A member of the circle, joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What they may do.
    pub role: Role,
    /// Who looks after a young member.
    pub guardian: Option<MemberId>,
    /// Who invited them; the founder was invited by nobody.
    pub invited_by: Option<MemberId>,
    /// The `admit` that took effect.
    pub admit: Option<EntryHash>,
}

/// Who is who. A pure function of the events held: the same events give the same roster in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    members: BTreeMap<MemberId, Member>,
    devices: BTreeMap<DeviceKey, (MemberId, NoiseKey)>,
    retired: BTreeSet<DeviceKey>,
    /// The device behind each side of a feed that has forked.
    sides: BTreeMap<DeviceKey, DeviceKey>,
    asks: BTreeSet<MemberId>,
    pending: BTreeMap<EntryHash, Pending>,
}

/// An admission that waits for someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Who would be let in.
    pub member: MemberId,
    /// Who hasn't approved yet.
    pub waiting_for: BTreeSet<MemberId>,
    /// Whether the newcomer has said yes.
    pub accepted: bool,
}

impl Roster {
    /// Folds `events`.
    pub fn fold(circle: &CircleId, events: &[TrustEvent]) -> Self {
        let retired = retired_devices(events);
        let mut roster = Self { devices: certified_devices(circle, events, &retired), retired, ..Self::default() };
        roster.found(circle, events);
        // Each round admits whom the last round's members can admit. Rounds only add, so the loop ends, and its result
        // doesn't depend on the order of events.
        while roster.admit_round(events) && roster.members.len() < MEMBERS_MAX {}
        roster.asks = roster.asking(events, |_| true);
        roster
    }

    /// The same, knowing whose feeds have forked. What a side of one says is its device's word.
    pub fn knowing(mut self, sides: &[Side]) -> Self {
        self.sides = sides.iter().map(|side| (side.key(), side.device)).collect();
        self
    }

    /// The device that wrote a feed, which may be a side of a fork.
    pub fn writer_of(&self, feed: &DeviceKey) -> DeviceKey {
        self.sides.get(feed).copied().unwrap_or(*feed)
    }

    /// The joined members.
    pub fn members(&self) -> impl Iterator<Item = (&MemberId, &Member)> {
        self.members.iter()
    }

    /// A joined member.
    pub fn member(&self, member: &MemberId) -> Option<&Member> {
        self.members.get(member)
    }

    /// The role of a joined member.
    pub fn role(&self, member: &MemberId) -> Option<Role> {
        self.member(member).map(|member| member.role)
    }

    /// The member to whom a certified device belongs, joined or not. What a retired one wrote stays its member's.
    pub fn member_of(&self, device: &DeviceKey) -> Option<MemberId> {
        self.devices.get(&self.writer_of(device)).map(|(member, _)| *member)
    }

    /// The joined member to whom a certified device belongs.
    pub fn joined_member_of(&self, device: &DeviceKey) -> Option<MemberId> {
        self.member_of(device).filter(|member| self.members.contains_key(member))
    }

    /// The Noise key that a certified device's signing key is bound to.
    pub fn noise_key(&self, device: &DeviceKey) -> Option<NoiseKey> {
        self.devices.get(device).map(|(_, noise_key)| *noise_key)
    }

    /// The certified device with this Noise key.
    pub fn device_with(&self, noise_key: &NoiseKey) -> Option<DeviceKey> {
        self.devices.iter().find(|(_, (_, key))| key == noise_key).map(|(device, _)| *device)
    }

    /// All certified devices, with their member, joined or not, and the retired ones among them.
    pub fn writers(&self) -> impl Iterator<Item = (&DeviceKey, &MemberId)> {
        self.devices.iter().map(|(device, (member, _))| (device, member))
    }

    /// The devices in use: all that haven't retired their keys.
    pub fn devices(&self) -> impl Iterator<Item = (&DeviceKey, &MemberId)> {
        self.writers().filter(|(device, _)| !self.is_retired(device))
    }

    /// Whether a device has retired its keys: another took its place.
    pub fn is_retired(&self, device: &DeviceKey) -> bool {
        self.retired.contains(device)
    }

    /// The devices in use of a member.
    pub fn devices_of(&self, member: &MemberId) -> Vec<DeviceKey> {
        self.devices().filter(|(_, of)| *of == member).map(|(device, _)| *device).collect()
    }

    /// The adults joined now: what *circle* means for a record made now.
    pub fn adults(&self) -> BTreeSet<MemberId> {
        self.with_role(Role::is_adult_member)
    }

    /// The adults and young members joined now: what *everyone* means for a record made now.
    pub fn everyone(&self) -> BTreeSet<MemberId> {
        self.with_role(|role| role.is_adult_member() || role.is_young())
    }

    /// The members who want to be asked before anyone is admitted.
    pub fn asking_members(&self) -> &BTreeSet<MemberId> {
        &self.asks
    }

    /// Admissions that wait for someone, by the entry of the `admit`.
    pub fn pending(&self) -> &BTreeMap<EntryHash, Pending> {
        &self.pending
    }

    /// Whether a joined member may hold `audience`.
    pub fn may_hold(&self, member: &MemberId, audience: &Audience) -> bool {
        let Some(role) = self.role(member) else { return false };
        match audience {
            Audience::Set(members) => members.contains(member),
            Audience::Me(of) | Audience::Journal(of) => of == member,
            Audience::HomeAdults => role.is_adult_member(),
            // Keys are read by whoever shares an audience with their member, and all members share the roster.
            Audience::Home | Audience::Roster | Audience::Keys(_) => role.is_adult_member() || role.is_young(),
        }
    }

    fn with_role(&self, wanted: impl Fn(Role) -> bool) -> BTreeSet<MemberId> {
        self.members.iter().filter(|(_, member)| wanted(member.role)).map(|(id, _)| *id).collect()
    }

    fn found(&mut self, circle: &CircleId, events: &[TrustEvent]) {
        for event in roster_events(events) {
            let Fact::Found(found) = &event.event.fact else { continue };
            if found.circle_id() == *circle && self.member_of(&event.position.device) == Some(found.founder) {
                let founder = Member { role: Role::Member, guardian: None, invited_by: None, admit: None };
                self.members.insert(found.founder, founder);
            }
        }
    }

    /// Lets in whoever everyone needed has agreed to. Whether anyone was.
    fn admit_round(&mut self, events: &[TrustEvent]) -> bool {
        self.pending.clear();
        let mut ready = Vec::<(&TrustEvent, MemberId, Position, Member)>::new();
        for event in roster_events(events) {
            let Fact::Admit(admit) = &event.event.fact else { continue };
            let Some(inviter) = self.joined_member_of(&event.position.device) else { continue };
            if self.members.contains_key(&admit.member) || !self.may_admit(&inviter, admit) {
                continue;
            }
            let Some(waiting_for) = self.waiting_for(&inviter, event, admit, events) else { continue };
            let accepted = self.accept_of(event, admit, events);
            match accepted {
                Some(accept) if waiting_for.is_empty() => {
                    let (role, guardian) = (admit.role, admit.guardian);
                    let member = Member { role, guardian, invited_by: Some(inviter), admit: Some(event.hash) };
                    ready.push((event, admit.member, accept, member));
                }
                _ => {
                    let pending = Pending { member: admit.member, waiting_for, accepted: accepted.is_some() };
                    self.pending.insert(event.hash, pending);
                }
            }
        }
        // Whoever was let in within an inviter's sight joins before that inviter's newcomer: they may have asked to be
        // asked. Events that claim to have seen each other are mischief, and then all go at once.
        let sees_another = |event: &TrustEvent| ready.iter().any(|(other, ..)| is_in_sight(event, &other.position));
        let any_first = ready.iter().any(|(event, ..)| !sees_another(event));
        let mut admitted = BTreeMap::<MemberId, (Position, Member)>::new();
        for (_, id, accept, member) in ready.iter().filter(|(event, ..)| !any_first || !sees_another(event)) {
            // Of two admissions accepted, the newcomer's first answer counts.
            let first = admitted.entry(*id).or_insert((*accept, member.clone()));
            if *accept < first.0 {
                *first = (*accept, member.clone());
            }
        }
        let grew = !admitted.is_empty();
        self.members.extend(admitted.into_iter().map(|(id, (_, member))| (id, member)));
        grew
    }

    /// Adults invite; a young member has a guardian, who is an adult here.
    fn may_admit(&self, inviter: &MemberId, admit: &Admit) -> bool {
        let is_adult = |member: &MemberId| self.role(member).is_some_and(Role::is_adult_member);
        let guarded = admit.guardian.as_ref().is_some_and(is_adult);
        is_adult(inviter) && if admit.role.is_young() { guarded } else { admit.guardian.is_none() }
    }

    /// Who has yet to approve; `None` while it isn't known, because something that the inviter saw isn't here.
    fn waiting_for(
        &self,
        inviter: &MemberId,
        event: &TrustEvent,
        admit: &Admit,
        events: &[TrustEvent],
    ) -> Option<BTreeSet<MemberId>> {
        let seen = &event.event.seen.roster;
        let held = |(device, number): &(DeviceKey, u64)| {
            *number <= 1
                || roster_events(events).any(|event| event.position == Position { device: *device, number: *number })
        };
        if !seen.iter().all(held) {
            return None;
        }
        let in_sight = |position: &Position| is_in_sight(event, position);
        let mut needed: BTreeSet<_> = admit.approvers.iter().chain(&admit.guardian).copied().collect();
        needed.extend(self.asking(events, in_sight));
        needed.remove(inviter);
        for approval in roster_events(events) {
            if approval.event.fact == Fact::Approve(event.hash)
                && let Some(member) = self.joined_member_of(&approval.position.device)
            {
                needed.remove(&member);
            }
        }
        Some(needed)
    }

    /// Where the newcomer said yes to this `admit`.
    fn accept_of(&self, event: &TrustEvent, admit: &Admit, events: &[TrustEvent]) -> Option<Position> {
        let is_yes = |answer: &&TrustEvent| match &answer.event.fact {
            Fact::Accept { admit: named, .. } => {
                *named == event.hash && self.member_of(&answer.position.device) == Some(admit.member)
            }
            _ => false,
        };
        roster_events(events).filter(is_yes).map(|answer| answer.position).min()
    }

    /// The joined members whose last word on `ask_me`, among the events in sight, was *on*. Of several devices any
    /// *on* counts: asking once too often is the kinder mistake.
    fn asking(&self, events: &[TrustEvent], in_sight: impl Fn(&Position) -> bool) -> BTreeSet<MemberId> {
        let mut last = BTreeMap::<DeviceKey, (u64, bool)>::new();
        for event in roster_events(events).filter(|event| in_sight(&event.position)) {
            if let Fact::AskMe(on) = event.event.fact {
                let word = (event.position.number, on);
                let known = last.entry(event.position.device).or_insert(word);
                *known = (*known).max(word);
            }
        }
        last.into_iter().filter(|(_, (_, on))| *on).filter_map(|(device, _)| self.joined_member_of(&device)).collect()
    }
}

fn roster_events(events: &[TrustEvent]) -> impl Iterator<Item = &TrustEvent> {
    events.iter().filter(|event| event.audience == Audience::Roster)
}

/// Whether the writer of `event` had seen the roster event at `position`: by its own word, or because it is its own.
fn is_in_sight(event: &TrustEvent, position: &Position) -> bool {
    let own = event.position.device == position.device && position.number < event.position.number;
    let seen = |(device, number): &(DeviceKey, u64)| *device == position.device && position.number <= *number;
    own || (event.position != *position && event.event.seen.roster.iter().any(seen))
}

/// The devices that say of themselves, in the keys that they are in, that they are used no more.
fn retired_devices(events: &[TrustEvent]) -> BTreeSet<DeviceKey> {
    let own = |event: &&TrustEvent| match (&event.audience, &event.event.fact) {
        (Audience::Keys(_), Fact::DeviceRevoke(revoke)) => revoke.device == event.position.device,
        _ => false,
    };
    events.iter().filter(own).map(|event| event.position.device).collect()
}

/// The certified devices of all members whose keys are held: each member's first, and those that a certified device added
/// and that confirmed it themselves. Those that have retired leave their place to others.
fn certified_devices(
    circle: &CircleId,
    events: &[TrustEvent],
    retired: &BTreeSet<DeviceKey>,
) -> BTreeMap<DeviceKey, (MemberId, NoiseKey)> {
    let mut devices = BTreeMap::<DeviceKey, (MemberId, NoiseKey)>::new();
    // A device belongs to one member. A key that starts two members is its holder's mischief: the lower id keeps it.
    let mut certify = |keys: &DeviceKeys, member: MemberId| {
        let known = devices.get(&keys.sign_key).is_some_and(|(of, _)| *of <= member);
        let in_use = devices.iter().filter(|(device, (of, _))| *of == member && !retired.contains(*device));
        let full = in_use.count() >= DEVICES_PER_MEMBER_MAX && !retired.contains(&keys.sign_key);
        if known || full {
            return false;
        }
        devices.insert(keys.sign_key, (member, keys.noise_key));
        true
    };
    let mut active = BTreeSet::<(MemberId, DeviceKey)>::new();
    for event in events {
        if let (Audience::Keys(member), Fact::MemberStart(start)) = (&event.audience, &event.event.fact)
            && start.member_id() == *member
            && start.keys.sign_key == event.position.device
            && certify(&start.keys, *member)
        {
            active.insert((*member, start.keys.sign_key));
        }
    }
    loop {
        let mut grew = false;
        for event in events {
            let (Audience::Keys(member), Fact::DeviceAdd(add)) = (&event.audience, &event.event.fact) else { continue };
            let new = (*member, add.keys.sign_key);
            let confirmed = || {
                events.iter().any(|confirm| {
                    confirm.audience == event.audience
                        && confirm.position.device == add.keys.sign_key
                        && confirm.event.fact == Fact::DeviceConfirm(event.hash)
                })
            };
            if !active.contains(&new)
                && active.contains(&(*member, event.position.device))
                && confirmed()
                && (event.is_accepted || is_proven(circle, member, add))
                && certify(&add.keys, *member)
            {
                grew = active.insert(new);
            }
        }
        if !grew {
            return devices;
        }
    }
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;
