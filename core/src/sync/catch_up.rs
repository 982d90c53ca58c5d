//! Rounds: how two phones that differ come to hold the same.

use std::collections::BTreeMap;

use super::bounded::Bounded;
use super::event::CloseReason;
use super::ledger::{Ledger, StoreFailed};
use super::progress::{Round, Standstill};
use super::session::Session;
use super::wire::{Digest, Have, HavePart, Message, Range, Scope, short_hash, short_id};
use crate::model::hash::cut;
use crate::model::limits::{AUDIENCES_PER_PAIR_MAX, WANT_RANGES_MAX};
use crate::model::vector::digest;
use crate::model::{AudienceId, DeviceKey, Head, Vector};

/// Heads and ranges in one `Have`, after which the next begins: some 64 KiB.
const HAVE_LINES_MAX: usize = 1_024;

impl Session {
    /// Does all that can be done now, trust first.
    pub(super) fn advance(&mut self, ledger: &mut dyn Ledger) -> Result<(), CloseReason> {
        if self.ids_stale {
            self.read_ids(ledger);
        }
        for scope in [Scope::Trust, Scope::Sets] {
            loop {
                self.take_part(scope, ledger)?;
                self.pump(scope, ledger);
                self.end_part(scope, ledger);
                let told = self.tell_news(scope, ledger);
                // Whoever has just given a new digest lets the peer, which may be about to do the same, answer first.
                if told || !self.begin_if_of_use(scope, ledger)? {
                    break;
                }
            }
        }
        self.finish();
        Ok(())
    }

    /// Reads anew what may be spoken of with this peer.
    pub(super) fn read_ids(&mut self, ledger: &dyn Ledger) {
        self.ids_stale = false;
        self.trust_ids = ledger.trust_audiences();
        self.trust_ids.sort_unstable();
        self.shared_ids = ledger.shared_audiences(&self.peer);
        self.shared_ids.sort_unstable();
        self.shared_ids.truncate(AUDIENCES_PER_PAIR_MAX);
    }

    pub(super) fn ids(&self, scope: Scope) -> &[AudienceId] {
        match scope {
            Scope::Trust => &self.trust_ids,
            Scope::Sets => &self.shared_ids,
        }
    }

    /// Sends the digest of what we share, if it is another than the last one, or in any case. Whether it was sent.
    pub(super) fn send_digest(&mut self, scope: Scope, ledger: &dyn Ledger, in_any_case: bool) -> bool {
        let ids = self.ids(scope).iter();
        let snapshot: BTreeMap<_, _> = ids.map(|audience| (*audience, ledger.vector(audience))).collect();
        let mine = digest(&snapshot);
        let progress = self.progress(scope);
        let changed = progress.mine != Some(mine);
        (progress.stale, progress.snapshot, progress.mine) = (false, snapshot, Some(mine));
        let round = progress.completed;
        self.told_done &= !changed;
        if changed || in_any_case {
            self.send(&Message::Digest(Digest { scope, round, digest: mine }));
        }
        changed || in_any_case
    }

    /// Says what is ours to say in a round under way.
    fn take_part(&mut self, scope: Scope, ledger: &mut dyn Ledger) -> Result<(), CloseReason> {
        let Some(round) = &self.progress(scope).round else { return Ok(()) };
        let (opened, haves_sent, served) = (round.opened, round.haves_sent, round.served);
        if !opened && !served && scope == Scope::Sets {
            match self.trust.standstill() {
                // No set is named before both know the same of who is who.
                Standstill::NotYet | Standstill::Differ => return Ok(()),
                Standstill::Stuck => {
                    self.send(&Message::Served(scope));
                    self.with_round(scope, |round| {
                        (round.opened, round.haves_sent, round.served) = (true, true, true);
                        (round.their_haves_ended, round.their_list) = (true, None);
                    });
                    return Ok(());
                }
                Standstill::Equal => self.send_list(ledger),
            }
        }
        self.with_round(scope, |round| round.opened = true);
        let their_list = self.progress(scope).round.as_ref().and_then(|round| round.their_list.clone());
        if !haves_sent && (scope == Scope::Trust || their_list.is_some()) {
            self.send_haves(scope, &their_list.unwrap_or_default(), ledger);
            self.with_round(scope, |round| round.haves_sent = true);
        }
        let round = self.progress(scope).round.as_mut();
        for part in round.map(|round| std::mem::take(&mut round.their_haves)).unwrap_or_default() {
            self.answer_have(scope, &part, ledger)?;
        }
        if scope == Scope::Trust {
            self.send_unnamed(ledger);
        }
        Ok(())
    }

