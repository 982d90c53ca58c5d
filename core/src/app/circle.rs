//! The circle: how it begins, who is in it, and what is truly known of the other phones.

use std::collections::BTreeMap;

use super::admission::author;
use super::admission::seen;
use super::answers::{AppAge, AudienceStatus, AudienceView, CircleView, Device, PeerStatus, PendingAdmission, Person};
use super::error::{Error, Rule};
use super::me::{Keys, Me};
use super::owner::Owner;
use crate::identity::Roster;
use crate::model::hash::cut;
use crate::model::kind::check_words;
use crate::model::kinds::{CircleInfo, MemberProfile};
use crate::model::op::{Op, RULES};
use crate::model::roster_event::{Fact, Found, MemberStart, RosterEvent, Seen};
use crate::model::{Audience, AudienceId, Body, DeviceKey, EntryHash, MemberId};
use crate::records::{Draft, Entropy, NOWHERE, trust};
use crate::store::RowQuery;
use crate::sync;

impl Owner {
    /// Founds a circle, with the owner of this phone as its first member.
    pub(super) fn create_circle(&mut self, circle_name: &str, display_name: &str) -> Result<CircleView, Error> {
        check_words("circle_name", circle_name, 40)?;
        check_words("display_name", display_name, 40)?;
        if self.me.is_some() {
            return Err(Error::NotAllowed { rule: Rule::AlreadyInACircle });
        }
        let now = self.system.now();
        let keys = Keys::generate(&mut self.entropy);
        let start = MemberStart { nonce: cut(&self.entropy.draw("member nonce", &NOWHERE, 0)), keys: keys.public() };
        let member = start.member_id();
        let nonce = cut(&self.entropy.draw("circle nonce", &NOWHERE, 0));
        let found = Found { nonce, rules: RULES, founder: member };
        let me = Me { circle: found.circle_id(), member, keys, former: None };
        let tx = self.store.begin()?;
        me.save(&tx)?;
        let event = |fact| Op::Event(RosterEvent { seen: Seen::default(), fact });
        let nobody = Roster::default();
        let mut founder = author(&me, &nobody, &mut self.entropy, now);
        founder.append(&tx, &Audience::Keys(member), event(Fact::MemberStart(start)))?;
        founder.append(&tx, &Audience::Roster, event(Fact::Found(found)))?;
        let roster = trust::roster(&tx, &me.circle)?;
        let info = CircleInfo {
            name: circle_name.to_owned(),
            colour: None,
            created_on: now.today(),
            meeting_default: None,
            region: None,
            languages: Default::default(),
            ground_rules: None,
        };
        let bodies: [Body; 2] = [info.into(), MemberProfile::named(display_name).into()];
        let mut founder = author(&me, &roster, &mut self.entropy, now);
        for body in &bodies {
            founder.create(&tx, &Draft { body, audience: &Audience::Home, about: None, expires_on: None })?;
        }
        tx.commit()?;
        (self.me, self.roster) = (Some(me), roster);
        self.tell_observers();
        self.circle()
    }

    /// The circle as this phone knows it.
    pub(super) fn circle(&self) -> Result<CircleView, Error> {
        let me = self.me()?;
        let reader = self.store.read()?;
        let named = |kind: &str| {
            let query = RowQuery { kinds: vec![kind.to_owned()], ..RowQuery::all(self.scope()?) };
            Ok::<_, Error>(reader.list(&query)?.rows)
        };
        let mut names = BTreeMap::new();
        // The newest first, so an older profile of somebody who came back doesn't hide the newer one.
        for row in named("member_profile")?.into_iter().rev() {
            if let Body::MemberProfile(profile) = Body::from_fields(&row.kind, row.fields) {
                names.insert(row.author, profile.display_name);
            }
        }
        let name =
            named("circle_info")?.into_iter().rev().find_map(|row| match Body::from_fields(&row.kind, row.fields) {
                Body::CircleInfo(info) => Some(info.name),
                _ => None,
            });
        let person = |(id, member): (&MemberId, &crate::identity::Member)| Person {
            member: *id,
            name: names.get(id).cloned().unwrap_or_default(),
            role: member.role,
            guardian: member.guardian,
            is_me: *id == me.member,
        };
        let mut people: Vec<_> = self.roster.members().map(person).collect();
        people.sort_by(|a, b| (&a.name, a.member).cmp(&(&b.name, b.member)));
        let (circle, device) = (me.circle, me.device());
        Ok(CircleView { circle, name: name.unwrap_or_default(), me: me.member, device, people })
    }

