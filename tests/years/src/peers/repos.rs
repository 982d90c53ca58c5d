//! The family's records in documents of samod, the automerge repository in Rust: two repositories in one thread that hold
//! everything in memory and talk over channels. That is less than what the core does meanwhile, which has files and sockets
//! and encrypts both.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use automerge::{Automerge, AutomergeError};
use futures::executor::LocalPool;
use futures::future::join_all;
use kinweave_core::app::Record;
use samod::transport::channel::ChannelDialer;
use samod::{BackoffConfig, DialerHandle, DocHandle, Repo};
use url::Url;

use super::document::{put_news, put_record};
use crate::news::NEWS;

const MINUTES_A_MONTH: i64 = 365 * 24 * 60 / 12;

/// Two repositories.
pub struct Repos {
    pool: LocalPool,
    repos: [Repo; 2],
    documents: [Vec<DocHandle>; 2],
    meetings: usize,
}

/// The month in which the record was made, and whether it is for many or for two.
pub fn month_of(record: &Record) -> String {
    format!("{:06} {}", record.wall / MINUTES_A_MONTH, record.audience.members.len() > 2)
}

impl Repos {
    /// Two of which one holds these records, in documents by the name that `document_of` gives.
    pub fn of(records: &[Record], document_of: fn(&Record) -> String) -> Self {
        let mut pool = LocalPool::new();
        let repos = [(); 2].map(|()| pool.run_until(Repo::build_localpool(pool.spawner()).load_local()));
        let mut documents = BTreeMap::<String, Automerge>::new();
        for record in records {
            let document = documents.entry(document_of(record)).or_default();
            change(document, |tx| put_record(tx, &record.id.to_string(), &record.kind, record.body.to_fields()));
        }
        let create = |document| pool.run_until(repos[0].create(document)).expect("a document");
        let documents = [documents.into_values().map(create).collect(), Vec::new()];
        Self { pool, repos, documents, meetings: 0 }
    }

    /// The second gets everything from the first.
    pub fn first_sync(&mut self) {
        let connection = self.connect();
        let ids = self.documents[0].iter().map(|document| document.document_id().clone());
        let found = self.pool.run_until(join_all(ids.map(|id| self.repos[1].find(id))));
        self.documents[1] = found.into_iter().map(|found| found.expect("a repository").expect("a document")).collect();
        self.become_equal(&connection);
        connection.close();
        self.pool.run_until_stalled();
    }

    /// Both write into the newest documents, half into each of two where there are two.
    pub fn write_news(&mut self, round: usize) {
        for (side, documents) in self.documents.iter().enumerate() {
            for number in 0..NEWS {
                let document = documents.iter().rev().nth(number % 2).unwrap_or(&documents[0]);
                document.with_document(|document| change(document, |tx| put_news(tx, side, round, number)));
            }
        }
        self.pool.run_until_stalled();
    }

    /// Brings the two together.
    pub fn meet(&mut self) {
        let connection = self.connect();
        self.become_equal(&connection);
        connection.close();
        self.pool.run_until_stalled();
    }

    fn connect(&mut self) -> DialerHandle<Infallible> {
        self.meetings += 1;
        let url: Url = format!("ws://meeting-{}:0", self.meetings).parse().expect("a URL");
        let acceptor = self.repos[1].make_acceptor(url).expect("an acceptor");
        let dialer = Arc::new(ChannelDialer::new(acceptor));
        let dialled = self.repos[0].dial(BackoffConfig::default(), dialer).expect("a dialer");
        self.pool.run_until(dialled.established()).expect("a connection");
        dialled
    }

    fn become_equal(&mut self, connection: &DialerHandle<Infallible>) {
        let connection = connection.connection_id().expect("a connection");
        let equal = self.documents[0].iter().map(|document| async move {
            document.they_have_our_changes(connection).await;
            document.we_have_their_changes(connection).await;
        });
        self.pool.run_until(join_all(equal));
        let heads = |side: usize| self.documents[side].iter().map(|it| it.with_document(|it| it.get_heads()));
        assert!(heads(0).eq(heads(1)), "a meeting that ends as it should");
    }
}

fn change(document: &mut Automerge, write: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) {
    let written = document.transact(|tx| {
        write(tx);
        Ok::<_, AutomergeError>(())
    });
    written.expect("a change");
}
