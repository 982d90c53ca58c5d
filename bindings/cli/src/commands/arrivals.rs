//! What has come in since it was last asked, for `kinweave watch`: new records, and those that say something new.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use kinweave_core::app::{Error, ListQuery, Record};
use kinweave_core::model::limits::PAGE_ROWS_MAX;
use kinweave_core::model::{RecordId, VersionToken};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::print;
use crate::words::say;

/// What a watcher has been shown, and the bell that rings when something is written.
pub(super) struct Arrivals {
    shown: BTreeMap<RecordId, VersionToken>,
    bell: Receiver<()>,
}

impl Session {
    /// Begins to watch: what is here already isn't news.
    pub(super) fn watch(&mut self) -> Result<Answer, Failure> {
        self.app.circle()?;
        // One ring that waits says all that a second would.
        let (ring, bell) = sync_channel(1);
        self.app.on_change(Arc::new(move || {
            let _ = ring.try_send(());
        }))?;
        let shown = self.everything()?.into_iter().map(|record| (record.id, record.version)).collect();
        self.arrivals = Some(Arrivals { shown, bell });
        let reached = self.keep_in_touch()?;
        let text = say("watch.begun", &[("reached", &reached.to_string())]);
        Answer::new(&serde_json::json!({ "watching": true, "address": reached }), text)
    }

    /// Waits up to `patience` seconds until something new is here; an empty list if nothing came.
    pub(super) fn arrivals(&mut self, patience: u64) -> Result<Answer, Failure> {
        let end = Instant::now() + Duration::from_secs(patience);
        let mut arrivals =
            self.arrivals.take().ok_or_else(|| Failure::say(2, "shell_only", &[("command", "arrivals")]))?;
        let outcome = self.wait_for(&mut arrivals, end);
        self.arrivals = Some(arrivals);
        let fresh = outcome?;
        let names = self.names();
        Answer::new(&fresh, print::arrivals(&fresh, &names))
    }

    fn wait_for(&self, arrivals: &mut Arrivals, end: Instant) -> Result<Vec<Record>, Failure> {
        loop {
            let fresh: Vec<_> = self.everything()?.into_iter().filter(|record| arrivals.is_news(record)).collect();
            if !fresh.is_empty() || arrivals.bell.recv_timeout(end.saturating_duration_since(Instant::now())).is_err() {
                return Ok(fresh);
            }
        }
    }

    /// Every record that may be seen, the oldest first.
    fn everything(&self) -> Result<Vec<Record>, Error> {
        let mut records = Vec::new();
        let mut after = None;
        loop {
            let query = ListQuery { after, oldest_first: true, limit: PAGE_ROWS_MAX, ..ListQuery::default() };
            let page = self.app.list(&query)?;
            records.extend(page.records);
            after = page.next;
            if after.is_none() {
                return Ok(records);
            }
        }
    }
}

impl Arrivals {
    fn is_news(&mut self, record: &Record) -> bool {
        self.shown.insert(record.id, record.version.clone()).as_ref() != Some(&record.version)
    }
}
