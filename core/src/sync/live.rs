//! After the rounds: news as it comes, gathered so that its rhythm isn't that of the writer's fingers.

use super::event::{CloseReason, Summary};
use super::ledger::Ledger;
use super::progress::Standstill;
use super::session::{Session, Stage};
use super::wire::{Message, Scope};
use crate::model::AudienceId;
use crate::model::hash::hash;

/// How long news is gathered, in milliseconds.
const GATHER_MS: u64 = 2_000;

impl Session {
    /// Notes entries committed here. Those of an audience that isn't shared with this peer leave no trace: not a
    /// message, not even a timer.
    pub(super) fn note_news(&mut self, ledger: &dyn Ledger, audiences: &[AudienceId]) -> Result<(), CloseReason> {
        if !matches!(self.stage, Stage::Open) {
            // What was said before the peer proved itself may be outdated; it is compared when it has.
            (self.trust.stale, self.sets.stale, self.ids_stale) = (true, true, true);
            return Ok(());
        }
        self.read_ids(ledger);
        let trust = |id: &AudienceId| self.trust_ids.binary_search(id).is_ok();
        let shared = |id: &&AudienceId| trust(id) || self.shared_ids.binary_search(id).is_ok();
        let news: Vec<_> = audiences.iter().filter(shared).copied().collect();
        if news.iter().any(trust) {
            self.recheck_standing(ledger)?;
        }
        if news.is_empty() {
            return Ok(());
        }
        self.news.extend(news);
        self.told_done = false;
        if !self.timer_armed {
            self.timer_armed = true;
            self.out.timer_ms = Some(GATHER_MS);
        }
        Ok(())
    }

    /// Queues all news, as far as it is known what the peer lacks; where it isn't, the new digest leads to a round.
    pub(super) fn push_news(&mut self, ledger: &dyn Ledger) {
        for scope in [Scope::Trust, Scope::Sets] {
            self.queue_news(scope, ledger);
        }
    }

    fn queue_news(&mut self, scope: Scope, ledger: &dyn Ledger) {
        let news: Vec<_> = self.news.iter().filter(|id| self.ids(scope).binary_search(id).is_ok()).copied().collect();
        for audience in news {
            self.news.remove(&audience);
            self.progress(scope).stale = true;
            if scope == Scope::Trust {
                // A roster event can change what is shared, and with whom.
                self.sets.stale = true;
            }
            let known = self.heads.get(&audience).cloned();
            if known.is_none() && !self.progress(scope).matched {
                continue;
            }
            let known = known.unwrap_or_default();
            self.show_forks(&audience, ledger);
            for (device, head) in ledger.vector(&audience) {
                let feed = (audience, device);
                if !self.forked.contains_key(&feed) {
                    let known = known.get(&device).copied().unwrap_or(0);
                    self.outbox.push_feed(scope, feed, known, head.number);
                }
            }
        }
    }

    /// Gives the new digest once all that it is about has been sent; whether it did.
    pub(super) fn tell_news(&mut self, scope: Scope, ledger: &dyn Ledger) -> bool {
        let trust_equal = self.trust.standstill() == Standstill::Equal;
        let progress = self.progress(scope);
        if !progress.stale || progress.round.is_some() || (scope == Scope::Sets && !trust_equal) {
            return false;
        }
        self.queue_news(scope, ledger);
        self.pump(scope, ledger);
        self.outbox.is_empty(scope) && self.send_digest(scope, ledger, false)
    }

    /// Says `Done` when nothing is left to do, and tells the app when both have.
    pub(super) fn finish(&mut self) {
        let (trust, sets) = (self.trust.standstill(), self.sets.standstill());
        let settled = match trust {
            Standstill::Equal => matches!(sets, Standstill::Equal | Standstill::Stuck),
            Standstill::Stuck => self.sets.round.is_none(),
            _ => false,
        };
        let sent = self.outbox.is_empty(Scope::Trust)
            && (self.outbox.is_empty(Scope::Sets) || trust == Standstill::Stuck)
            && self.outbox.is_answered();
        if !settled || !sent || !self.news.is_empty() {
            return;
        }
        let here = [self.trust.mine, self.sets.mine].map(Option::unwrap_or_default);
        let here = hash("done", &[&here[0], &here[1]]);
        if self.said_done != Some(here) {
            self.said_done = Some(here);
            self.send(&Message::Done(here));
        }
        if self.heard_done && !self.told_done {
            self.told_done = true;
            let equal = trust == Standstill::Equal && sets == Standstill::Equal;
            self.out.done = Some(Summary { equal, sent: self.outbox.entries, received: self.entries_received });
        }
    }
}