    /// Sends what of who is who the peer holds nothing of. Sets are told apart by their list; here the peer's `Have`s
    /// must have ended first, for only then is what they don't name known to be missing.
    fn send_unnamed(&mut self, ledger: &dyn Ledger) {
        let Some(round) = self.progress(Scope::Trust).round.as_mut() else { return };
        if !round.their_haves_ended || std::mem::replace(&mut round.unnamed_sent, true) {
            return;
        }
        let named = std::mem::take(&mut round.named);
        for audience in self.ids(Scope::Trust).to_vec() {
            if !named.contains(&audience) {
                self.show_forks(&audience, ledger);
                for (device, head) in ledger.vector(&audience) {
                    self.outbox.push_feed(Scope::Trust, (audience, device), 0, head.number);
                }
            }
        }
    }

    fn with_round(&mut self, scope: Scope, change: impl FnOnce(&mut Round)) {
        if let Some(round) = &mut self.progress(scope).round {
            change(round);
        }
    }

    fn send_list(&mut self, ledger: &dyn Ledger) {
        let vectors = self.shared_ids.iter().map(|audience| (audience, ledger.vector(audience)));
        let held = vectors.filter(|(_, vector)| !vector.is_empty());
        let list = held.map(|(audience, vector)| (short_id(audience), cut(&digest([(audience, &vector)])))).collect();
        self.send(&Message::Digests(Bounded::cut(list)));
    }

    /// Says what we hold and want, where the peer holds something else; what it holds nothing of is sent at once.
    fn send_haves(&mut self, scope: Scope, theirs: &BTreeMap<[u8; 8], [u8; 8]>, ledger: &dyn Ledger) {
        let (mut parts, mut lines) = (Vec::new(), 0);
        for audience in self.ids(scope).to_vec() {
            let vector = ledger.vector(&audience);
            if scope == Scope::Sets {
                match theirs.get(&short_id(&audience)) {
                    None => {
                        self.show_forks(&audience, ledger);
                        for (device, head) in &vector {
                            self.outbox.push_feed(scope, (audience, *device), 0, head.number);
                        }
                        continue;
                    }
                    Some(same) if *same == cut::<8>(&digest([(&audience, &vector)])) => {
                        if self.unasked(&audience, ledger).is_empty() {
                            continue;
                        }
                    }
                    Some(_) => {}
                }
            }
            let wants = if scope == Scope::Sets { self.ask(&audience, ledger) } else { Vec::new() };
            lines += 1 + vector.len() + wants.iter().map(|(_, ranges)| ranges.len()).sum::<usize>();
            let heads = vector.iter().map(|(device, head)| (*device, head.number, short_hash(&head.hash)));
            let wants = wants.into_iter().map(|(device, ranges)| (device, Bounded::cut(ranges))).collect();
            parts.push(HavePart { audience, heads: Bounded::cut(heads.collect()), wants: Bounded::cut(wants) });
            if lines >= HAVE_LINES_MAX {
                lines = 0;
                let parts = Bounded::cut(std::mem::take(&mut parts));
                self.send(&Message::Have(Have { scope, last: false, parts }));
            }
        }
        self.send(&Message::Have(Have { scope, last: true, parts: Bounded::cut(parts) }));
    }

    /// Missing bodies of an audience that this peer hasn't been asked for in this session, and hasn't held back today.
    fn unasked(&self, audience: &AudienceId, ledger: &dyn Ledger) -> Vec<(DeviceKey, Vec<Range>)> {
        let mut left = WANT_RANGES_MAX.saturating_sub(self.asked_ranges);
        let mut unasked = Vec::new();
        for (device, mut ranges) in ledger.wants(audience) {
            ranges.retain(|(from, to)| !self.asked.contains(&(*audience, device), *from, *to));
            ranges.truncate(left);
            left -= ranges.len();
            if !ranges.is_empty() {
                unasked.push((device, ranges));
            }
        }
        unasked
    }

    fn ask(&mut self, audience: &AudienceId, ledger: &dyn Ledger) -> Vec<(DeviceKey, Vec<Range>)> {
        let wants = self.unasked(audience, ledger);
        for (device, ranges) in &wants {
            self.asked_ranges += ranges.len();
            ranges.iter().for_each(|(from, to)| self.asked.add((*audience, *device), *from, *to));
        }
        wants
    }

