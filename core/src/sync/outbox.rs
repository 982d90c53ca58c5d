//! What is still to be sent to a peer, and what has been sent and not yet answered.

use std::collections::{BTreeMap, VecDeque};

use super::bodies::Bodies;
use super::ledger::Ledger;
use super::run_codec;
use super::wire::{PackedRun, Range, Scope};
use crate::model::limits::MESSAGE_BYTES_MAX;
use crate::model::{AudienceId, DeviceKey, Run};

/// Unanswered bytes, before compression, beyond which no further run is sent. Also about the size of one run, which may
/// be larger only where one signature is that far from the next.
const WINDOW_BYTES: usize = 256 * 1024;

/// A feed of an audience.
pub(super) type Feed = (AudienceId, DeviceKey);

/// Runs to be sent, in order of feed, and the window of those under way.
pub(super) struct Outbox {
    trust: Queue,
    sets: Queue,
    under_way: VecDeque<UnderWay>,
    under_way_bytes: usize,
    /// The highest number sent of each feed: nothing beyond it can be acknowledged.
    sent: BTreeMap<Feed, u64>,
    /// The longest message that the peer takes.
    pub(super) message_bytes_max: usize,
    /// Entries sent so far.
    pub(super) entries: u64,
}

#[derive(Default)]
struct Queue {
    /// Ends of feeds that the peer lacks. One range each: asking twice for a feed sends it once.
    feeds: BTreeMap<Feed, Range>,
    /// Bodies that it wants.
    bodies: Bodies,
}

struct UnderWay {
    feed: Feed,
    last: u64,
    bytes: usize,
}

impl Outbox {
    pub(super) fn new() -> Self {
        Self {
            trust: Queue::default(),
            sets: Queue::default(),
            under_way: VecDeque::new(),
            under_way_bytes: 0,
            sent: BTreeMap::new(),
            message_bytes_max: MESSAGE_BYTES_MAX,
            entries: 0,
        }
    }

    fn queue(&mut self, scope: Scope) -> &mut Queue {
        match scope {
            Scope::Trust => &mut self.trust,
            Scope::Sets => &mut self.sets,
        }
    }

    /// Queues a feed from after `known`, which the peer holds, to `to`; without what is under way already.
    pub(super) fn push_feed(&mut self, scope: Scope, feed: Feed, known: u64, to: u64) {
        let under_way = self.under_way.iter().filter(|run| run.feed == feed).map(|run| run.last).max();
        let from = known.max(under_way.unwrap_or(0)).saturating_add(1);
        if from <= to {
            let range = self.queue(scope).feeds.entry(feed).or_insert((from, to));
            *range = (from.min(range.0), to.max(range.1));
        }
    }

    /// Queues bodies that the peer wants.
    pub(super) fn push_bodies(&mut self, scope: Scope, feed: Feed, range: Range) {
        self.queue(scope).bodies.add(feed, range.0, range.1);
    }

    /// Whether nothing of this scope waits.
    pub(super) fn is_empty(&self, scope: Scope) -> bool {
        let queue = if scope == Scope::Trust { &self.trust } else { &self.sets };
        queue.feeds.is_empty() && queue.bodies.is_empty()
    }

    /// Whether nothing is under way.
    pub(super) fn is_answered(&self) -> bool {
        self.under_way.is_empty()
    }

    /// The next run of this scope, if the window is open. What isn't in `allowed` any more is dropped.
    pub(super) fn next(
        &mut self,
        scope: Scope,
        ledger: &dyn Ledger,
        peer: &DeviceKey,
        allowed: &[AudienceId],
    ) -> Option<PackedRun> {
        while self.under_way_bytes < WINDOW_BYTES {
            let (feed, (from, to), is_feed) = self.queue(scope).pop()?;
            if allowed.binary_search(&feed.0).is_err() {
                continue;
            }
            let budget = WINDOW_BYTES.min(self.message_bytes_max / 2);
            let Some(run) = ledger.run(peer, &feed.0, &feed.1, from, to, budget) else { continue };
            let Some(last) = last_number(&run) else { continue };
            if last < to && is_feed {
                self.queue(scope).feeds.insert(feed, (last + 1, to));
            } else if last < to {
                self.queue(scope).bodies.add(feed, last + 1, to);
            }
            // It goes on to the next signature, and may bring many that are wanted too.
            self.queue(scope).bodies.leave_out(&feed, run.from, last);
            match self.send(&run) {
                Some(packed) => return Some(packed),
                // What can't be sent leaves a gap, and beyond a gap nothing can be taken.
                None => drop(self.queue(scope).feeds.remove(&feed)),
            }
        }
        None
    }

    /// Packs a run and counts it as under way; `None` if the peer wouldn't take it.
    pub(super) fn send(&mut self, run: &Run) -> Option<PackedRun> {
        let last = last_number(run)?;
        let packed = run_codec::pack(run)?;
        let bytes = usize::try_from(packed.raw_bytes).unwrap_or(usize::MAX);
        if bytes > self.message_bytes_max {
            return None;
        }
        let feed = (run.audience, run.device);
        let sent = self.sent.entry(feed).or_insert(0);
        *sent = last.max(*sent);
        self.under_way.push_back(UnderWay { feed, last, bytes });
        self.under_way_bytes += bytes;
        self.entries = self.entries.saturating_add(run.entries.len() as u64);
        Some(packed)
    }

    /// Takes the peer's word that it has dealt with so many runs.
    pub(super) fn answered(&mut self, runs: u32) -> Result<(), &'static str> {
        for _ in 0..runs {
            let run = self.under_way.pop_front().ok_or("acknowledged more runs than were sent")?;
            self.under_way_bytes -= run.bytes;
        }
        Ok(())
    }

    /// Whether the peer may acknowledge this feed up to here.
    pub(super) fn was_sent(&self, feed: &Feed, number: u64) -> bool {
        self.sent.get(feed).is_some_and(|sent| number <= *sent)
    }
}

impl Queue {
    /// Ends of feeds first: a body may be wanted that stands in one of them.
    fn pop(&mut self) -> Option<(Feed, Range, bool)> {
        let feed = self.feeds.pop_first().map(|(feed, range)| (feed, range, true));
        feed.or_else(|| self.bodies.pop_first().map(|(feed, range)| (feed, range, false)))
    }
}

/// The number of a run's last entry; `None` for one that has no entries or no such number.
pub(super) fn last_number(run: &Run) -> Option<u64> {
    let count = u64::try_from(run.entries.len()).ok()?;
    run.from.checked_add(count.checked_sub(1)?)
}