    /// Admissions that wait for somebody.
    pub(super) fn pending(&self) -> Result<Vec<PendingAdmission>, Error> {
        let me = self.me()?.member;
        let view = |(admit, pending): (&EntryHash, &crate::identity::Pending)| PendingAdmission {
            admit: *admit,
            member: pending.member,
            waiting_for: pending.waiting_for.iter().copied().collect(),
            accepted: pending.accepted,
            waits_for_me: pending.waiting_for.contains(&me),
        };
        Ok(self.roster.pending().iter().map(view).collect())
    }

    /// Approves an admission that waits for the owner of this phone.
    pub(super) fn approve(&mut self, admit: EntryHash) -> Result<(), Error> {
        if !self.pending()?.iter().any(|pending| pending.admit == admit && pending.waits_for_me) {
            return Err(Error::NotFound { id: admit.to_string() });
        }
        self.write_event(Fact::Approve(admit))
    }

    /// Asks to be asked before anyone is let in, or no longer. It says nothing about anybody's recovery.
    pub(super) fn ask_me(&mut self, on: bool) -> Result<(), Error> {
        self.write_event(Fact::AskMe(on))
    }

    fn write_event(&mut self, fact: Fact) -> Result<(), Error> {
        self.write(|author, tx| {
            let seen = seen(author, tx)?;
            author.append(tx, &Audience::Roster, Op::Event(RosterEvent { seen, fact })).map(drop)
        })
    }

    /// Every active device of the circle. Nicknames are known of one's own only.
    pub(super) fn devices(&self) -> Result<Vec<Device>, Error> {
        let me = self.me()?;
        let nicknames = self.nicknames()?;
        let joined = self.roster.devices().filter(|(_, member)| self.roster.member(member).is_some());
        let device = |(device, member): (&DeviceKey, &MemberId)| Device {
            device: *device,
            member: *member,
            nickname: nicknames.get(device).cloned(),
            is_this: *device == me.device(),
        };
        Ok(joined.map(device).collect())
    }

    /// What the owner of this phone calls their devices.
    pub(super) fn nicknames(&self) -> Result<BTreeMap<DeviceKey, String>, Error> {
        let query = RowQuery { kinds: vec!["device_name".to_owned()], ..RowQuery::all(self.scope()?) };
        let mut nicknames = BTreeMap::new();
        for row in self.store.read()?.list(&query)?.rows.into_iter().rev() {
            if let Body::DeviceName(name) = Body::from_fields(&row.kind, row.fields) {
                nicknames.insert(name.device, name.nickname);
            }
        }
        Ok(nicknames)
    }

    /// What the other phones held when they last said so, authenticated, against what is here now.
    pub(super) fn status(&self) -> Result<Vec<PeerStatus>, Error> {
        let me = self.me()?;
        let reader = self.store.read()?;
        let audiences = reader.audiences()?;
        let mut peers = Vec::new();
        for (device, member) in self.roster.devices() {
            if *device == me.device() || self.roster.member(member).is_none() {
                continue;
            }
            let said: BTreeMap<_, _> =
                reader.peer_vectors(device)?.into_iter().map(|(id, vector, at)| (id, (vector, at))).collect();
            let mut statuses = Vec::new();
            for (id, audience) in &audiences {
                let shared = self.roster.may_hold(member, audience) && self.roster.may_hold(&me.member, audience);
                if audience.is_trust() || !shared {
                    continue;
                }
                let here = reader.vector(id)?;
                let (there, at) = said.get(id).cloned().unzip();
                let there = there.unwrap_or_default();
                statuses.push(AudienceStatus {
                    audience: self.audience_view(id, audience),
                    compared_at_ms: at,
                    ahead: sync::PeerStatus::of(&here, &there).entries_behind,
                    behind: sync::PeerStatus::of(&there, &here).entries_behind,
                });
            }
            let compared_at_ms = said.values().map(|(_, at)| *at).max();
            let app = self.rules_met.get(device).map(|rules| AppAge::of(*rules));
            peers.push(PeerStatus { device: *device, member: *member, compared_at_ms, app, audiences: statuses });
        }
        Ok(peers)
    }

    pub(super) fn audience_view(&self, id: &AudienceId, audience: &Audience) -> AudienceView {
        let named = audience.named_members().to_vec();
        let members = match audience {
            Audience::Set(_) | Audience::Keys(_) | Audience::Me(_) | Audience::Journal(_) => named,
            _ => self.roster.members().map(|(id, _)| *id).filter(|id| self.roster.may_hold(id, audience)).collect(),
        };
        AudienceView { id: *id, tag: audience.tag(), members }
    }

    pub(super) fn me(&self) -> Result<&Me, Error> {
        // A closed or paused store is the better answer than "no circle".
        self.store.check_open()?;
        self.me.as_ref().ok_or(Error::NoCircle)
    }
}