    /// Queues what the peer lacks of an audience and what it wants, by its own word.
    fn answer_have(&mut self, scope: Scope, part: &HavePart, ledger: &mut dyn Ledger) -> Result<(), CloseReason> {
        let audience = part.audience;
        if self.ids(scope).binary_search(&audience).is_err() {
            // By our roster it isn't shared with this peer, by theirs it is. Nobody need be at fault.
            return Ok(());
        }
        let theirs: BTreeMap<_, _> =
            part.heads.iter().map(|(device, number, hash)| (*device, (*number, *hash))).collect();
        let mine = ledger.vector(&audience);
        if mine.keys().any(|feed| !theirs.contains_key(feed)) {
            self.show_forks(&audience, ledger);
        }
        let mut shown = Vector::new();
        for (device, head) in &mine {
            let (known, their_hash) = theirs.get(device).copied().unwrap_or_default();
            let feed = (audience, *device);
            match ledger.hash_at(&audience, device, known) {
                Some(hash) if known > 0 && short_hash(&hash) != their_hash => {
                    if !self.forked.contains_key(&feed) {
                        self.show_side(audience, *device, known, ledger);
                    }
                    continue;
                }
                Some(hash) if known > 0 => {
                    shown.insert(*device, Head { number: known, hash });
                }
                _ => {}
            }
            if !self.forked.contains_key(&feed) {
                self.outbox.push_feed(scope, feed, known, head.number);
            }
        }
        for (device, (number, _)) in theirs {
            self.note_head(audience, device, number);
        }
        for (device, ranges) in part.wants.iter() {
            let last = mine.get(device).map_or(0, |head| head.number);
            for (from, to) in ranges.iter().filter(|(from, to)| *from > 0 && from <= to && *from <= last) {
                self.outbox.push_bodies(scope, (audience, *device), (*from, last.min(*to)));
            }
        }
        Ok(ledger.note_peer_vector(&self.peer, &audience, &shown)?)
    }

    /// Sends runs while the peer keeps up.
    pub(super) fn pump(&mut self, scope: Scope, ledger: &dyn Ledger) {
        let in_round = self.progress(scope).round.as_ref().is_some_and(|round| round.opened);
        if scope == Scope::Sets && !in_round && self.trust.standstill() != Standstill::Equal {
            return;
        }
        let allowed = self.ids(scope).to_vec();
        while let Some(run) = self.outbox.next(scope, ledger, &self.peer, &allowed) {
            self.send(&Message::Run(run));
        }
    }

    /// Says that all has been said, and once both have, where that has brought us.
    fn end_part(&mut self, scope: Scope, ledger: &dyn Ledger) {
        let all_sent = self.outbox.is_empty(scope);
        let mut serve = false;
        self.with_round(scope, |round| {
            serve = round.haves_sent && round.their_haves_ended && all_sent && !round.served;
            round.served |= serve;
        });
        if serve {
            self.send(&Message::Served(scope));
        }
        if self.progress(scope).complete() {
            // The digest includes news not yet pushed, if there is any; the next round brings it.
            let ids = self.ids(scope).to_vec();
            self.news.retain(|audience| ids.binary_search(audience).is_err());
            self.send_digest(scope, ledger, true);
        }
    }

    /// Begins a round if the two sides differ and one may help, or if bodies are missing that this peer may have.
    fn begin_if_of_use(&mut self, scope: Scope, ledger: &mut dyn Ledger) -> Result<bool, CloseReason> {
        if scope == Scope::Sets && self.trust.standstill() != Standstill::Equal {
            return Ok(false);
        }
        let standstill = self.progress(scope).standstill();
        match standstill {
            Standstill::NotYet => return Ok(false),
            Standstill::Differ => return Ok(self.progress(scope).begin()),
            Standstill::Equal => self.note_equal(scope, ledger)?,
            Standstill::Stuck => {}
        }
        self.progress(scope).rest();
        if scope == Scope::Sets && std::mem::take(&mut self.wants_stale) {
            let unasked = |audience| !self.unasked(audience, ledger).is_empty();
            if self.shared_ids.iter().any(unasked) {
                return Ok(self.sets.begin());
            }
        }
        Ok(false)
    }

    /// The peer holds exactly what our digest was made of.
    fn note_equal(&mut self, scope: Scope, ledger: &mut dyn Ledger) -> Result<(), StoreFailed> {
        let progress = self.progress(scope);
        if progress.noted == progress.mine {
            return Ok(());
        }
        (progress.noted, progress.matched) = (progress.mine, true);
        let snapshot = progress.snapshot.clone();
        for (audience, vector) in snapshot {
            ledger.note_peer_vector(&self.peer, &audience, &vector)?;
            let heads = vector.into_iter().map(|(device, head)| (device, head.number)).collect();
            self.heads.insert(audience, heads);
        }
        Ok(())
    }
}

impl From<StoreFailed> for CloseReason {
    fn from(_: StoreFailed) -> Self {
        Self::StoreFailed
    }
}
